package io.windhover.netpoll;

import static org.assertj.core.api.Assertions.assertThat;

import io.windhover.buffer.LinkBuffer;
import io.windhover.buffer.NodePool;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Two pollers of some back end, and the proof after each test that nothing is left behind: no
/// thread, no counted connection, no memory.
@Timeout(60)
abstract class PollerFixture {

  static final Duration DIAL_TIMEOUT = Waiting.LIMIT;
  static final int MAX_CONNECTIONS = 64;

  private static final Duration SWEEP_INTERVAL = Duration.ofMillis(1);

  final ManualClock clock = new ManualClock();
  final List<Recorder> accepted = new CopyOnWriteArrayList<>();
  final ScriptedNames names = new ScriptedNames();
  @TempDir Path directory;
  PollerGroup group = start(0);

  private long heldBefore;

  /// What starts pollers of the back end under test.
  abstract Poller.Starter starter();

  private PollerGroup start(int pollers) {
    return PollerGroup.start(
        pollers, starter(), clock, SWEEP_INTERVAL, MAX_CONNECTIONS, names::resolve);
  }

  @BeforeEach
  final void startPollers() {
    heldBefore = NodePool.shared().heldBytes();
    group = start(2);
  }

  @AfterEach
  final void leavesNothingBehind() {
    group.close();

    assertThat(group.openConnections()).isZero();
    assertThat(Thread.getAllStackTraces().keySet())
        .extracting(Thread::getName)
        .noneMatch(name -> name.startsWith("windhover-poller-"));
    assertThat(accepted)
        .allSatisfy(handler -> assertThat(handler.closedCalls).hasValue(1))
        .allSatisfy(handler -> assertThat(handler.events).noneMatch(e -> e.startsWith("OVERLAP")));
    Waiting.until("all memory is back", () -> NodePool.shared().heldBytes() == heldBefore);
  }

  // ---- servers and clients

  static SocketAddress tcp() {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
  }

  UnixDomainSocketAddress unix() {
    return UnixDomainSocketAddress.of(directory.resolve("s"));
  }

  SocketAddress listen(SocketAddress address, Supplier<Recorder> handlers) {
    return listener(address, ConnectionOptions.DEFAULT, handlers).address();
  }

  Listener listener(SocketAddress address, ConnectionOptions options, Supplier<Recorder> handlers) {
    try {
      return group.listen(
          address,
          options,
          () -> {
            var handler = handlers.get();
            accepted.add(handler);
            return handler;
          });
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Connection dial(SocketAddress address, FrameHandler handler) {
    return dial(address, ConnectionOptions.DEFAULT, handler);
  }

  Connection dial(SocketAddress address, ConnectionOptions options, FrameHandler handler) {
    try {
      return group.dial(address, DIAL_TIMEOUT, options, handler);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Recorder firstAccepted() {
    Waiting.until("one is accepted", () -> !accepted.isEmpty());
    Waiting.until("and opened", () -> accepted.getFirst().connection != null);
    return accepted.getFirst();
  }

  /// Sends each frame back, on the poller.
  static Recorder echo() {
    return new Recorder() {
      @Override
      void onFrame(Connection connection, LinkBuffer frame) {
        connection.write(frame);
      }
    };
  }
}
