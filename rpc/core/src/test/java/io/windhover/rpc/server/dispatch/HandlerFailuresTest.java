package io.windhover.rpc.server.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import io.windhover.rpc.ApplicationException;
import io.windhover.rpc.Deadline;
import io.windhover.rpc.Invocation;
import io.windhover.rpc.Method;
import io.windhover.rpc.fixture.LogRecorder;
import io.windhover.thrift.call.Signature;
import java.net.InetSocketAddress;
import java.time.Duration;
import org.junit.jupiter.api.Test;

final class HandlerFailuresTest {

  private static final Invocation CALL =
      new Invocation(
          "Echo",
          new Method<>("echo", false, Signature.EMPTY),
          Deadline.after(Duration.ofSeconds(20)),
          InetSocketAddress.createUnresolved("caller", 1));

  private final HandlerFailures failures = new HandlerFailures(true, null);

  @Test
  void cutsATextThatNoReplyHolds() throws Exception {
    try (var log = new LogRecorder(HandlerFailures.class.getName())) {
      var error = failures.error(CALL, new ApplicationException(1001, "x".repeat(20 << 20)));

      assertThat(error.code()).isEqualTo(1001);
      assertThat(error.text()).hasSize(4096).endsWith("x... (cut)");
      assertThat(log.await("Echo/echo"))
          .isEqualTo("WARNING Echo/echo: the text of error 1001 has 20971520 chars: cut to 4096");
    }
  }

  @Test
  void leavesATextThatFitsAsItIs() {
    var error = new ApplicationException(1001, "x".repeat(4096));

    assertThat(failures.error(CALL, error)).isSameAs(error);
  }

  @Test
  void cutsWhatItExposesOfAFailure() {
    var error = failures.error(CALL, new IllegalStateException("x".repeat(5000)));

    assertThat(error.text()).hasSize(4096).startsWith("Echo/echo failed").endsWith("... (cut)");
  }

  @Test
  void cutsNoCharacterInHalf() {
    var error = failures.error(CALL, new ApplicationException(1001, "\uD83D\uDE00".repeat(3000)));

    assertThat(error.text()).endsWith("\uD83D\uDE00... (cut)").hasSizeBetween(4095, 4096);
  }

  @Test
  void namesWhatCannotTellOfItself() {
    var failure =
        new IllegalStateException() {
          @Override
          public String getMessage() {
            throw new IllegalStateException("no text");
          }
        };

    assertThat(failures.error(CALL, failure).text()).contains(failure.getClass().getName());
  }
}
