package io.windhover.netpoll;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// The races of a dial, each order made to happen. The test's thread is the poller.
final class DiallingTest {

  private static final Duration LONG = Waiting.LIMIT;

  private final FakePoller poller = new FakePoller();
  private final FakeSocket socket = new FakeSocket();
  private final Recorder handler = new Recorder();
  private final AtomicInteger counted = new AtomicInteger(1);
  private Dialling.Establish establish = this::connection;

  private PolledConnection connection(PolledSocket connected) {
    var connection =
        new PolledConnection(
            poller,
            connected,
            handler,
            ConnectionOptions.DEFAULT,
            System::nanoTime,
            MemoryBudget.ofHeap(),
            false,
            counted::decrementAndGet);
    connection.open();
    return connection;
  }

  private Dialling dialling() {
    return new Dialling(
        poller,
        new InetSocketAddress("localhost", 1),
        null,
        connected -> establish.establish(connected),
        counted::decrementAndGet);
  }

  private static CompletableFuture<PolledConnection> dial(Dialling dialling, Duration timeout) {
    var result = new CompletableFuture<PolledConnection>();
    Thread.ofVirtual()
        .start(
            () -> {
              try {
                result.complete(dialling.dial(timeout));
              } catch (IOException | RuntimeException e) {
                result.completeExceptionally(e);
              }
            });
    return result;
  }

  private void awaitConnect() {
    Waiting.until("it begins", () -> !poller.tasks.isEmpty());
    poller.runTasks();
  }

  @AfterEach
  void countsEachOnce() {
    if (handler.connection != null) {
      handler.connection().abort();
    }
    poller.runTasks();

    assertThat(counted).hasValue(0);
  }

  @Test
  void returnsWhatWasEstablished() throws Exception {
    var dialling = dialling();
    var result = dial(dialling, LONG);
    awaitConnect();

    dialling.connected(socket);

    assertThat(result.get()).isSameAs(handler.connection);
    dialling.failed(new IOException("too late"));
  }

  @Test
  void failsOnce() {
    var dialling = dialling();
    var result = dial(dialling, LONG);
    awaitConnect();

    dialling.failed(new IOException("Connection refused"));
    dialling.failed(new IOException("again"));

    assertThatThrownBy(result::get)
        .cause()
        .isInstanceOf(IOException.class)
        .hasMessage("connection refused");
  }

  @Test
  void closesTheSocketWhenGivenUp() {
    var result = dial(dialling(), Duration.ofMillis(20));
    awaitConnect();

    assertThatThrownBy(result::get).cause().isInstanceOf(SocketTimeoutException.class);
    Waiting.until("told", () -> !poller.tasks.isEmpty());
    poller.runTasks();

    assertThat(requireNonNull(poller.dialled.get()).closed).isTrue();
  }

  @Test
  void doesNotBeginWhenGivenUpBefore() {
    var result = dial(dialling(), Duration.ZERO);

    assertThatThrownBy(result::get).cause().hasMessage("no connection within 0 ms");
    poller.runTasks();

    assertThat(poller.dialled).hasNullValue();
  }

  @Test
  void closesWhatIsConnectedAfterItWasGivenUp() {
    var dialling = dialling();
    var result = dial(dialling, Duration.ZERO);
    assertThatThrownBy(result::get).isInstanceOf(ExecutionException.class);

    dialling.connected(socket);

    assertThat(socket.closed).isTrue();
    assertThat(handler.connection).as("the handler is not called").isNull();
  }

  @Test
  void returnsTheConnectionWhenItComesWithTheTimeout() throws Exception {
    var timedOut = new CountDownLatch(1);
    establish =
        connected -> {
          Waiting.on(timedOut);
          return connection(connected);
        };
    var dialling = dialling();
    var result = new CompletableFuture<PolledConnection>();
    var caller =
        Thread.ofPlatform()
            .start(
                () -> {
                  try {
                    result.complete(dialling.dial(LONG));
                  } catch (IOException e) {
                    result.completeExceptionally(e);
                  }
                });
    awaitConnect();
    var connects = Thread.ofPlatform().start(() -> dialling.connected(socket));
    Waiting.until("it establishes", () -> connects.getState() == Thread.State.TIMED_WAITING);
    caller.interrupt(); // gives up, but too late
    Waiting.until("it waits on", () -> caller.getState() == Thread.State.WAITING);

    timedOut.countDown();

    assertThat(result.get()).isSameAs(handler.connection());
    Waiting.on(connects);
  }

  @Test
  void givesUpWhenInterrupted() {
    Thread.currentThread().interrupt();

    assertThatThrownBy(() -> dialling().dial(LONG)).isInstanceOf(InterruptedIOException.class);

    assertThat(Thread.interrupted()).isTrue();
  }

  @Test
  void failsWhenTheSocketIsGoneAtOnce() {
    establish =
        _ -> {
          throw new IOException("Connection reset");
        };
    var dialling = dialling();
    var result = dial(dialling, LONG);
    awaitConnect();

    dialling.connected(socket);

    assertThatThrownBy(result::get).cause().hasMessage("connection reset");
    assertThat(socket.closed).isTrue();
  }

  @Test
  void failsAtOnceOnAClosedPoller() {
    poller.close();

    assertThatThrownBy(() -> dialling().dial(LONG)).hasMessage("the pollers are closed");
  }

  @Test
  void bearsATimeoutWithoutEnd() throws Exception {
    var dialling = dialling();
    var result = dial(dialling, Duration.ofSeconds(Long.MAX_VALUE));
    awaitConnect();

    dialling.connected(socket);

    assertThat(result.get()).isNotNull();
  }
}
