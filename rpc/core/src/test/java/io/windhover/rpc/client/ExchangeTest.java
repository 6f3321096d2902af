package io.windhover.rpc.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.windhover.buffer.LinkBuffer;
import io.windhover.netpoll.ConnectionClosedException;
import io.windhover.netpoll.ConnectionOptions;
import io.windhover.rpc.CallListener;
import io.windhover.rpc.Deadline;
import io.windhover.rpc.Invocation;
import io.windhover.rpc.Method;
import io.windhover.rpc.Protocol;
import io.windhover.rpc.RpcException;
import io.windhover.rpc.RpcException.Kind;
import io.windhover.rpc.TimeSource;
import io.windhover.rpc.connection.BuiltInConnections;
import io.windhover.rpc.fixture.MemoryServer;
import io.windhover.rpc.fixture.Text;
import io.windhover.rpc.pool.ClientConnection;
import io.windhover.rpc.pool.ConnectionLostException;
import io.windhover.rpc.pool.Pool;
import io.windhover.rpc.pool.PoolOptions;
import io.windhover.rpc.stream.StreamOptions;
import io.windhover.rpc.wire.Envelope;
import io.windhover.rpc.wire.FrameWriter;
import io.windhover.rpc.wire.PayloadForm;
import io.windhover.rpc.wire.WireFormats;
import io.windhover.rpc.wire.WireLimits;
import io.windhover.thrift.MessageHeader;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ExchangeTest {

  private static final InetSocketAddress ADDRESS = InetSocketAddress.createUnresolved("db", 1);
  private static final WireLimits LIMITS = WireLimits.ofMessageBytes(1024);

  private final FlakyPool pool = new FlakyPool();
  private final Exchange exchange =
      new Exchange(
          options(),
          new BuiltInConnections(
              options().connections(Duration.ofSeconds(1), TimeSource.SYSTEM),
              new MemoryServer(),
              null,
              (_, _) -> pool,
              CallListener.NONE),
          CallListener.NONE,
          null);

  @Test
  void takesAnotherConnectionWhenOneDiesBeforeTheFirstByte() {
    pool.dead = 3;

    assertThat(exchange.call(invocation(), new Text("hi"))).isEqualTo(new Text("pong"));

    assertThat(pool.outcomes)
        .containsExactly(
            Pool.Outcome.SPOILT, Pool.Outcome.SPOILT, Pool.Outcome.SPOILT, Pool.Outcome.CLEAN);
  }

  @Test
  void givesUpWhenTheyAllDie() {
    pool.dead = 100;

    assertThatThrownBy(() -> exchange.call(invocation(), new Text("hi")))
        .isInstanceOfSatisfying(
            RpcException.class, e -> assertThat(e.kind()).isEqualTo(Kind.NOT_SENT))
        .hasMessageContaining("the server closed the connection");
    assertThat(pool.outcomes).hasSize(4);
  }

  @Test
  void sendsNothingTwice() {
    pool.lost = true;

    assertThatThrownBy(() -> exchange.call(invocation(), new Text("hi")))
        .isInstanceOfSatisfying(
            RpcException.class, e -> assertThat(e.kind()).isEqualTo(Kind.DISCONNECTED));
    assertThat(pool.outcomes).containsExactly(Pool.Outcome.SPOILT);
  }

  private static ClientOptions options() {
    return new ClientOptions(
        ADDRESS,
        "test",
        Protocol.FRAMED,
        null,
        WireFormats.PLAIN,
        LIMITS,
        PoolOptions.DEFAULT,
        0,
        PayloadForm.PLAIN,
        ConnectionOptions.DEFAULT,
        new StreamOptions(
            LIMITS, StreamOptions.DEFAULT_WINDOW_BYTES, StreamOptions.DEFAULT_MAX_STREAMS),
        1);
  }

  private static Invocation invocation() {
    return new Invocation(
        "Echo",
        new Method<>("echo", false, Text.CALL),
        Deadline.after(Duration.ofSeconds(10)),
        ADDRESS);
  }

  /// Lends connections that are dead, or get lost, or answer.
  private static final class FlakyPool implements Pool<ClientConnection>, ClientConnection {
    private final List<Outcome> outcomes = new ArrayList<>();
    private int dead;
    private boolean lost;

    @Override
    public ClientConnection borrow(Deadline deadline, Duration connectTimeout) {
      return this;
    }

    @Override
    public int nextSequenceId() {
      return 7;
    }

    @Override
    public LinkBuffer exchange(LinkBuffer request, Deadline deadline) {
      request.release();
      if (dead-- > 0) {
        throw new ConnectionClosedException("the server closed the connection");
      }
      if (lost) {
        throw new ConnectionLostException("the server closed the connection", null);
      }
      return FrameWriter.write(
          new Envelope(Protocol.FRAMED, null),
          new MessageHeader(MessageHeader.REPLY, "echo", 7),
          Text.CODEC,
          new Text("pong"),
          LIMITS);
    }

    @Override
    public void send(LinkBuffer request, Deadline deadline) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void release(ClientConnection connection, Outcome outcome) {
      outcomes.add(outcome);
    }

    @Override
    public void close(String because) {}

    @Override
    public int openConnections() {
      return 0;
    }
  }
}
