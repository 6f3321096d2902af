package io.windhover.rpc.transport;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.windhover.buffer.LinkBuffer;
import io.windhover.netpoll.CloseReason;
import io.windhover.netpoll.Connection;
import io.windhover.rpc.Method;
import io.windhover.rpc.client.Client;
import io.windhover.rpc.codec.Detection;
import io.windhover.rpc.codec.MalformedMessageException;
import io.windhover.rpc.fixture.EchoFixture;
import io.windhover.rpc.fixture.LinePeer;
import io.windhover.rpc.fixture.LineTransport;
import io.windhover.rpc.fixture.LogRecorder;
import io.windhover.rpc.fixture.ToClose;
import io.windhover.rpc.server.Server;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.logging.Level;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Transports of others that do not as they should, over real sockets.
@Timeout(20)
final class BrokenTransportTest {

  private final LineTransport lines = new LineTransport();
  @RegisterExtension final ToClose toClose = new ToClose();

  /// What a transport of others may do wrong. Each costs a connection, and the log has its name.
  enum Mistake {
    THROWS_IN_DETECT("broken failed in detect"),
    FAILS_AN_ASSERTION_IN_DETECT("broken failed in detect"),
    DETECTS_NULL("broken failed in detect"),
    CONSUMES_IN_DETECT("is not served"),
    THROWS_IN_SERVE("is not served"),
    SERVES_NULL("is not served"),
    THROWS_IN_OPENED("broken failed in opened"),
    THROWS_IN_FRAME_BYTES("broken failed in frameBytes"),
    CONSUMES_IN_FRAME_BYTES("broken consumed"),
    SAYS_TOO_MUCH("broken found a frame of"),
    THROWS_IN_RECEIVED("broken failed in received"),
    THROWS_IN_HELD_BYTES("broken failed in heldBytes"),
    READS_PAST_THE_END(Level.FINE, "broken: the message ends too early"),
    SAYS_NEGATIVE(Level.FINE, "broken: a frame of -1 bytes"),
    NEVER_SAYS(Level.FINE, "bytes or more (limit: maxMessageBytes 4096)");

    final Level level;
    final String line;

    Mistake(String line) {
      this(Level.WARNING, line);
    }

    /// @param level FINE for what a peer can cause at will
    Mistake(Level level, String line) {
      this.level = level;
      this.line = line;
    }
  }

  private record Broken(Mistake mistake, CountDownLatch looked) implements Transport {
    @Override
    public String name() {
      return "broken";
    }

    @Override
    @SuppressWarnings("NullAway") // what is tested
    public Detection detect(Connection connection, LinkBuffer input) {
      if (input.getByte(0) != '!') {
        return Detection.OTHER;
      }
      failIf(Mistake.THROWS_IN_DETECT);
      if (mistake == Mistake.FAILS_AN_ASSERTION_IN_DETECT) {
        throw new AssertionError("as asked for");
      }
      if (mistake == Mistake.DETECTS_NULL) {
        return null;
      }
      if (mistake == Mistake.CONSUMES_IN_DETECT) {
        input.skip(1);
      }
      return Detection.OURS;
    }

    private void failIf(Mistake one) {
      if (mistake == one) {
        throw new IllegalStateException("as asked for");
      }
    }

    @Override
    @SuppressWarnings("NullAway") // what is tested
    public ServedConnection serve(ServerCalls calls) {
      failIf(Mistake.THROWS_IN_SERVE);
      return mistake == Mistake.SERVES_NULL ? null : new Served();
    }

    private final class Served implements ServedConnection {
      @Override
      public void opened(Connection connection) {
        failIf(Mistake.THROWS_IN_OPENED);
      }

      @Override
      public int frameBytes(Connection connection, LinkBuffer input) {
        looked.countDown();
        failIf(Mistake.THROWS_IN_FRAME_BYTES);
        return switch (mistake) {
          case CONSUMES_IN_FRAME_BYTES -> {
            input.skip(1);
            yield 0;
          }
          case READS_PAST_THE_END -> input.getInt(input.size());
          case SAYS_NEGATIVE -> -1;
          case SAYS_TOO_MUCH -> input.size() + 1;
          case NEVER_SAYS -> 0;
          default -> input.size();
        };
      }

