package io.windhover.rpc.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.windhover.rpc.ApplicationException;
import io.windhover.rpc.Protocol;
import io.windhover.rpc.RpcException;
import io.windhover.rpc.RpcException.Kind;
import io.windhover.rpc.fixture.EchoFixture;
import io.windhover.rpc.server.Server;
import java.io.IOException;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// What callers see of an [ApplicationException].
@Timeout(20)
final class RefusalTest {

  @ParameterizedTest
  @EnumSource
  void reachesTheCallerWithItsNumber(Protocol protocol) throws IOException {
    try (var server = serve(RefusalTest::refuses);
        var client = Client.builder("127.0.0.1:" + server.port()).protocol(protocol).build()) {
      for (int i = 0; i < 3; i++) { // on one connection
        assertThatThrownBy(() -> EchoFixture.echo(client, ""))
            .isInstanceOfSatisfying(RpcException.class, RefusalTest::isTheRefusal);
      }
      assertThat(client.pools().getFirst().counters().dialled()).as("connections").isOne();
    }
  }

  @Test
  void reachesTheCallerInTheSameProcess() throws IOException {
    try (var server = serve(RefusalTest::refuses)) {
      assertThatThrownBy(() -> EchoFixture.echo(server.inProcess(), ""))
          .isInstanceOfSatisfying(RpcException.class, RefusalTest::isTheRefusal);
    }
  }

  @Test
  void comesFromMiddlewareAsWell() throws IOException {
    var server =
        Server.builder()
            .port(0)
            .service(EchoFixture.serve(text -> text))
            .middleware(_ -> (_, _) -> refuses(""));
    try (var running = server.start();
        var client = Client.to("127.0.0.1:" + running.port())) {
      assertThatThrownBy(() -> EchoFixture.echo(client, ""))
          .isInstanceOfSatisfying(RpcException.class, RefusalTest::isTheRefusal);
    }
  }

  /// A call of a server, ours or not, whose handler has borrowed its number from HTTP.
  @ParameterizedTest
  @EnumSource
  void isNotSafeToRetryForANumberThatAnybodyPicks(Protocol protocol) throws IOException {
    UnaryOperator<String> handler =
        text -> {
          throw new ApplicationException(503, "the bank is away, after the money left");
        };
    try (var server = serve(handler);
        var client = Client.builder("127.0.0.1:" + server.port()).protocol(protocol).build()) {
      assertThatThrownBy(() -> EchoFixture.echo(client, ""))
          .isInstanceOfSatisfying(
              RpcException.class,
              e -> {
                assertThat(e.remoteCode()).isEqualTo(503);
                assertThat(e.kind()).isEqualTo(Kind.REMOTE);
              });
    }
  }

  @Test
  void isSafeToRetryIfTheMethodSaysSo() throws IOException {
    UnaryOperator<String> handler =
        text -> {
          throw new ApplicationException(ApplicationException.OVERLOADED, "too many already");
        };
    try (var server = serve(handler);
        var client = Client.to("127.0.0.1:" + server.port())) {
      assertThatThrownBy(() -> EchoFixture.echo(client, ""))
          .isInstanceOfSatisfying(
              RpcException.class, e -> assertThat(e.kind()).isEqualTo(Kind.NOT_SENT));
    }
  }

  private static String refuses(String text) {
    throw new ApplicationException(1007, "not on Sundays" + text);
  }

  private static void isTheRefusal(RpcException e) {
    assertThat(e.kind()).isEqualTo(Kind.REMOTE);
    assertThat(e.remoteCode()).isEqualTo(1007);
    assertThat(e.errorId()).isEmpty();
    assertThat(e).hasMessageContaining("the server answered with error 1007: not on Sundays");
  }

  private static Server serve(UnaryOperator<String> handler) throws IOException {
    return Server.builder().port(0).service(EchoFixture.serve(handler)).start();
  }
}
