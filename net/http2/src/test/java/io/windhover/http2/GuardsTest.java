package io.windhover.http2;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.windhover.http2.frame.ErrorCode;
import io.windhover.http2.frame.Http2Exception;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/// [FloodGuard] and [PingGuard]: what a peer may do, and one more.
final class GuardsTest {

  private static final long SECOND = 1_000_000_000;

  private final FloodGuard guard = new FloodGuard(Http2Options.DEFAULT, 0);

  private static void calms(ThrowingCallable oneMore) {
    assertThatThrownBy(oneMore)
        .isInstanceOfSatisfying(
            Http2Exception.class,
            e -> {
              assertThat(e.code()).isEqualTo(ErrorCode.ENHANCE_YOUR_CALM);
              assertThat(e.isOfConnection()).isTrue();
            });
  }

  @Test
  void row17Allows200ResetsIn30Seconds() {
    for (int i = 0; i < 200; i++) {
      guard.reset(0, 0);
    }

    calms(() -> guard.reset(0, 0));
  }

  @Test
  void row17GivesResetsBackWithTime() {
    for (int i = 0; i < 200; i++) {
      guard.reset(0, 0);
    }
    for (int i = 0; i < 100; i++) {
      guard.reset(0, 15 * SECOND);
    }

    calms(() -> guard.reset(0, 15 * SECOND));
  }

  @Test
  void doubtsStreamsUntilTheResetsAreLongAgo() {
    for (int i = 0; i < 6; i++) {
      guard.reset(0, 0);
    }
    assertThat(guard.doubtsStreams()).isTrue();

    guard.forget(0, SECOND);

    assertThat(guard.doubtsStreams()).isFalse();
  }

  @Test
  void row39iAllowsAResetForEachStreamThatEndsWell() {
    for (int i = 0; i < 10_000; i++) {
      guard.reset(i, 0);
    }
  }

  @Test
  void row11CountsHeaderListsThatAreTooLargeLikeResets() {
    for (int i = 0; i < 200; i++) {
      guard.tooLarge(true, i, 0); // the last one has ended well since
    }

    calms(() -> guard.tooLarge(true, 200, 0));
  }

  @Test
  void row11AllowsAHeaderListThatIsTooLargeForEachOtherStreamThatEndsWell() {
    for (int i = 0; i < 10_000; i++) {
      guard.tooLarge(true, 2L * i + 1, 0); // behind one that has ended well
    }
  }

  @Test
  void row21AllowsFramesWithoutEffectByWhatIsSentAndOpened() {
    for (int i = 0; i < 100; i++) {
      guard.needless(0);
    }
    calms(() -> guard.needless(0));
    guard.opened();
    for (int i = 0; i < 9; i++) { // the tenth was used up by the one too much
      guard.needless(0);
    }
    for (int i = 0; i < 20; i++) {
      guard.needless(2);
    }

    calms(() -> guard.needless(2));
  }

  @Test
  void row22AllowsTenEmptyDataInARow() {
    for (int round = 0; round < 3; round++) {
      for (int i = 0; i < 10; i++) {
        guard.data(0);
      }
      guard.data(1);
    }
    for (int i = 0; i < 10; i++) {
      guard.data(0);
    }

    calms(() -> guard.data(0));
  }

  @Test
  void row22Allows100TinyDataInASecond() {
    assertThat(FloodGuard.isTiny(4)).isTrue();
    assertThat(FloodGuard.isTiny(5)).isFalse();
    for (int i = 0; i < 100; i++) {
      guard.tiny(0, SECOND);
    }
    for (int i = 0; i < 100; i++) {
      guard.tiny(0, 2 * SECOND);
    }

    calms(() -> guard.tiny(0, 2 * SECOND));
  }

  @Test
  void row22AllowsTinyDataThatIsAnswered() {
    for (int i = 0; i < 100_000; i++) {
      guard.tiny(i, SECOND);
    }
  }

  /// As grpc-java sends a large message: what a window has cut off a piece comes by itself.
  @Test
  void row22AllowsTinyDataAmongOther() {
    for (int i = 0; i < 100_000; i++) {
      guard.data(16_383);
      guard.tiny(0, SECOND);
    }
  }

  @Test
  void row19Allows1000AnswersThatAreNotRead() {
    for (int i = 0; i < 1_000_000; i++) {
      guard.answer(true);
    }
    for (int i = 0; i < 1_000; i++) {
      guard.answer(false);
    }

    calms(() -> guard.answer(false));
  }

  // ---- pings

  private final PingGuard pings = new PingGuard(Http2Options.DEFAULT);

  @Test
  void row39EndsAPeerThatPingsTooOftenWithItsThirdStrike() {
    pings.arrived(0, 0);
    pings.arrived(0, 1 * SECOND);
    pings.arrived(0, 2 * SECOND);

    calms(() -> pings.arrived(0, 3 * SECOND));
    assertThatThrownBy(() -> pings.arrived(0, 4 * SECOND)).hasMessage("too_many_pings");
  }

  @Test
  void row39AllowsPingsAtTheirInterval() {
    for (int i = 0; i < 1_000; i++) {
      pings.arrived(0, 10L * i * SECOND);
    }
  }

  @Test
  void row39AllowsPingsThatMeasureWhatIsSent() {
    for (int i = 0; i < 1_000; i++) {
      pings.arrived(i, i);
    }
  }
}
