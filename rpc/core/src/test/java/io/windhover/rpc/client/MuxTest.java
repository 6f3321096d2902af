package io.windhover.rpc.client;

import static io.windhover.rpc.fixture.LocalAddress.anyPort;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.windhover.netpoll.testing.ScriptedPeer;
import io.windhover.rpc.Protocol;
import io.windhover.rpc.RpcException;
import io.windhover.rpc.RpcException.Kind;
import io.windhover.rpc.fixture.EchoFixture;
import io.windhover.rpc.fixture.ToClose;
import io.windhover.rpc.server.Server;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Whole calls over multiplexed connections, between our own client and server on loopback.
@Timeout(20)
final class MuxTest {

  @RegisterExtension final ToClose toClose = new ToClose();

  @ParameterizedTest
  @EnumSource(names = {"TTHEADER", "TTHEADER_FRAMED"})
  void carriesManyCallsAtOnceOverOneConnection(Protocol protocol) throws Exception {
    var allIn = new CountDownLatch(100);
    var server =
        serve(
            text -> {
              await(allIn);
              return text + "!";
            });
    var client =
        toClose.keep(Client.builder(address(server)).protocol(protocol).multiplexed(1).build());

    var replies = new ArrayList<Future<String>>();
    try (var callers = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < 100; i++) {
        var text = "call " + i;
        replies.add(callers.submit(() -> EchoFixture.echo(client, text)));
      }
    }

