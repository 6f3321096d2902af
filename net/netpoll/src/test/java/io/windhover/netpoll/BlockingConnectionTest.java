package io.windhover.netpoll;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.windhover.buffer.LinkBuffer;
import io.windhover.netpoll.BlockingConnection.Session;
import java.io.EOFException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.Test;

final class BlockingConnectionTest extends PollerFixture {

  private static final Duration NOT_LONG = Duration.ofMillis(1);

  @Override
  Poller.Starter starter() {
    return Backend.NIO.starter(0);
  }

  private SocketAddress serve(Session session) throws IOException {
    return group
        .listen(tcp(), ConnectionOptions.DEFAULT, BlockingConnection.serving(session))
        .address();
  }

  private BlockingConnection dial(SocketAddress address) throws IOException {
    return BlockingConnection.dial(group, address, DIAL_TIMEOUT, ConnectionOptions.DEFAULT);
  }

  /// What sends `text` and waits until the peer has closed.
  private static Session saying(String text) {
    return connection -> {
      connection.write(bytes(text));
      connection.awaitAny();
    };
  }

  private static LinkBuffer bytes(String text) {
    return LinkBuffer.wrap(text.getBytes(UTF_8));
  }

  private static String take(LinkBuffer input, int count) {
    return input.readUtf8(count);
  }

  @Test
  void talksFromTopToBottom() throws IOException {
    var address =
        serve(
            connection -> {
              for (int length = connection.awaitThrough((byte) '\n', 100);
                  length > 0;
                  length = connection.awaitThrough((byte) '\n', 100)) {
                connection.write(connection.input().slice(length));
              }
            });

    try (var connection = dial(address)) {
      connection.write(bytes("first\nsec"));
      connection.write(bytes("ond\nrest"));

      assertThat(take(connection.await(13), 13)).isEqualTo("first\nsecond\n");
      connection.connection().endOutput();
      assertThat(connection.awaitAny()).as("the rest is no line").isFalse();
    }
  }

  @Test
  void waitsForMoreThanTheHighWaterMark() throws IOException {
    int size = 8 * BlockingConnection.HIGH_WATER_BYTES;
    var address = serve(saying("x".repeat(size)));

    try (var connection = dial(address)) {
      assertThat(connection.await(size).size()).isEqualTo(size);
    }
  }

  @Test
  void sendsTheRestWhenASessionHasEnded() throws Exception {
    int size = 8 << 20; // more than the kernel takes
    var ended = new CountDownLatch(1);
    var address =
        (InetSocketAddress)
            serve(
                connection -> {
                  connection.write(LinkBuffer.wrap(new byte[size]));
                  ended.countDown();
                });

    try (var peer = new Socket(address.getAddress(), address.getPort())) {
      peer.getOutputStream().write('?'); // which nobody reads
      Waiting.on(ended);

      assertThat(peer.getInputStream().readNBytes(size)).hasSize(size);
    }
  }

  @Test
  void closesInGoodOrderWhileMoreArrives() throws IOException {
    var address = serve(saying("hello"));
    var reasons = new LinkedBlockingQueue<CloseReason>();

    for (int i = 0; i < 200; i++) {
      try (var connection = dial(address)) {
        connection.connection().onClose(reasons::add);
        connection.write(bytes("bye"));
        connection.await(5);
      }
      assertThat(Waiting.next(reasons)).isEqualTo(CloseReason.CLOSED_HERE);
    }
  }

  @Test
  void makesThePeerWaitForWhatIsNotRead() throws IOException {
    int size = 16 << 20;
    var sent = new CountDownLatch(1);
    var address =
        serve(
            connection -> {
              connection.write(bytes("x".repeat(size)));
              try {
                connection.flush(NOT_LONG);
              } catch (SocketTimeoutException e) {
                connection.write(bytes("!")); // it waits
                connection.flush(Waiting.LIMIT);
                sent.countDown();
              }
              connection.awaitAny();
            });

    try (var connection = dial(address)) {
      int read = 0;
      while (read < size) {
        assertThat(connection.awaitAny()).isTrue();
        int part = connection.input().size();
        assertThat(part).isLessThan(16 * BlockingConnection.HIGH_WATER_BYTES);
        connection.input().skip(Math.min(part, size - read));
        read += part;
      }
      assertThat(take(connection.await(1), 1)).isEqualTo("!");
      Waiting.on(sent);
    }
  }

