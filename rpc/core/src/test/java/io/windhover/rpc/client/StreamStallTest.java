package io.windhover.rpc.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.windhover.netpoll.testing.FaultProxy;
import io.windhover.rpc.BidiStream;
import io.windhover.rpc.CallOptions;
import io.windhover.rpc.RpcException;
import io.windhover.rpc.RpcException.Kind;
import io.windhover.rpc.StreamCaller;
import io.windhover.rpc.fixture.NotesFixture;
import io.windhover.rpc.fixture.Text;
import io.windhover.rpc.server.Server;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Streams of a connection that another stream has filled, whose server has stopped reading: 30 s
/// pass until the connection is given up.
@Timeout(60)
final class StreamStallTest {

  private final CountDownLatch handlersToEnd = new CountDownLatch(2);
  private final Server server =
      NotesFixture.server(
              (in, out) -> {
                try {
                  in.forEach(out::send);
                } finally {
                  handlersToEnd.countDown();
                }
              })
          .start();
  private final FaultProxy proxy =
      FaultProxy.before(new InetSocketAddress(InetAddress.getLoopbackAddress(), server.port()), 1);
  private final Client client =
      Client.builder("127.0.0.1:" + proxy.address().getPort()).streamConnections(1).build();

  StreamStallTest() throws IOException {}

  @AfterEach
  void close() throws IOException {
    client.close();
    proxy.close();
    server.stopNow();
  }

  @Test
  void openingWaitsNoLongerThanItsTimeout() {
    try (var first = opened(client)) {
      fill(first);

      assertTimesOut(() -> NotesFixture.chat(client.with(timeout(500))).receive());
    }
  }

  @Test
  void sendingWaitsNoLongerThanItsDeadline() {
    try (var first = opened(client);
        var second = opened(client.with(timeout(3000)))) {
      fill(first);

      assertTimesOut(() -> second.send(new Text("no room")));
    }
  }

  @Test
  void endingWaitsNoLongerThanItsDeadline() {
    try (var first = opened(client);
        var second = opened(client.with(timeout(3000)))) {
      fill(first);

      assertTimesOut(second::end);
    }
  }

  @Test
  void closingDoesNotWait() {
    var first = opened(client);
    var second = opened(client);
    fill(first);
    long begin = System.nanoTime();

    second.close();
    first.close();

    assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(15));
  }

  /// What was still to say to the server is said once there is room.
  @Test
  void serverHearsOfACloseOnceItReads() throws Exception {
    var first = opened(client);
    var second = opened(client);
    fill(first);
    second.close();
    first.close();

    proxy.release();

    assertThat(handlersToEnd.await(20, TimeUnit.SECONDS)).isTrue();
  }

  private static CallOptions timeout(int millis) {
    return CallOptions.builder().timeout(Duration.ofMillis(millis)).build();
  }

  private static BidiStream<Text, Text> opened(StreamCaller caller) {
    var chat = NotesFixture.chat(caller);
    chat.send(new Text("first"));
    assertThat(chat.receive()).isPresent();
    return chat;
  }

  private void fill(BidiStream<Text, Text> stream) {
    proxy.hold();
    stream.send(new Text("x".repeat(12_000_000)));
  }

  private static void assertTimesOut(Runnable step) {
    long begin = System.nanoTime();
    assertThatExceptionOfType(RpcException.class)
        .isThrownBy(step::run)
        .satisfies(e -> assertThat(e.kind()).isIn(Kind.TIMEOUT, Kind.NOT_SENT));
    assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(15));
  }
}