    for (int i = 0; i < 100; i++) {
      assertThat(replies.get(i).get()).isEqualTo("call " + i + "!");
    }
    assertThat(client.openConnections()).isEqualTo(1);
    assertThat(client.droppedReplies()).isZero();
  }

  private static void await(CountDownLatch all) {
    all.countDown();
    try {
      if (!all.await(10, TimeUnit.SECONDS)) {
        throw new IllegalStateException("not all calls run at once");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void takesItsConnectionsInTurns() throws Exception {
    var client = client(serve(text -> text), 3);

    for (int i = 0; i < 9; i++) {
      EchoFixture.echo(client, "hi");
    }

    assertThat(client.openConnections()).isEqualTo(3);
  }

  @Test
  void keepsTheConnectionOfACallThatTimesOut() throws Exception {
    var turns = new Semaphore(0);
    var server =
        serve(
            text -> {
              if (text.equals("slow")) {
                turns.acquireUninterruptibly();
              }
              return text;
            });
    var client =
        toClose.keep(
            Client.builder(address(server))
                .protocol(Protocol.TTHEADER)
                .multiplexed(1)
                .timeout(Duration.ofMillis(200))
                .build());

    assertThatThrownBy(() -> EchoFixture.echo(client, "slow"))
        .isInstanceOfSatisfying(
            RpcException.class, e -> assertThat(e.kind()).isEqualTo(Kind.TIMEOUT));
    turns.release();
    while (client.droppedReplies() == 0) { // bounded by the test's timeout
      Thread.onSpinWait();
    }

    assertThat(EchoFixture.echo(client, "still here")).isEqualTo("still here");
    assertThat(client.openConnections()).isEqualTo(1);
    assertThat(client.droppedReplies()).isEqualTo(1);
  }

  @Test
  void keepsTheConnectionAfterErrors() throws Exception {
    var client = client(serve(text -> text), 1);

    for (int i = 0; i < 3; i++) {
      assertThatThrownBy(() -> EchoFixture.callUnknown(client)).isInstanceOf(RpcException.class);
      assertThatThrownBy(() -> EchoFixture.echo(client, "Other", "hi"))
          .isInstanceOf(RpcException.class);
      assertThat(EchoFixture.echo(client, "hi")).isEqualTo("hi");
    }

    assertThat(client.openConnections()).isEqualTo(1);
  }

  @Test
  void failsAllThatWaitAtOnceWhenTheConnectionIsLost() throws Exception {
    var allIn = new CountDownLatch(10);
    var server =
        toClose.keep(
            Server.builder()
                .address(anyPort())
                .stopTimeout(Duration.ZERO)
                .service(
                    EchoFixture.serve(
                        text -> {
                          allIn.countDown();
                          new Semaphore(0).acquireUninterruptibly();
                          return text;
                        }))
                .start());
    var client =
        toClose.keep(
            Client.builder(address(server))
                .protocol(Protocol.TTHEADER)
                .multiplexed(1)
                .timeout(Duration.ofMinutes(1))
                .build());
    var failures = new ArrayList<Future<RpcException>>();
    try (var callers = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < 10; i++) {
        failures.add(callers.submit(() -> failure(client, "hi")));
      }
      allIn.await();
      server.stop();
    }

    for (var failure : failures) {
      assertThat(failure.get().kind()).isEqualTo(Kind.DISCONNECTED);
    }
  }

  private static RpcException failure(Client client, String text) {
    try {
      EchoFixture.echo(client, text);
      throw new AssertionError("the call succeeds");
    } catch (RpcException e) {
      return e;
    }
  }

  @Test
  void losesNoCallWhileTheServerStops() throws Exception {
    var first = serve(text -> text);
    var address = (InetSocketAddress) first.address();
    var client = client(first, 2);
    var stopping = new CountDownLatch(200);
    var failed = new AtomicInteger();
    var callers = Executors.newVirtualThreadPerTaskExecutor();
    toClose.keep(callers);
    var done = new ArrayList<Future<?>>();
    for (int i = 0; i < 8; i++) {
      done.add(
          callers.submit(
              () -> {
                try {
                  while (true) {
                    EchoFixture.echo(client, "hi");
                    stopping.countDown();
                  }
                } catch (RpcException e) {
                  if (e.kind() != Kind.NOT_SENT) {
                    failed.incrementAndGet();
                  }
                }
              }));
    }
    stopping.await();

    first.stop();

    for (var caller : done) {
      caller.get();
    }
    assertThat(failed).hasValue(0);
    assertThat(address.getPort()).isPositive();
  }

  @Test
  void goesElsewhereWhenTheServerSaysSo() throws Exception {
    var server = serve(text -> text);
    var client = client(server, 1);
    EchoFixture.echo(client, "hi");

    server.stop(); // which takes as long as the client does to leave

    while (client.openConnections() > 0) { // bounded by the test's timeout
      Thread.onSpinWait();
    }
  }

  @Test
  void deliversOnewayCalls() throws Exception {
    var notes = new Semaphore(0);
    var client =
        client(
            serve(
                text -> {
                  notes.release();
                  return text;
                }),
            1);

    EchoFixture.note(client, "remember");
    EchoFixture.note(client, "and this");

    assertThat(notes.tryAcquire(2, 5, TimeUnit.SECONDS)).isTrue();
    assertThat(client.openConnections()).isEqualTo(1);
  }

  @Test
  void dropsRepliesThatNobodyWaitsFor() throws Exception {
    var unknown =
        "0000001f 1000 0000 000f4240 0001 0000 0000 80010002 00000004 6563686f 000f4240 00";
    try (var peer =
        ScriptedPeer.accepting(
            side -> {
              side.receive(14);
              side.send(bytes(unknown));
              side.send(bytes(unknown));
              side.reset();
            })) {
      var client = client(peer.address(), 1);

      assertThatThrownBy(() -> EchoFixture.echo(client, "hi")).isInstanceOf(RpcException.class);

      assertThat(client.droppedReplies()).isEqualTo(2);
    }
  }

  /// Far sooner than the write-stall timeout of 30 s.
  @Test
  void endsCallsInTimeWhenTheServerDoesNotRead() throws Exception {
    var done = new CountDownLatch(1);
    try (var peer = ScriptedPeer.accepting(side -> side.pauseUntil(done))) {
      var client =
          toClose.keep(
              Client.builder(peer.address())
                  .protocol(Protocol.TTHEADER)
                  .multiplexed(1)
                  .timeout(Duration.ofMillis(300))
                  .build());
      var large = "x".repeat(8 << 20);
      var failures = new ArrayList<Future<RpcException>>();
      try (var callers = Executors.newVirtualThreadPerTaskExecutor()) {
        for (int i = 0; i < 4; i++) {
          failures.add(callers.submit(() -> failure(client, large)));
        }
      }

      for (var failure : failures) {
        assertThat(failure.get().kind()).isEqualTo(Kind.TIMEOUT);
      }
      done.countDown();
    }
  }

  private static byte[] bytes(String hex) {
    return HexFormat.of().parseHex(hex.replace(" ", ""));
  }

  @ParameterizedTest
  @EnumSource(names = {"FRAMED", "BUFFERED"})
  void needsAHeaderToTellRepliesApart(Protocol protocol) {
    var builder = Client.builder("127.0.0.1:1").protocol(protocol).multiplexed(2);

    assertThatThrownBy(builder::build)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("multiplexed: 2 with protocol " + protocol);
  }

  private Server serve(UnaryOperator<String> handler) throws IOException {
    return toClose.keep(
        Server.builder().address(anyPort()).service(EchoFixture.serve(handler)).start());
  }

  private Client client(Server server, int connections) {
    return client(server.address(), connections);
  }

  private Client client(SocketAddress address, int connections) {
    return toClose.keep(
        Client.builder(address).protocol(Protocol.TTHEADER).multiplexed(connections).build());
  }

  private static SocketAddress address(Server server) {
    return server.address();
  }
}
