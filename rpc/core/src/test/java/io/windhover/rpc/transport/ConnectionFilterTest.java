package io.windhover.rpc.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.windhover.netpoll.Attribute;
import io.windhover.netpoll.CloseReason;
import io.windhover.rpc.Protocol;
import io.windhover.rpc.RpcException;
import io.windhover.rpc.client.Client;
import io.windhover.rpc.fixture.EchoFixture;
import io.windhover.rpc.fixture.LineTransport;
import io.windhover.rpc.fixture.LogRecorder;
import io.windhover.rpc.fixture.NotesFixture;
import io.windhover.rpc.fixture.Text;
import io.windhover.rpc.fixture.ToClose;
import io.windhover.rpc.server.Server;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Filters of connections over real sockets, whatever these carry.
@Timeout(30)
final class ConnectionFilterTest {

  private static final Attribute<AtomicInteger> BYTES = Attribute.of("bytes", AtomicInteger.class);

  @RegisterExtension final ToClose toClose = new ToClose();
  private final LinkedBlockingQueue<String> told = new LinkedBlockingQueue<>();
  private final AtomicInteger handled = new AtomicInteger();

  /// The kinds of connections.
  enum Kind {
    FRAMED(Protocol.FRAMED),
    TTHEADER(Protocol.TTHEADER),
    MUX(Protocol.TTHEADER),
    STREAMS(Protocol.TTHEADER);

    private final Protocol protocol;

    Kind(Protocol protocol) {
      this.protocol = protocol;
    }

    Client client(Server server) {
      var builder =
          Client.builder(NotesFixture.address(server))
              .protocol(protocol)
              .timeout(Duration.ofSeconds(8));
      return this == MUX ? builder.multiplexed(1).build() : builder.build();
    }

    String exchange(Client client, String text) {
      if (this != STREAMS) {
        return EchoFixture.echo(client, "Notes", text);
      }
      try (var chat = NotesFixture.chat(client)) {
        chat.send(new Text(text));
        chat.end();
        var reply = chat.receive().orElseThrow().value() + "!";
        assertThat(chat.receive()).isEmpty(); // or closing sends a reset
        return reply;
      }
    }
  }

  /// Writes down what it is told.
  private class Telling implements ConnectionFilter {
    final String name;

    Telling(String name) {
      this.name = name;
    }

    @Override
    public boolean opened(AcceptedConnection connection) {
      told.add(name + " opened");
      return true;
    }

    @Override
    public void closed(AcceptedConnection connection, CloseReason reason) {
      told.add(name + " closed: " + reason);
    }
  }

  @ParameterizedTest
  @EnumSource
  void refusesAnAddress(Kind kind) throws Exception {
    var server =
        serve(
            new ConnectionFilter() {
              @Override
              public boolean opened(AcceptedConnection connection) {
                told.add("opened");
                return !host(connection).equals("127.0.0.1");
              }
            });
    var client = toClose.keep(kind.client(server));

    assertThatExceptionOfType(RpcException.class).isThrownBy(() -> kind.exchange(client, "hi"));

    assertThat(told).contains("opened");
    assertThat(handled).hasValue(0);
  }

  private static String host(AcceptedConnection connection) {
    return ((InetSocketAddress) connection.remoteAddress()).getAddress().getHostAddress();
  }

  @Test
  void letsOthersInBesideOneThatItRefuses() throws Exception {
    var server =
        serve(
            new ConnectionFilter() {
              @Override
              public boolean opened(AcceptedConnection connection) {
                return !host(connection).equals("127.0.0.2");
              }
            });
    var client = toClose.keep(Kind.FRAMED.client(server));

    try (var refused = connectFrom("127.0.0.2", server)) {
      assertThat(isEnded(refused)).isTrue();
    }
    assertThat(Kind.FRAMED.exchange(client, "hi")).isEqualTo("hi!");
  }

  @ParameterizedTest
  @EnumSource
  void countsTheBytesOfItsPeer(Kind kind) throws Exception {
    int less = bytesOf(kind, 1000);
    int more = bytesOf(kind, 3000);

    assertThat(less).isGreaterThan(1000);
    assertThat(more - less).isEqualTo(2000);
  }

  private int bytesOf(Kind kind, int textBytes) throws Exception {
    var counts = new LinkedBlockingQueue<Integer>();
    var server =
        serve(
            new ConnectionFilter() {
              @Override
              public boolean opened(AcceptedConnection connection) {
                connection.set(BYTES, new AtomicInteger());
                return true;
              }

              @Override
              public boolean received(AcceptedConnection connection, int bytes) {
                connection.get(BYTES).orElseThrow().addAndGet(bytes);
                return true;
              }

              @Override
              public void closed(AcceptedConnection connection, CloseReason reason) {
                counts.add(connection.get(BYTES).orElseThrow().get());
              }
            });
    try (var client = kind.client(server)) {
      assertThat(kind.exchange(client, "x".repeat(textBytes))).hasSize(textBytes + 1);
    }
    var count = counts.poll(10, TimeUnit.SECONDS);
    assertThat(count).as("bytes of a closed connection").isNotNull();
    return count;
  }

  @ParameterizedTest
  @EnumSource
  void endsAConnectionByAFrameThatItRefuses(Kind kind) throws Exception {
    var server =
        serve(
            new Telling("it") {
              @Override
              public boolean received(AcceptedConnection connection, int bytes) {
                return bytes < 5000;
              }
            });
    var client = toClose.keep(kind.client(server));
    assertThat(kind.exchange(client, "hi")).isEqualTo("hi!");

    assertThatExceptionOfType(RpcException.class)
        .isThrownBy(() -> kind.exchange(client, "x".repeat(5000)));

    assertThat(next()).isEqualTo("it opened");
    assertThat(next()).isEqualTo("it closed: " + CloseReason.ABORTED);
    assertThat(kind.exchange(client, "hi")).isEqualTo("hi!");
  }

