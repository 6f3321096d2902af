package io.windhover.rpc.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.windhover.netpoll.testing.FaultProxy;
import io.windhover.netpoll.testing.ScriptedPeer;
import io.windhover.rpc.CallOptions;
import io.windhover.rpc.Compression;
import io.windhover.rpc.Deadline;
import io.windhover.rpc.Invocation;
import io.windhover.rpc.Method;
import io.windhover.rpc.Middleware;
import io.windhover.rpc.Operation;
import io.windhover.rpc.Protocol;
import io.windhover.rpc.RpcException;
import io.windhover.rpc.RpcException.Kind;
import io.windhover.rpc.RpcException.Stage;
import io.windhover.rpc.Service;
import io.windhover.rpc.fixture.EchoFixture;
import io.windhover.rpc.fixture.Eventually;
import io.windhover.rpc.fixture.ToClose;
import io.windhover.rpc.server.Server;
import io.windhover.thrift.Scalars;
import io.windhover.thrift.call.Result;
import io.windhover.thrift.call.Signature;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/// Whole calls between our own client and server over loopback.
@Timeout(20)
final class CallTest {

  @RegisterExtension final ToClose toClose = new ToClose();

  @ParameterizedTest
  @EnumSource
  void carriesTextBothWays(Protocol protocol) throws Exception {
    var server = serve(text -> text + "!");
    var client = client(server, protocol);

    assertThat(EchoFixture.echo(client, "hi")).isEqualTo("hi!");
    assertThat(EchoFixture.echo(client, "世界 😀")).isEqualTo("世界 😀!");
    assertThat(EchoFixture.echo(client, "x".repeat(1 << 20))).hasSize((1 << 20) + 1);
  }

  @ParameterizedTest
  @EnumSource(names = {"TTHEADER", "TTHEADER_FRAMED"})
  void sumsPayloads(Protocol protocol) throws Exception {
    var server =
        toClose.keep(
            Server.builder()
                .port(0)
                .checksums(true)
                .service(EchoFixture.serve(text -> text))
                .start());
    var client =
        toClose.keep(
            Client.builder("127.0.0.1:" + server.port())
                .protocol(protocol)
                .checksums(true)
                .build());

    assertThat(EchoFixture.echo(client, "hi")).isEqualTo("hi");
    assertThat(EchoFixture.echo(client, "x".repeat(1 << 20))).hasSize(1 << 20);
  }

  /// How large the requests and replies are on the wire, with a peer that reads compressed ones and
  /// with one that does not.
  @ParameterizedTest
  @CsvSource({"1000, 1", "2147483647, 1", "1000, 0", "2147483647, 0"})
  void compressesWhereBothSidesAgree(int serverCompressesAbove, int multiplexed) throws Exception {
    var server =
        toClose.keep(
            Server.builder()
                .port(0)
                .compressAbove(serverCompressesAbove)
                .service(EchoFixture.serve(text -> text))
                .start());
    try (var proxy =
        FaultProxy.before(
            new InetSocketAddress(InetAddress.getLoopbackAddress(), server.port()), 1)) {
      var builder =
          Client.builder(proxy.address())
              .protocol(Protocol.TTHEADER)
              .compression(Compression.GZIP, 1000);
      var client =
          toClose.keep(multiplexed == 0 ? builder.build() : builder.multiplexed(1).build());
      var text = "0123456789".repeat(5000);

      assertThat(EchoFixture.echo(client, text)).isEqualTo(text);
      long requests = proxy.bytesToTarget();
      long replies = proxy.bytesToClient();
      assertThat(EchoFixture.echo(client, text)).isEqualTo(text);

      assertThat(requests).as("the server has not spoken yet").isGreaterThan(50_000);
      boolean agreed = serverCompressesAbove == 1000;
      assertThat(replies < 5000).isEqualTo(agreed);
      assertThat(proxy.bytesToTarget() - requests < 5000).isEqualTo(agreed);
    }
  }

  @Test
  void keepsTheConnectionOfAReplyWhosePayloadHasChanged() throws Exception {
    var header = "00000028 1000 0000 00000001 0006 0000 01 0001 0006 637263333263 0008";
    var corrupt = header + "3030303030303030 00" + "80010002 0000";
    try (var peer =
        ScriptedPeer.accepting(
            side -> {
              for (int i = 0; i < 2; i++) {
                side.receive(ByteBuffer.wrap(side.receive(4)).getInt());
                side.send(HexFormat.of().parseHex(corrupt.replace(" ", "")));
              }
            })) {
      var client = toClose.keep(Client.builder(peer.address()).protocol(Protocol.TTHEADER).build());

      for (int i = 0; i < 2; i++) {
        assertThatThrownBy(() -> EchoFixture.echo(client, "hi"))
            .isInstanceOfSatisfying(
                RpcException.class, e -> assertThat(e.kind()).isEqualTo(Kind.PROTOCOL))
            .hasMessageContaining("payload checksum");
      }
      peer.await(Duration.ofSeconds(5));
    }
  }