      @Override
      public void received(Connection connection, LinkBuffer frame) {
        failIf(Mistake.THROWS_IN_RECEIVED);
        frame.release();
      }

      @Override
      public int heldBytes() {
        failIf(Mistake.THROWS_IN_HELD_BYTES);
        return 0;
      }

      @Override
      public void finish() {
        throw new IllegalStateException("as asked for");
      }

      @Override
      public void drain() {
        throw new IllegalStateException("as asked for");
      }

      @Override
      public void cancel() {}
    }
  }

  @ParameterizedTest
  @EnumSource
  void costsAConnectionAtMost(Mistake mistake) throws Exception {
    var server =
        toClose.keep(
            Server.builder()
                .port(0)
                .maxMessageBytes(4096)
                .transport(new Broken(mistake, new CountDownLatch(1)))
                .service(EchoFixture.serve(text -> text + "!"))
                .start());
    var client = toClose.keep(Client.to("127.0.0.1:" + server.port()));
    assertThat(EchoFixture.echo(client, "hi")).isEqualTo("hi!");
    var peer = peer(server);

    try (var log = new LogRecorder("io.windhover.rpc", Level.FINE)) {
      peer.send("!".repeat(mistake == Mistake.NEVER_SAYS ? 5000 : 100).getBytes(UTF_8));

      assertThat(log.await(mistake.line)).startsWith(mistake.level + " ");
      assertThat(peer.isEnded()).isTrue();
    }
    assertThat(EchoFixture.echo(client, "hi")).isEqualTo("hi!");
  }

  @ParameterizedTest
  @EnumSource(names = {"THROWS_IN_DETECT", "THROWS_IN_SERVE", "THROWS_IN_FRAME_BYTES"})
  void fillsNoLogWithItsMistakes(Mistake mistake) throws Exception {
    var server =
        toClose.keep(
            Server.builder()
                .port(0)
                .transport(new Broken(mistake, new CountDownLatch(1)))
                .service(EchoFixture.serve(text -> text + "!"))
                .start());

    try (var log = new LogRecorder("io.windhover.rpc")) {
      for (int i = 0; i < 100; i++) {
        var peer = peer(server);
        peer.send("!".repeat(100).getBytes(UTF_8));
        assertThat(peer.isEnded()).isTrue();
      }

      assertThat(log.drain("WARNING")).hasSizeBetween(1, 20); // one a second
    }
  }

  /// Looks at more than may be there.
  private record Hasty(Transport lines) implements Transport {
    @Override
    public String name() {
      return "hasty";
    }

    @Override
    public Detection detect(Connection connection, LinkBuffer input) {
      if (input.getInt(10) == 0x4563686f) { // Echo: what is built in decides by less
        return Detection.OURS;
      }
      throw new MalformedMessageException("no line for Echo");
    }

    @Override
    public ServedConnection serve(ServerCalls calls) {
      return lines.serve(calls);
    }
  }

  @Test
  void looksAgainIfItReadsPastTheEnd() throws Exception {
    var peer = peer(hasty());

    for (byte one : LineTransport.request(1000, "echo", "hi")) {
      peer.send(one);
    }

    assertThat(peer.line()).isEqualTo("OK hi!");
  }

  @Test
  void mayThrowAtBytesThatAreOfOthers() throws Exception {
    var server = hasty();
    try (var log = new LogRecorder("io.windhover.rpc", Level.FINE)) {
      var client = toClose.keep(Client.to("127.0.0.1:" + server.port()));

      assertThat(EchoFixture.echo(client, "hi")).isEqualTo("hi!");
      assertThat(log.await("no line for Echo")).startsWith("FINE ");
    }
  }

  private Server hasty() throws IOException {
    return toClose.keep(
        Server.builder()
            .port(0)
            .transport(new Hasty(lines))
            .service(EchoFixture.serve(text -> text + "!"))
            .start());
  }

