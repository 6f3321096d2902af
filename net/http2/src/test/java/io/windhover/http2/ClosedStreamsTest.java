package io.windhover.http2;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class ClosedStreamsTest {

  private final ClosedStreams closed = new ClosedStreams();

  @Test
  void remembersHowStreamsHaveEnded() {
    closed.add(1, StreamState.CLOSED);
    closed.add(3, StreamState.RESET_HERE);
    closed.add(5, StreamState.RESET_THERE);

    assertThat(closed.get(1)).isEqualTo(StreamState.CLOSED);
    assertThat(closed.get(3)).isEqualTo(StreamState.RESET_HERE);
    assertThat(closed.get(5)).isEqualTo(StreamState.RESET_THERE);
  }

  @Test
  void tellsWhatWasPassedOverFromWhatIsForgotten() {
    closed.add(1, StreamState.CLOSED);
    closed.add(5, StreamState.CLOSED);

    assertThat(closed.isPassedOver(1)).isFalse();
    assertThat(closed.isPassedOver(3)).isTrue();
    assertThat(closed.get(3)).isEqualTo(StreamState.CLOSED);
    closed.add(1 + 2 * 512, StreamState.CLOSED);
    assertThat(closed.isPassedOver(1)).isFalse();
    assertThat(closed.get(1)).as("its peer may send on").isEqualTo(StreamState.RESET_HERE);
  }

  @Test
  void forgetsNoneForAnOlderOneThatEndsLater() {
    closed.add(1 + 2 * 512, StreamState.RESET_HERE);
    closed.add(1, StreamState.CLOSED);

    assertThat(closed.get(1 + 2 * 512)).isEqualTo(StreamState.RESET_HERE);
    assertThat(closed.isPassedOver(1 + 2 * 512)).isFalse();
    assertThat(closed.get(1)).isEqualTo(StreamState.RESET_HERE);
  }

  @Test
  void forgetsTheOldest() {
    for (int id = 1; id < 100_001; id += 2) {
      closed.add(id, StreamState.RESET_THERE);
    }

    assertThat(closed.get(1)).isEqualTo(StreamState.RESET_HERE);
    assertThat(closed.get(99_999)).isEqualTo(StreamState.RESET_THERE);
    assertThat(closed.get(99_999 - 2 * 511)).isEqualTo(StreamState.RESET_THERE);
    assertThat(closed.get(99_999 - 2 * 512)).isEqualTo(StreamState.RESET_HERE);
  }
}