  @Test
  void hasRoomForChecksumsOnlyInAHeader() {
    var builder = Client.builder("127.0.0.1:1").checksums(true);

    assertThatThrownBy(builder::build)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("checksums: true with protocol FRAMED");
  }

  @Test
  void carriesCallsOverUnixSockets(@TempDir Path folder) throws Exception {
    var path = folder.resolve("echo.sock");
    toClose.keep(
        Server.builder()
            .address(UnixDomainSocketAddress.of(path))
            .service(EchoFixture.serve(text -> text))
            .start());

    var client = toClose.keep(Client.to("unix:" + path));

    assertThat(EchoFixture.echo(client, "hi")).isEqualTo("hi");
  }

  @ParameterizedTest
  @EnumSource
  void deliversOnewayCalls(Protocol protocol) throws Exception {
    var notes = new LinkedBlockingQueue<String>();
    var server =
        serve(
            text -> {
              notes.add(text);
              return text;
            });
    var client = client(server, protocol);

    EchoFixture.note(client, "remember");

    assertThat(notes.poll(5, TimeUnit.SECONDS)).isEqualTo("remember");
  }

  @ParameterizedTest
  @EnumSource
  void saysThatAMethodIsUnknown(Protocol protocol) throws Exception {
    var client = client(serve(text -> text), protocol);

    assertThatThrownBy(() -> EchoFixture.callUnknown(client))
        .isInstanceOfSatisfying(
            RpcException.class,
            e -> {
              assertThat(e.kind()).isEqualTo(Kind.REMOTE);
              assertThat(e.remoteCode()).isEqualTo(1);
              assertThat(e).hasMessageContaining("unknown method nope");
            });
    assertThat(EchoFixture.echo(client, "still here")).isEqualTo("still here");
  }

  @Test
  void saysThatAServiceIsUnknown() throws Exception {
    var client = client(serve(text -> text), Protocol.TTHEADER);

    assertThatThrownBy(() -> EchoFixture.echo(client, "Other", "hi"))
        .isInstanceOfSatisfying(RpcException.class, e -> assertThat(e.remoteCode()).isEqualTo(20))
        .hasMessageContaining("unknown service Other (this server has: Echo)");
  }

  @Test
  void choosesAmongServicesByName() throws Exception {
    var server =
        toClose.keep(
            Server.builder()
                .port(0)
                .service(EchoFixture.serve("One", text -> "one"))
                .fallbackService(EchoFixture.serve("Two", text -> "two"))
                .start());
    var client = client(server, Protocol.TTHEADER);
    var framed = client(server, Protocol.FRAMED);

    assertThat(EchoFixture.echo(client, "One", "")).isEqualTo("one");
    assertThat(EchoFixture.echo(client, "Two", "")).isEqualTo("two");
    assertThat(EchoFixture.echo(framed, "One", "")).isEqualTo("two");
  }

  @Test
  void keepsSecretsOfAFailedHandler() throws Exception {
    var client = client(serve(CallTest::fail), Protocol.FRAMED);

    assertThatThrownBy(() -> EchoFixture.echo(client, "hi"))
        .isInstanceOfSatisfying(
            RpcException.class,
            e -> {
              assertThat(e.remoteCode()).isEqualTo(6);
              assertThat(e)
                  .hasMessageContaining(
                      "Echo/echo failed in its handler, error id " + e.errorId().orElseThrow());
            })
        .hasMessageNotContaining("s3cret");
  }

  @Test
  void tellsOfAFailedHandlerIfAllowed() throws Exception {
    var server =
        toClose.keep(
            Server.builder()
                .port(0)
                .exposeFailures(true)
                .service(EchoFixture.serve(CallTest::fail))
                .start());

    assertThatThrownBy(() -> EchoFixture.echo(client(server, Protocol.FRAMED), "hi"))
        .hasMessageContaining("s3cret");
  }

