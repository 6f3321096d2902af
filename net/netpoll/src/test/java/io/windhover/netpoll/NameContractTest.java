package io.windhover.netpoll;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/// How every back end dials names: looked up by the dial, all addresses tried.
abstract class NameContractTest extends PollerFixture {

  private static final Duration SHORT = Duration.ofMillis(50);

  private static InetSocketAddress loopback(String host, int port) {
    return new InetSocketAddress(InetAddress.ofLiteral(host), port);
  }

  private static InetSocketAddress db(SocketAddress address) {
    return db(((InetSocketAddress) address).getPort());
  }

  private static InetSocketAddress db(int port) {
    return InetSocketAddress.createUnresolved("db", port);
  }

  private AbstractThrowableAssert<?, ?> failsToDialDb(int port, Duration timeout) {
    var handler = new Recorder();
    var failure =
        assertThatThrownBy(() -> group.dial(db(port), timeout, ConnectionOptions.DEFAULT, handler));

    assertThat(group.openConnections()).isZero();
    assertThat(handler.events).isEmpty();
    return failure;
  }

  private void echoes(SocketAddress address) {
    var client = new Recorder();
    dial(address, client).write(Frames.of("a"));
    Waiting.until("it comes back", () -> client.events.contains("frame a"));
  }

  /// Which this process has open.
  private static long sockets() {
    try (var descriptors = Files.list(Path.of("/proc/self/fd"))) {
      return descriptors.filter(NameContractTest::isSocket).count();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static boolean isSocket(Path descriptor) {
    try {
      return Files.readSymbolicLink(descriptor).toString().startsWith("socket:");
    } catch (IOException e) {
      return false; // closed meanwhile
    }
  }

  @Test
  void dialsAName() {
    names.put("db", "127.0.0.1");

    echoes(db(listen(tcp(), PollerFixture::echo)));
  }

  @Test
  void dialsTheTextOfAnAddress() {
    var listening = (InetSocketAddress) listen(tcp(), PollerFixture::echo);

    echoes(
        InetSocketAddress.createUnresolved(
            listening.getAddress().getHostAddress(), listening.getPort()));

    assertThat(names.asked).isEmpty();
  }

  @Test
  void looksUpEachTime() {
    names.put("db", "::1");
    var address = db(listen(loopback("127.0.0.1", 0), PollerFixture::echo));
    failsToDialDb(address.getPort(), DIAL_TIMEOUT).isInstanceOf(IOException.class);

    names.put("db", "127.0.0.1");

    echoes(address);
  }

  @Test
  void triesEveryAddress() {
    names.put("db", "::1", "::1", "127.0.0.1");

    echoes(db(listen(loopback("127.0.0.1", 0), PollerFixture::echo)));
  }

  @Test
  void isRefused() throws IOException {
    int port;
    try (var hole = new BlackHole(loopback("127.0.0.1", 0))) {
      port = hole.port();
    }
    names.put("db", "127.0.0.1");

    failsToDialDb(port, DIAL_TIMEOUT)
        .isInstanceOf(ConnectException.class)
        .hasMessage(
            "cannot connect to db:%d: 127.0.0.1:%d connection refused".formatted(port, port));
  }

  /// Of the addresses of loopback, Linux has all.
  @Test
  @EnabledOnOs(OS.LINUX)
  void goesOnWhenAnAddressDoesNotAnswer() throws IOException {
    names.put("db", "127.0.0.2", "127.0.0.1");
    var address = db(listen(loopback("127.0.0.1", 0), PollerFixture::echo));
    try (var _ = new BlackHole(loopback("127.0.0.2", address.getPort()))) {
      long before = sockets();
      for (int i = 1; i <= 3; i++) {
        echoes(address);
        long ends = 2L * i;
        Waiting.until("the other attempt's is closed", () -> sockets() == before + ends);
      }
    }
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void leavesNoSocketWhenNoAddressAnswers() throws IOException {
    names.put("db", "127.0.0.2", "127.0.0.1");
    try (var first = new BlackHole(loopback("127.0.0.2", 0));
        var _ = new BlackHole(loopback("127.0.0.1", first.port()))) {
      long before = sockets();

      failsToDialDb(first.port(), Duration.ofMillis(400))
          .isInstanceOf(SocketTimeoutException.class)
          .hasMessage(
              "no connection to db:%1$d within 400 ms: 127.0.0.2:%1$d no answer;"
                      .formatted(first.port())
                  + " 127.0.0.1:%d no answer".formatted(first.port()));

      Waiting.until("all are closed", () -> sockets() == before);
    }
  }

  @Test
  void findsNoName() {
    failsToDialDb(1, DIAL_TIMEOUT)
        .isInstanceOf(UnknownHostException.class)
        .hasMessage("unknown host db: Name or service not known");
  }

  @Test
  void waitsForANameNoLongerThanItsTimeout() {
    var answer = new CountDownLatch(1);
    names.put(
        "db",
        _ -> {
          Waiting.on(answer);
          return new InetAddress[] {InetAddress.ofLiteral("127.0.0.1")};
        });

    failsToDialDb(1, SHORT)
        .isInstanceOf(SocketTimeoutException.class)
        .hasMessage("the name db was not resolved within 50 ms");
    answer.countDown();
  }

  @Test
  void failsTheDialThatWaitsForANameWhenItCloses() {
    var answer = new CountDownLatch(1);
    names.put(
        "db",
        _ -> {
          Waiting.on(answer);
          return new InetAddress[] {InetAddress.ofLiteral("127.0.0.1")};
        });
    var failure = new AtomicReference<Throwable>();
    var dials =
        Thread.ofPlatform()
            .start(
                () -> {
                  try {
                    dial(db(1), new Recorder());
                  } catch (RuntimeException e) {
                    failure.set(e.getCause());
                  }
                });
    Waiting.until("it asks", () -> !names.asked.isEmpty());

    group.close();

    Waiting.on(dials);
    assertThat(failure.get()).hasMessage("the pollers are closed");
    answer.countDown();
  }
}
