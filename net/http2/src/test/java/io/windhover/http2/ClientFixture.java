package io.windhover.http2;

import static org.assertj.core.api.Assertions.assertThat;

import io.windhover.http2.hpack.HeaderField;
import io.windhover.netpoll.Backend;
import io.windhover.netpoll.ConnectionOptions;
import io.windhover.netpoll.PollerGroup;
import io.windhover.netpoll.PollerOptions;
import io.windhover.netpoll.testing.LeakCheck;
import io.windhover.netpoll.testing.ManualClock;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// A client on a real socket, and a server that does what the test says.
final class ClientFixture implements AutoCloseable {

  static final Duration LIMIT = Duration.ofSeconds(10);
  static final List<HeaderField> REQUEST =
      new RequestHead("POST", "http", "test", "/a", List.of()).toFields();

  private final LeakCheck leaks = LeakCheck.begin();
  final ManualClock clock = new ManualClock();
  final PollerGroup group;
  final Http2Client client;
  final RawPeer peer;

  ClientFixture(Http2Options options) throws IOException {
    group =
        PollerGroup.start(
            PollerOptions.builder()
                .backend(Backend.NIO)
                .sweepInterval(Duration.ofMillis(10))
                .nanoClock(clock)
                .build());
    client = new Http2Client(options);
    try (var listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      var address = (InetSocketAddress) listener.getLocalSocketAddress();
      group.dial(address, LIMIT, ConnectionOptions.DEFAULT, client);
      peer = RawPeer.accept(listener);
    }
  }

  Http2Stream open(boolean end) throws Exception {
    return client.open(REQUEST, end, null, LIMIT);
  }

  @Override
  public void close() throws IOException {
    peer.close();
    group.close();
    leaks.end(LIMIT);
  }

  /// Who reads the end of a stream goes on while the poller still puts the stream away.
  static void awaitNoStreams(Http2Client client) {
    long end = System.nanoTime() + TimeUnit.NANOSECONDS.convert(LIMIT);
    while (client.openStreams() > 0) {
      assertThat(System.nanoTime()).isLessThan(end);
      Thread.onSpinWait();
    }
  }
}