  @Test
  void endsACallAtItsDeadlineAndDropsTheLateReply() throws Exception {
    var release = new CountDownLatch(1);
    var server =
        serve(
            text -> {
              if (text.equals("slow")) {
                Eventually.await(release);
              }
              return text;
            });
    var client = client(server, Protocol.FRAMED, Duration.ofSeconds(10));
    var hasty = client.with(CallOptions.builder().timeout(Duration.ofMillis(100)).build());

    assertThatThrownBy(() -> EchoFixture.echo(hasty, "slow"))
        .isInstanceOfSatisfying(
            RpcException.class, e -> assertThat(e.kind()).isEqualTo(Kind.TIMEOUT));
    release.countDown();
    assertThat(EchoFixture.echo(client, "next")).isEqualTo("next");
  }

  @Test
  void passesTheDeadlineOnToNestedCalls() throws Exception {
    var backend = serve(text -> Long.toString(remainingMillis()));
    var nested = client(backend, Protocol.TTHEADER, Duration.ofSeconds(60));
    var server = serve(text -> EchoFixture.echo(nested, text));
    var client = client(server, Protocol.TTHEADER, Duration.ofSeconds(5));

    assertThat(Long.parseLong(EchoFixture.echo(client, ""))).isBetween(1L, 5000L);
  }

  @Test
  void reusesAConnectionAndNoticesWhenItDies() throws Exception {
    var server = serve(text -> text);
    var address = new InetSocketAddress(InetAddress.getLoopbackAddress(), server.port());
    var client = toClose.keep(Client.builder(address).build());
    for (int i = 0; i < 10; i++) {
      EchoFixture.echo(client, "hi");
    }
    assertThat(client.openConnections()).isEqualTo(1);

    server.stop();
    while (client.openConnections() > 0) { // bounded by the test's timeout
      Thread.onSpinWait();
    }
    toClose.keep(
        Server.builder()
            .address(address)
            .service(EchoFixture.serve(text -> "second " + text))
            .start());

    assertThat(EchoFixture.echo(client, "hi")).isEqualTo("second hi");
  }