  @Test
  void isNamedIfItFailsAtTheStart() {
    var broken =
        new Transport() {
          @Override
          public String name() {
            return "broken";
          }

          @Override
          public Detection detect(Connection connection, LinkBuffer input) {
            return Detection.OTHER;
          }

          @Override
          public ServedConnection serve(ServerCalls calls) {
            throw new AssertionError();
          }

          @Override
          public boolean carries(Method<?> method) {
            throw new IllegalStateException("as asked for");
          }
        };
    var builder =
        Server.builder().port(0).transport(broken).service(EchoFixture.serve(text -> text));

    assertThatThrownBy(builder::start).hasMessageStartingWith("transport broken failed in carries");
  }

  @Test
  void keepsOthersWaitingForAFewBytesOnly() throws Exception {
    var server =
        toClose.keep(
            Server.builder()
                .port(0)
                .transport(new Undecided())
                .service(EchoFixture.serve(text -> text + "!"))
                .start());
    var client = toClose.keep(Client.to("127.0.0.1:" + server.port()));

    assertThat(EchoFixture.echo(client, "x".repeat(64))).hasSize(65);
  }

  private record Undecided() implements Transport {
    @Override
    public String name() {
      return "undecided";
    }

    @Override
    public Detection detect(Connection connection, LinkBuffer input) {
      return Detection.UNDECIDED;
    }

    @Override
    public ServedConnection serve(ServerCalls calls) {
      throw new AssertionError();
    }
  }

  @Test
  void doesNotKeepAServerFromStopping() throws Exception {
    var looked = new CountDownLatch(1);
    var server =
        toClose.keep(
            Server.builder()
                .port(0)
                .transport(new Broken(Mistake.NEVER_SAYS, looked))
                .service(EchoFixture.serve(text -> text))
                .start());
    var peer = peer(server);
    try (var log = new LogRecorder("io.windhover.rpc")) {
      peer.send("!".getBytes(UTF_8));
      looked.await();

      server.stop();

      assertThat(log.await("broken failed in finish")).startsWith("WARNING ");
    }
    assertThat(peer.isEnded()).isTrue();
  }

  /// Where a transport of others blocks although it must not.
  enum Blocked {
    FINISH,
    DRAIN,
    CANCEL
  }

  private record Blocking(Transport lines, Blocked where, CountDownLatch release)
      implements Transport {
    @Override
    public String name() {
      return "blocking";
    }

    @Override
    public Detection detect(Connection connection, LinkBuffer input) {
      return lines.detect(connection, input);
    }

    @Override
    public ServedConnection serve(ServerCalls calls) {
      var served = lines.serve(calls);
      return new ServedConnection() {
        @Override
        public void opened(Connection connection) {
          served.opened(connection);
        }

        @Override
        public int frameBytes(Connection connection, LinkBuffer input) {
          return served.frameBytes(connection, input);
        }

        @Override
        public void received(Connection connection, LinkBuffer frame) {
          served.received(connection, frame);
        }

        @Override
        public void closed(Connection connection, CloseReason reason) {
          served.closed(connection, reason);
        }

        @Override
        public void finish() {
          blockIf(Blocked.FINISH);
        }

        @Override
        public void drain() {
          blockIf(Blocked.DRAIN);
        }

        @Override
        public void cancel() {
          blockIf(Blocked.CANCEL);
        }
      };
    }

    private void blockIf(Blocked step) {
      if (where == step) {
        try {
          release.await();
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
        }
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void keepsAServerFromStoppingNoLongerThanItsTimeout(Blocked where) throws Exception {
    var release = new CountDownLatch(1);
    toClose.keep(release::countDown);
    var server =
        Server.builder()
            .port(0)
            .transport(new Blocking(lines, where, release))
            .stopTimeout(Duration.ofMillis(300))
            .service(EchoFixture.serve(text -> text + "!"))
            .start();
    var peer = peer(server);
    peer.send(LineTransport.request(10_000, "echo", "hi"));
    assertThat(peer.line()).isEqualTo("OK hi!");

    var stopped = CompletableFuture.runAsync(server::stop);

    assertThat(stopped).as("not 5 s later, for its pollers").succeedsWithin(Duration.ofSeconds(3));
    assertThat(peer.isEnded()).isTrue();
  }

  private LinePeer peer(Server server) throws IOException {
    return toClose.keep(new LinePeer(server.port()));
  }
}