  @ParameterizedTest
  @EnumSource
  void endsTheConnectionOnWhichItThrows(Kind kind) throws Exception {
    var server =
        serve(
            new Telling("it") {
              @Override
              public boolean received(AcceptedConnection connection, int bytes) {
                if (bytes >= 5000) {
                  throw new IllegalStateException("as asked for");
                }
                return true;
              }
            });
    var other = toClose.keep(kind.client(server));
    var client = toClose.keep(kind.client(server));
    assertThat(kind.exchange(other, "hi")).isEqualTo("hi!");

    try (var log = new LogRecorder("io.windhover.rpc.server")) {
      assertThatExceptionOfType(RpcException.class)
          .isThrownBy(() -> kind.exchange(client, "x".repeat(5000)));

      assertThat(log.await(" failed in received")).startsWith("WARNING connection filter io.wind");
    }
    assertThat(kind.exchange(other, "hi")).isEqualTo("hi!");
    assertThat(List.of(next(), next(), next()))
        .containsExactly("it opened", "it opened", "it closed: " + CloseReason.ABORTED);
  }

  @Test
  void hasALineASecondInTheLogWhenItThrows() throws Exception {
    var server =
        serve(
            new ConnectionFilter() {
              @Override
              public boolean opened(AcceptedConnection connection) {
                throw new IllegalStateException("as asked for");
              }
            });
    long start = System.nanoTime();

    try (var log = new LogRecorder("io.windhover.rpc.server")) {
      for (int i = 0; i < 40; i++) {
        try (var peer = connectFrom("127.0.0.1", server)) {
          assertThat(isEnded(peer)).isTrue();
        }
      }

      long seconds = TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - start);
      assertThat(log.drain(" failed in opened")).hasSizeBetween(1, (int) seconds + 1);
    }
  }

  @Test
  void whatItThrowsAtTheEndKeepsNothingOpen() throws Exception {
    var server =
        serve(
            new Telling("first"),
            new ConnectionFilter() {
              @Override
              public void closed(AcceptedConnection connection, CloseReason reason) {
                throw new AssertionError("as asked for");
              }
            });

    try (var log = new LogRecorder("io.windhover.rpc.server")) {
      connectFrom("127.0.0.1", server).close();

      assertThat(log.await(" failed in closed")).startsWith("WARNING ");
    }
    assertThat(next()).isEqualTo("first opened");
    assertThat(next()).startsWith("first closed");
  }

  @Test
  void isToldAfterThoseBeforeItAndOfTheEndBeforeThem() throws Exception {
    var server = serve(new Telling("first"), new Telling("second"));

    connectFrom("127.0.0.1", server).close();

    assertThat(List.of(next(), next(), next(), next()))
        .map(line -> line.replaceFirst(":.*", ""))
        .containsExactly("first opened", "second opened", "second closed", "first closed");
  }

  @Test
  void isNotToldOfWhatOneBeforeItRefuses() throws Exception {
    var refusing =
        new Telling("refusing") {
          @Override
          public boolean opened(AcceptedConnection connection) {
            return false;
          }
        };
    var server = serve(new Telling("first"), refusing, new Telling("last"));

    try (var peer = connectFrom("127.0.0.1", server)) {
      assertThat(isEnded(peer)).isTrue();
    }
    assertThat(next()).isEqualTo("first opened");
    assertThat(next()).isEqualTo("first closed: " + CloseReason.ABORTED);
    assertThat(told).isEmpty();
  }

  @Test
  void isAskedAboutConnectionsOfTransportsToo() throws Exception {
    var server =
        toClose.keep(
            NotesFixture.server(NotesFixture::echo)
                .transport(new LineTransport())
                .connectionFilter(
                    new ConnectionFilter() {
                      @Override
                      public boolean received(AcceptedConnection connection, int bytes) {
                        told.add("received " + bytes);
                        return true;
                      }
                    })
                .start());
    var request = LineTransport.request(1000, "echo", "hi");

    try (var peer = connectFrom("127.0.0.1", server)) {
      peer.getOutputStream().write(request);

      assertThat(next()).isEqualTo("received " + request.length);
    }
  }

  private Server serve(ConnectionFilter... filters) throws IOException {
    var builder =
        NotesFixture.server(
                (in, out) -> {
                  handled.incrementAndGet();
                  NotesFixture.echo(in, out);
                })
            .middleware(
                next ->
                    (invocation, request) -> {
                      handled.incrementAndGet();
                      return next.call(invocation, request);
                    });
    for (var filter : filters) {
      builder.connectionFilter(filter);
    }
    return toClose.keep(builder.start());
  }

  private static Socket connectFrom(String host, Server server) throws IOException {
    var loopback = InetAddress.getLoopbackAddress();
    var socket = new Socket(loopback, server.port(), InetAddress.ofLiteral(host), 0);
    socket.setSoTimeout(5000); // below the server's firstByteTimeout
    return socket;
  }

  private static boolean isEnded(Socket peer) throws IOException {
    try {
      return peer.getInputStream().read() < 0;
    } catch (SocketException e) { // reset
      return true;
    }
  }

  private String next() throws InterruptedException {
    var line = told.poll(10, TimeUnit.SECONDS);
    assertThat(line).as("what the filter is told").isNotNull();
    return line;
  }
}
