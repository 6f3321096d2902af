package io.windhover.rpc.stream;

import static io.windhover.rpc.stream.StreamState.CLOSED;
import static io.windhover.rpc.stream.StreamState.ENDED_HERE;
import static io.windhover.rpc.stream.StreamState.ENDED_THERE;
import static io.windhover.rpc.stream.StreamState.OPEN;
import static org.assertj.core.api.Assertions.assertThat;

import io.windhover.rpc.stream.StreamState.Event;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class StreamStateTest {

  /// What follows OPEN, ENDED_HERE, ENDED_THERE and CLOSED, in this order.
  private static final Map<Event, StreamState[]> TABLE =
      Map.of(
          Event.END_SENT, new StreamState[] {ENDED_HERE, ENDED_HERE, ENDED_THERE, CLOSED},
          Event.END_RECEIVED, new StreamState[] {ENDED_THERE, ENDED_HERE, ENDED_THERE, CLOSED},
          Event.FINISHED, new StreamState[] {CLOSED, CLOSED, CLOSED, CLOSED},
          Event.RESET, new StreamState[] {CLOSED, CLOSED, CLOSED, CLOSED});

  @ParameterizedTest
  @EnumSource
  void moves(Event event) {
    assertThat(Arrays.stream(StreamState.values()).map(state -> state.on(event)))
        .containsExactly(TABLE.get(event));
  }

  @Test
  void sendsUntilItsOwnEnd() {
    assertThat(Arrays.stream(StreamState.values()).filter(StreamState::sends))
        .containsExactly(OPEN, ENDED_THERE);
  }

  @Test
  void receivesUntilTheOtherEnd() {
    assertThat(Arrays.stream(StreamState.values()).filter(StreamState::receives))
        .containsExactly(OPEN, ENDED_HERE);
  }
}