  @Test
  void endsWithThePeer() throws IOException {
    var address = serve(connection -> connection.write(bytes("part")));

    try (var connection = dial(address)) {
      assertThatThrownBy(() -> connection.await(5))
          .isInstanceOf(EOFException.class)
          .hasMessage("the peer ended after 4 of 5 bytes");
      assertThat(connection.awaitThrough((byte) '\n', 100)).isZero();
      assertThat(take(connection.await(4), 4)).isEqualTo("part");
      assertThat(connection.awaitAny()).isFalse();
    }
  }

  @Test
  void waitsNoLongerThanItMay() throws IOException {
    var address = serve(saying("part"));

    try (var connection = dial(address)) {
      connection.await(4);
      connection.readTimeout(NOT_LONG);
      assertThatThrownBy(() -> connection.await(5))
          .isInstanceOf(SocketTimeoutException.class)
          .hasMessage("nothing to read within PT0.001S");
      connection.readTimeout(null);
      connection.readDeadline(NOT_LONG);
      assertThatThrownBy(() -> connection.awaitThrough((byte) '\n', 100))
          .isInstanceOf(SocketTimeoutException.class);

      assertThat(take(connection.await(4), 4)).as("nothing is lost").isEqualTo("part");
    }
  }

  @Test
  void isInterrupted() throws IOException {
    var address = serve(saying(""));

    try (var connection = dial(address)) {
      Thread.currentThread().interrupt();

      assertThatThrownBy(() -> connection.await(1)).isInstanceOf(InterruptedIOException.class);
      assertThat(Thread.interrupted()).isTrue();
    }
  }

  @Test
  void saysWhyTheConnectionIsGone() throws IOException {
    var address = serve(saying(""));

    try (var connection = dial(address)) {
      connection.connection().abort();

      assertThatThrownBy(() -> connection.await(1))
          .isInstanceOf(SocketException.class)
          .hasMessage("the connection is gone: aborted on this side");
      assertThatThrownBy(() -> connection.write(bytes("x"))).isInstanceOf(SocketException.class);
    }
  }

  @Test
  void looksForADelimiterNoFurtherThanAllowed() throws IOException {
    var address = serve(saying("123456789\n"));

    try (var connection = dial(address)) {
      connection.await(10);
      for (int max : new int[] {1, 5, 9}) {
        assertThatThrownBy(() -> connection.awaitThrough((byte) '\n', max))
            .isInstanceOf(IOException.class)
            .hasMessage("no byte 0x0a within " + max + " bytes");
      }
      assertThat(connection.awaitThrough((byte) '\n', 10)).isEqualTo(10);
    }
  }

  @Test
  void countsWhatIsNotReadAgainstTheBudget() throws IOException {
    var address = serve(connection -> connection.awaitThrough((byte) '\n', 100_000));

    try (var connection = dial(address)) {
      connection.write(bytes("x".repeat(60_000)));

      Waiting.until("counted", () -> group.usage().waitingBytes() >= 60_000);
    }
    Waiting.until("given back", () -> group.usage().waitingBytes() == 0);
  }

  @Test
  void abortsTheConnectionOfASessionThatFails() throws IOException {
    BlockingQueue<String> told = new LinkedBlockingQueue<>();
    var address =
        serve(
            connection -> {
              connection.connection().onClose(reason -> told.add(reason.name()));
              connection.await(1);
              throw new IllegalStateException("on purpose");
            });

    try (var connection = dial(address)) {
      connection.write(bytes("x"));

      assertThatThrownBy(() -> connection.await(1)).isInstanceOf(IOException.class);
      assertThat(Waiting.next(told)).isEqualTo("ABORTED");
    }
  }
}
