package io.windhover.rpc.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.windhover.rpc.Deadline;
import io.windhover.rpc.Endpoint;
import io.windhover.rpc.Invocation;
import io.windhover.rpc.RpcException;
import io.windhover.rpc.RpcException.Kind;
import io.windhover.rpc.RpcException.Stage;
import io.windhover.rpc.fixture.EchoFixture;
import io.windhover.rpc.fixture.Eventually;
import io.windhover.rpc.fixture.TestNames;
import io.windhover.rpc.fixture.Text;
import io.windhover.rpc.fixture.ToClose;
import io.windhover.rpc.server.Server;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/// How calls get a connection, or do not.
@Timeout(20)
final class ConnectingTest {

  @RegisterExtension final ToClose toClose = new ToClose();

  @Test
  void saysThatNobodyListens() throws Exception {
    int port;
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = socket.getLocalPort();
    }
    var client = toClose.keep(Client.to("127.0.0.1:" + port));

    assertThatThrownBy(() -> EchoFixture.echo(client, "hi"))
        .isInstanceOfSatisfying(
            RpcException.class,
            e -> {
              assertThat(e.kind()).isEqualTo(Kind.NOT_SENT);
              assertThat(e.stage()).isEqualTo(Stage.CONNECT);
            })
        .hasMessageContaining("Echo/echo on 127.0.0.1:" + port)
        .hasMessageMatching(
            ".* connection refused \\(after \\d+ ms, safe to retry\\). Is the server running.*");
    assertThat(client.openConnections()).isZero();
  }

  @Test
  void saysThatAllConnectionsAreInUse() throws Exception {
    var started = new CountDownLatch(1);
    var release = new CountDownLatch(1);
    var server =
        serve(
            text -> {
              started.countDown();
              Eventually.await(release);
              return text;
            });
    var client =
        toClose.keep(
            Client.builder("127.0.0.1:" + server.port())
                .maxConnections(1)
                .middleware(ConnectingTest::hurryIfTold)
                .timeout(Duration.ofSeconds(10))
                .build());
    try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
      var first = executor.submit(() -> EchoFixture.echo(client, "first"));
      started.await();

      assertThatThrownBy(() -> EchoFixture.echo(client, "hurry"))
          .isInstanceOfSatisfying(
              RpcException.class, e -> assertThat(e.kind()).isEqualTo(Kind.NOT_SENT))
          .hasMessageContaining("all 1 connections are in use")
          .hasMessageContaining("Give the client a larger maxConnections(...)");
      release.countDown();
      assertThat(first.get()).isEqualTo("first");
    }
  }

  private static Endpoint hurryIfTold(Endpoint next) {
    return (invocation, request) ->
        next.call(
            request.equals(new Text("hurry"))
                ? new Invocation(
                    invocation.service(),
                    invocation.method(),
                    Deadline.after(Duration.ofMillis(50)),
                    invocation.remoteAddress())
                : invocation,
            request);
  }

  @Test
  void triesEveryAddressOfAName() throws Exception {
    var server =
        toClose.keep(
            Server.builder()
                .address(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0))
                .service(EchoFixture.serve(text -> text))
                .start());
    var client = toClose.keep(Client.to(TestNames.TWO_ADDRESSES + ":" + server.port()));

    assertThat(EchoFixture.echo(client, "hi")).isEqualTo("hi");
  }

  @Test
  void saysThatANameIsUnknown() {
    var client = toClose.keep(Client.to(TestNames.UNKNOWN + ":1"));

    assertThatThrownBy(() -> EchoFixture.echo(client, "hi"))
        .isInstanceOfSatisfying(
            RpcException.class,
            e -> {
              assertThat(e.kind()).isEqualTo(Kind.NOT_SENT);
              assertThat(e.stage()).isEqualTo(Stage.CONNECT);
            })
        .hasMessageContaining("unknown host " + TestNames.UNKNOWN)
        .hasMessageEndingWith("Check the host name");
    assertThat(client.openConnections()).isZero();
  }

  @Test
  void looksUpANameWithinTheDeadline() {
    var client =
        toClose.keep(Client.builder(TestNames.SLOW + ":1").timeout(Duration.ofMillis(50)).build());

    assertThatThrownBy(() -> EchoFixture.echo(client, "hi"))
        .isInstanceOfSatisfying(
            RpcException.class, e -> assertThat(e.kind()).isEqualTo(Kind.NOT_SENT))
        .hasMessageContaining("the name " + TestNames.SLOW + " was not resolved within ");

    assertThat(client.openConnections()).isZero();
    TestNames.release();
  }

  @Test
  void saysThatConnectingTookTooLong() throws Exception {
    try (var full = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        var _ = new Socket(full.getInetAddress(), full.getLocalPort());
        var _ = new Socket(full.getInetAddress(), full.getLocalPort())) { // a backlog of 1 holds 2
      var client =
          toClose.keep(
              Client.builder("127.0.0.1:" + full.getLocalPort())
                  .connectTimeout(Duration.ofMillis(50))
                  .build());

      assertThatThrownBy(() -> EchoFixture.echo(client, "hi"))
          .isInstanceOfSatisfying(
              RpcException.class, e -> assertThat(e.kind()).isEqualTo(Kind.NOT_SENT))
          .hasMessageContaining("no connection within 50 ms");

      assertThat(Thread.interrupted()).as("nobody interrupted").isFalse();
    }
  }

  private Server serve(UnaryOperator<String> handler) throws IOException {
    return toClose.keep(Server.builder().port(0).service(EchoFixture.serve(handler)).start());
  }
}
