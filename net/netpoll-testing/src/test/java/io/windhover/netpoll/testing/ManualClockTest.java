package io.windhover.netpoll.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.windhover.buffer.LinkBuffer;
import io.windhover.netpoll.CloseReason;
import io.windhover.netpoll.Connection;
import io.windhover.netpoll.ConnectionOptions;
import io.windhover.netpoll.FrameHandler;
import io.windhover.netpoll.PollerGroup;
import io.windhover.netpoll.PollerOptions;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

final class ManualClockTest {

  private final ManualClock clock = new ManualClock();

  /// Tells why its connection closed.
  private static final class Waiting implements FrameHandler {
    private final CompletableFuture<Connection> opened = new CompletableFuture<>();
    private final CompletableFuture<CloseReason> closed = new CompletableFuture<>();

    @Override
    public void opened(Connection connection) {
      opened.complete(connection);
    }

    @Override
    public int frameBytes(Connection connection, LinkBuffer input) {
      return 0;
    }

    @Override
    public void received(Connection connection, LinkBuffer frame) {
      frame.release();
    }

    @Override
    public void closed(Connection connection, CloseReason reason) {
      closed.complete(reason);
    }
  }

  @Test
  void makesTimeoutsOfConnectionsTakeNoTime() throws Exception {
    var options =
        PollerOptions.builder().nanoClock(clock).sweepInterval(Duration.ofMillis(1)).build();
    var handler = new Waiting();
    try (var group = PollerGroup.start(options)) {
      var address =
          (InetSocketAddress)
              group
                  .listen(
                      new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                      ConnectionOptions.builder()
                          .firstByteTimeout(Duration.ofHours(1))
                          .idleTimeout(Duration.ofHours(2))
                          .build(),
                      () -> handler)
                  .address();
      connectAndWaitForTheEnd(address, handler);
    }
  }

  private void connectAndWaitForTheEnd(InetSocketAddress address, Waiting handler)
      throws Exception {
    try (var peer = new Socket(address.getAddress(), address.getPort())) {
      handler.opened.get(10, TimeUnit.SECONDS);
      clock.turn(Duration.ofMinutes(61));

      assertThat(handler.closed.get(10, TimeUnit.SECONDS)).isEqualTo(CloseReason.NO_FIRST_BYTE);
      assertThat(peer.getInputStream().read()).isEqualTo(-1);
    }
  }

  @Test
  void doesNotRunBackwards() {
    assertThatThrownBy(() -> clock.turn(Duration.ofSeconds(-1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("by: PT-1S (expected: >= 0)");
  }
}
