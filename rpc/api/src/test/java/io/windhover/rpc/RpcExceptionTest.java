package io.windhover.rpc;

import static org.assertj.core.api.Assertions.assertThat;

import io.windhover.rpc.RpcException.Kind;
import io.windhover.rpc.RpcException.Stage;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.UnixDomainSocketAddress;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class RpcExceptionTest {

  @Test
  void saysAllInItsMessage() {
    var address = InetSocketAddress.createUnresolved("db", 8888);
    var cause = new IOException("refused");

    var failure =
        RpcException.builder(Kind.NOT_SENT, Stage.CONNECT, "connection refused")
            .calling("Echo/echo")
            .at(address)
            .elapsed(Duration.ofMillis(2))
            .hint("Is the server running?")
            .cause(cause)
            .build();

    assertThat(failure)
        .hasMessage(
            "NOT_SENT at CONNECT calling Echo/echo on db:8888: connection refused (after 2 ms, safe"
                + " to retry). Is the server running?")
        .hasCause(cause);
    assertThat(failure.kind()).isEqualTo(Kind.NOT_SENT);
    assertThat(failure.stage()).isEqualTo(Stage.CONNECT);
    assertThat(failure.address()).contains(address);
    assertThat(failure.attempts()).containsExactly(address);
    assertThat(failure.elapsed()).contains(Duration.ofMillis(2));
    assertThat(failure.hint()).contains("Is the server running?");
    assertThat(failure.remoteCode()).isEqualTo(-1);
    assertThat(failure.isSafeToRetry()).isTrue();
  }

  @Test
  void countsTheAttempts() {
    var first = InetSocketAddress.createUnresolved("one", 1);
    var second = InetSocketAddress.createUnresolved("two", 2);

    var failure =
        RpcException.builder(Kind.REMOTE, Stage.READ_REPLY, "the handler failed")
            .attempts(List.of(first, second, first))
            .elapsed(Duration.ofSeconds(41))
            .errorId("0a1b2c3d")
            .build();

    assertThat(failure)
        .hasMessage("REMOTE at READ_REPLY on one:1: the handler failed (3 attempts in 41 s)");
    assertThat(failure.attempts()).containsExactly(first, second, first);
    assertThat(failure.address()).contains(first);
    assertThat(failure.errorId()).contains("0a1b2c3d");
    assertThat(failure.isSafeToRetry()).isFalse();
  }

  @Test
  void leavesOutWhatIsNotKnown() {
    var failure = RpcException.builder(Kind.TIMEOUT, Stage.AWAIT_REPLY, "no reply").build();

    assertThat(failure).hasMessage("TIMEOUT at AWAIT_REPLY: no reply");
    assertThat(failure.address()).isEmpty();
    assertThat(failure.attempts()).isEmpty();
    assertThat(failure.elapsed()).isEmpty();
    assertThat(failure.errorId()).isEmpty();
    assertThat(failure.hint()).isEmpty();
  }

  @Test
  void namesUnixSocketsByTheirPath() {
    var failure =
        RpcException.builder(Kind.DISCONNECTED, Stage.SEND, "lost")
            .at(UnixDomainSocketAddress.of("/run/echo"))
            .build();

    assertThat(failure).hasMessage("DISCONNECTED at SEND on /run/echo: lost");
  }

  @ParameterizedTest
  @EnumSource
  void onlyWhatWasNotSentIsSafeToRetry(Kind kind) {
    assertThat(kind.isSafeToRetry()).isEqualTo(kind == Kind.NOT_SENT);
  }
}
