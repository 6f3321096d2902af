package io.windhover.rpc;

import static org.assertj.core.api.Assertions.assertThat;

import io.windhover.rpc.RpcException.Kind;
import io.windhover.rpc.RpcException.Stage;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.UnixDomainSocketAddress;
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
            .hint("Is the server running?")
            .cause(cause)
            .build();

    assertThat(failure)
        .hasMessage(
            "NOT_SENT at CONNECT calling Echo/echo on db:8888: connection refused (safe to retry)."
                + " Is the server running?")
        .hasCause(cause);
    assertThat(failure.kind()).isEqualTo(Kind.NOT_SENT);
    assertThat(failure.stage()).isEqualTo(Stage.CONNECT);
    assertThat(failure.address()).contains(address);
    assertThat(failure.remoteCode()).isEqualTo(-1);
  }

  @Test
  void leavesOutWhatIsNotKnown() {
    var failure = RpcException.builder(Kind.TIMEOUT, Stage.AWAIT_REPLY, "no reply").build();

    assertThat(failure).hasMessage("TIMEOUT at AWAIT_REPLY: no reply");
    assertThat(failure.address()).isEmpty();
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