  @Test
  void carriesManyCallersAtOnceOverACappedPool() throws Exception {
    var server = serve(text -> text);
    var client =
        toClose.keep(
            Client.builder("127.0.0.1:" + server.port())
                .maxConnections(4)
                .timeout(Duration.ofSeconds(10)) // a thousand calls share four connections
                .build());
    var calls = new ArrayList<Future<String>>();

    try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < 1000; i++) {
        var text = Integer.toString(i);
        calls.add(executor.submit(() -> EchoFixture.echo(client, text)));
      }
    }

    for (int i = 0; i < calls.size(); i++) {
      assertThat(calls.get(i).get()).isEqualTo(Integer.toString(i));
    }
    assertThat(client.openConnections()).isBetween(1, 4);
  }

  @Test
  void letsCallsUnderWayEndWhenTheServerStops() throws Exception {
    var started = new CountDownLatch(1);
    var release = new CountDownLatch(1);
    var server =
        serve(
            text -> {
              started.countDown();
              Eventually.await(release);
              return text;
            });
    var client = client(server, Protocol.TTHEADER, Duration.ofSeconds(10));
    try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
      var call = executor.submit(() -> EchoFixture.echo(client, "kept"));
      started.await();
      var stop = executor.submit(server::stop);
      awaitRefusal(server.port()); // it has begun

      release.countDown();

      assertThat(call.get()).isEqualTo("kept");
      stop.get();
    }
    while (client.openConnections() > 0) { // bounded by the test's timeout
      Thread.onSpinWait();
    }
  }

  @Test
  void refusesARequestOverTheLimitBeforeSendingIt() throws Exception {
    var server = serve(text -> text);
    var client =
        toClose.keep(Client.builder("127.0.0.1:" + server.port()).maxMessageBytes(2048).build());

    assertThatThrownBy(() -> EchoFixture.echo(client, "x".repeat(4000)))
        .isInstanceOfSatisfying(
            RpcException.class, e -> assertThat(e.stage()).isEqualTo(Stage.SEND))
        .hasMessageContaining("limit: maxMessageBytes 2048");
  }

  @Test
  void saysThatTheClientIsClosed() throws Exception {
    var server = serve(text -> text);
    var client = client(server, Protocol.FRAMED);
    EchoFixture.echo(client, "hi");

    client.close();

    assertThatThrownBy(() -> EchoFixture.echo(client, "hi"))
        .isInstanceOfSatisfying(
            RpcException.class, e -> assertThat(e.kind()).isEqualTo(Kind.NOT_SENT))
        .hasMessageContaining("this client is closed (after ");
  }

  @Test
  void saysThatTheClientWasClosedDuringTheCall() throws Exception {
    var started = new CountDownLatch(1);
    var release = new CountDownLatch(1);
    var server =
        serve(
            text -> {
              started.countDown();
              Eventually.await(release);
              return text;
            });
    var client = client(server, Protocol.FRAMED);
    try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
      var call = executor.submit(() -> EchoFixture.echo(client, "hi"));
      started.await();

      client.close();

      assertThatThrownBy(call::get)
          .cause()
          .isInstanceOfSatisfying(
              RpcException.class, e -> assertThat(e.kind()).isEqualTo(Kind.DISCONNECTED))
          .hasMessageContaining("this client was closed meanwhile (after ");
      release.countDown();
    }
  }

  @Test
  void doesNotSendACallWhoseDeadlineHasPassed() throws Exception {
    var calls = new AtomicInteger();
    var backend =
        serve(
            text -> {
              calls.incrementAndGet();
              return text;
            });
    var nested = client(backend, Protocol.FRAMED);
    EchoFixture.echo(nested, "a connection is at hand");
    var late =
        new Invocation(
            "Outer",
            new Method<>("outer", false, ""),
            Deadline.after(Duration.ZERO),
            InetSocketAddress.createUnresolved("outer", 1));

    assertThatThrownBy(() -> late.asCurrent(() -> EchoFixture.echo(nested, "late")))
        .isInstanceOfSatisfying(
            RpcException.class, e -> assertThat(e.kind()).isEqualTo(Kind.NOT_SENT))
        .hasMessageContaining("the deadline had passed before the call could begin");

    assertThat(EchoFixture.echo(nested, "next")).isEqualTo("next");
    assertThat(calls).hasValue(2);
    assertThat(nested.openConnections()).isEqualTo(1);
  }

  @Test
  void keepsTheConnectionWhenARequestCannotBeWritten() throws Exception {
    var server = serve(text -> text);
    var client =
        toClose.keep(Client.builder("127.0.0.1:" + server.port()).maxMessageBytes(2048).build());
    EchoFixture.echo(client, "hi");

    assertThatThrownBy(() -> EchoFixture.echo(client, "x".repeat(4000)))
        .isInstanceOf(RpcException.class);

    assertThat(client.openConnections()).isEqualTo(1);
    assertThat(EchoFixture.echo(client, "hi")).isEqualTo("hi");
  }

  @Test
  void leavesNoThreadBehindWhenItsOptionsAreWrong() {
    Middleware broken =
        next -> {
          throw new IllegalStateException("no middleware today");
        };

    assertThatThrownBy(() -> Client.builder("localhost:1").middleware(broken).build())
        .hasMessage("no middleware today");
    assertThatThrownBy(() -> Client.builder("localhost:1").maxMessageBytes(1).build())
        .hasMessageStartingWith("maxMessageBytes: 1 ");

    assertThat(Thread.getAllStackTraces().keySet())
        .noneMatch(thread -> thread.getName().startsWith("windhover-poller"));
  }

  private static void awaitRefusal(int port) throws IOException {
    while (true) { // bounded by the test's timeout
      try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
        assertThat(socket.isConnected()).isTrue();
      } catch (ConnectException e) {
        return;
      }
    }
  }

  private static long remainingMillis() {
    var deadline = Invocation.current().orElseThrow().deadline();
    return TimeUnit.NANOSECONDS.toMillis(deadline.remainingNanos());
  }

  private static String fail(String text) {
    throw new IllegalStateException("s3cret " + text);
  }

  @Test
  void tellsOfAReplyWithoutAResult() throws Exception {
    var nothing = new Method<>("get", false, Signature.EMPTY);
    var operation = new Operation(nothing, (invocation, request) -> Result.NOTHING);
    var service = new Service("Echo", List.of(operation));
    var server = toClose.keep(Server.builder().port(0).service(service).start());
    var client = client(server, Protocol.FRAMED);
    var get = new Method<>("get", false, Signature.builder().returns(Scalars.STRING).build());

    assertThatThrownBy(() -> client.call("Echo", get, get.codec().arguments()))
        .isInstanceOfSatisfying(RpcException.class, e -> assertThat(e.remoteCode()).isEqualTo(5))
        .hasMessageStartingWith("REMOTE at READ_REPLY calling Echo/get on")
        .hasMessageEndingWith("The handler probably returned null");
  }

  private Server serve(UnaryOperator<String> handler) throws IOException {
    return toClose.keep(Server.builder().port(0).service(EchoFixture.serve(handler)).start());
  }

  private Client client(Server server, Protocol protocol) {
    return client(server, protocol, Duration.ofSeconds(5));
  }

  private Client client(Server server, Protocol protocol, Duration timeout) {
    return toClose.keep(
        Client.builder("127.0.0.1:" + server.port()).protocol(protocol).timeout(timeout).build());
  }
}
