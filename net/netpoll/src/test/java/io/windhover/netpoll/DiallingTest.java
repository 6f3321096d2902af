package io.windhover.netpoll;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// The races of a dial, each order made to happen. The test's thread is the poller.
@Timeout(60)
final class DiallingTest {

  private static final Duration LONG = Waiting.LIMIT;
  private static final Destination ONE =
      Destination.of(new InetSocketAddress(InetAddress.getLoopbackAddress(), 1));

  private final FakePoller poller = new FakePoller();
  private final ManualClock clock = new ManualClock();
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

  private Dialling dialling(Destination destination) {
    return dialling(destination, null);
  }

  private Dialling dialling(Destination destination, Dialling.@Nullable Secure secure) {
    return new Dialling(
        poller,
        destination,
        clock,
        secure,
        connected -> establish.establish(connected),
        counted::decrementAndGet);
  }

  /// The host `db` has these addresses.
  private static Destination db(String... addresses) {
    return Destination.of(
        InetSocketAddress.createUnresolved("db", 80),
        Stream.of(addresses).map(InetAddress::ofLiteral).toArray(InetAddress[]::new));
  }

  private static CompletableFuture<PolledConnection> dial(Dialling dialling, Duration timeout) {
    var result = new CompletableFuture<PolledConnection>();
    Thread.ofPlatform()
        .start(
            () -> {
              try {
                result.complete(dialling.dial(Deadline.after(timeout)));
              } catch (IOException | RuntimeException e) {
                result.completeExceptionally(e);
              }
            });
    return result;
  }

  private CompletableFuture<PolledConnection> dial(Destination destination) {
    return dial(dialling(destination), LONG);
  }

  /// Runs what waits for the poller until so many attempts have begun.
  private FakePoller.Dialled attempt(int number) {
    Waiting.until(
        "attempt " + number,
        () -> {
          poller.runTasks();
          return poller.dialled.size() >= number;
        });
    assertThat(poller.dialled).hasSize(number);
    return poller.dialled.getLast();
  }

  private static ConnectException refused() {
    return new ConnectException("Connection refused");
  }

  private boolean isClosed(int number) {
    return poller.dialled.get(number - 1).socket().closed;
  }

  @AfterEach
  void countsEachOnceAndLeavesNoSocket() {
    if (handler.connection != null) {
      handler.connection().abort();
    }
    poller.runTasks();

    assertThat(counted).hasValue(0);
    assertThat(poller.dialled).allMatch(dialled -> dialled.socket().closed);
  }

  // ---- one address

  @Test
  void returnsWhatWasEstablished() throws Exception {
    var result = dial(ONE);

    attempt(1).connects();

    assertThat(result.get()).isSameAs(handler.connection);
    poller.dialled.getFirst().connecting().failed(new IOException("too late"));
  }

  @Test
  void failsOnce() {
    var result = dial(ONE);
    var attempt = attempt(1);

    attempt.fails(refused());
    attempt.fails(new IOException("again"));

    assertThatThrownBy(result::get)
        .cause()
        .isInstanceOf(ConnectException.class)
        .hasMessage("connection refused");
  }

  @Test
  void closesTheSocketWhenGivenUp() {
    var result = dial(dialling(ONE), Duration.ofMillis(20));
    attempt(1);

    assertThatThrownBy(result::get)
        .cause()
        .isInstanceOf(SocketTimeoutException.class)
        .hasMessage("no connection within 20 ms");
    poller.runTasks();

    assertThat(isClosed(1)).isTrue();
  }

  @Test
  void doesNotBeginWhenGivenUpBefore() {
    var result = dial(dialling(ONE), Duration.ZERO);

    assertThatThrownBy(result::get).cause().hasMessage("no connection within 0 ms");
    poller.runTasks();

    assertThat(poller.dialled).isEmpty();
  }

  @Test
  void closesWhatIsConnectedAfterItWasGivenUp() {
    var result = dial(dialling(ONE), Duration.ofMillis(20));
    var attempt = attempt(1);
    assertThatThrownBy(result::get).cause().isInstanceOf(SocketTimeoutException.class);

    attempt.connects();

    assertThat(isClosed(1)).isTrue();
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
    var dialling = dialling(ONE);
    var result = new CompletableFuture<PolledConnection>();
    var caller =
        Thread.ofPlatform()
            .start(
                () -> {
                  try {
                    result.complete(dialling.dial(Deadline.after(LONG)));
                  } catch (IOException e) {
                    result.completeExceptionally(e);
                  }
                });
    var attempt = attempt(1);
    var connects = Thread.ofPlatform().start(attempt::connects);
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

    assertThatThrownBy(() -> dialling(ONE).dial(Deadline.after(LONG)))
        .isInstanceOf(InterruptedIOException.class);

    assertThat(Thread.interrupted()).isTrue();
  }

  @Test
  void failsWhenTheSocketIsGoneAtOnce() {
    establish =
        _ -> {
          throw new IOException("Connection reset");
        };
    var result = dial(ONE);

    attempt(1).connects();

    assertThatThrownBy(result::get).cause().hasMessage("connection reset");
    assertThat(isClosed(1)).isTrue();
  }

  @Test
  void failsAtOnceOnAClosedPoller() {
    poller.close();

    assertThatThrownBy(() -> dialling(ONE).dial(Deadline.after(LONG)))
        .hasMessage("the pollers are closed");
  }

  @Test
  void bearsATimeoutWithoutEnd() throws Exception {
    var result = dial(dialling(ONE), Duration.ofSeconds(Long.MAX_VALUE));

    attempt(1).connects();

    assertThat(result.get()).isNotNull();
  }

  // ---- several addresses

  @Test
  void triesTheNextAddressAtOnceWhenOneFails() throws Exception {
    var result = dial(db("::1", "10.0.0.1"));

    attempt(1).fails(refused());
    attempt(2).connects(); // the clock stands

    assertThat(poller.dialled)
        .extracting(FakePoller.Dialled::address)
        .isEqualTo(db("::1", "10.0.0.1").addresses());
    assertThat(result.get()).isSameAs(handler.connection);
    assertThat(isClosed(2)).isFalse();
  }

  @Test
  void triesTheNextAddressBesidesWhenOneDoesNotAnswer() throws Exception {
    var dialling = dialling(db("::1", "10.0.0.1"));
    var result = dial(dialling, LONG);
    attempt(1);

    clock.turn(Duration.ofMillis(249));
    assertThat(dialling.untilNextAttempt()).isEqualTo(1_000_000);
    clock.turn(Duration.ofMillis(1));
    attempt(2).connects();

    assertThat(result.get()).isSameAs(handler.connection);
    assertThat(isClosed(1)).as("at once").isTrue();
    assertThat(isClosed(2)).isFalse();
  }

  @Test
  void takesTheFirstAddressWhenItAnswersLate() throws Exception {
    var result = dial(db("::1", "10.0.0.1"));
    var late = attempt(1);
    clock.turn(Dialling.ATTEMPT_DELAY);
    attempt(2);

    late.connects();

    assertThat(result.get()).isSameAs(handler.connection);
    assertThat(isClosed(1)).isFalse();
    assertThat(isClosed(2)).as("at once").isTrue();
  }

  @Test
  void closesWhatConnectsTogetherWithTheFirst() throws Exception {
    var result = dial(db("::1", "10.0.0.1"));
    var first = attempt(1);
    clock.turn(Dialling.ATTEMPT_DELAY);
    var second = attempt(2);

    second.connects();
    first.connecting().connected(first.socket()); // an event of the same turn

    assertThat(result.get()).isSameAs(handler.connection);
    assertThat(isClosed(1)).isTrue();
    assertThat(isClosed(2)).isFalse();
  }

  @Test
  void givesEachAttemptItsTimeAlsoAfterAFailure() {
    var dialling = dialling(db("::1", "10.0.0.1", "::2"));
    var result = dial(dialling, LONG);
    var first = attempt(1);
    clock.turn(Duration.ofMillis(200));

    first.fails(refused());
    var second = attempt(2);

    assertThat(dialling.untilNextAttempt()).isEqualTo(Dialling.ATTEMPT_DELAY.toNanos());
    second.fails(refused());
    attempt(3).fails(refused());
    assertThatThrownBy(result::get).cause().isInstanceOf(ConnectException.class);
  }

  @Test
  void beginsOneAttemptWhenATimerAndAFailureAskForIt() throws Exception {
    var result = dial(db("::1", "10.0.0.1", "::2"));
    var first = attempt(1);
    clock.turn(Dialling.ATTEMPT_DELAY);
    Waiting.until("the timer has asked", () -> !poller.tasks.isEmpty());

    first.fails(refused());

    attempt(2).connects();
    assertThat(result.get()).isSameAs(handler.connection);
  }

  @Test
  void beginsNoAttemptWhenOneHasConnected() throws Exception {
    var dialling = dialling(db("::1", "10.0.0.1"));
    var result = dial(dialling, LONG);
    var first = attempt(1);
    clock.turn(Dialling.ATTEMPT_DELAY);
    Waiting.until("the timer has asked", () -> !poller.tasks.isEmpty());

    first.connects();
    poller.runTasks();

    assertThat(result.get()).isSameAs(handler.connection);
    assertThat(poller.dialled).hasSize(1);
    assertThat(dialling.untilNextAttempt()).isEqualTo(Long.MAX_VALUE);
  }

  @Test
  void saysWhyEachAddressFailed() {
    var result = dial(db("::1", "10.0.0.1"));
    var causes = List.of(refused(), refused());

    attempt(1).fails(causes.getFirst());
    attempt(2).fails(causes.getLast());

    assertThatThrownBy(result::get)
        .cause()
        .isInstanceOf(ConnectException.class)
        .hasMessage(
            "cannot connect to db:80: [0:0:0:0:0:0:0:1]:80 connection refused;"
                + " 10.0.0.1:80 connection refused")
        .satisfies(e -> assertThat(e.getSuppressed()).containsExactlyElementsOf(causes));
  }

  @Test
  void doesNotCallItRefusedWhenAnAddressFailedOtherwise() {
    var result = dial(db("::1", "10.0.0.1"));

    attempt(1).fails(new NoRouteToHostException("No route to host"));
    attempt(2).fails(refused());

    assertThatThrownBy(result::get)
        .cause()
        .isExactlyInstanceOf(IOException.class)
        .hasMessage(
            "cannot connect to db:80: [0:0:0:0:0:0:0:1]:80 no route to host;"
                + " 10.0.0.1:80 connection refused");
  }

  @Test
  void waitsForTheLastToAnswerWhenAnotherFails() throws Exception {
    var result = dial(db("::1", "10.0.0.1"));
    var first = attempt(1);
    clock.turn(Dialling.ATTEMPT_DELAY);

    attempt(2).fails(refused());
    first.connects();

    assertThat(result.get()).isSameAs(handler.connection);
  }

  @Test
  void saysHowFarItCameWhenItTakesTooLong() {
    var result = dial(dialling(db("::1", "10.0.0.1", "::2")), Duration.ofMillis(500));
    attempt(1).fails(refused());
    attempt(2);

    assertThatThrownBy(result::get)
        .cause()
        .isInstanceOf(SocketTimeoutException.class)
        .hasMessage(
            "no connection to db:80 within 500 ms: [0:0:0:0:0:0:0:1]:80 connection refused;"
                + " 10.0.0.1:80 no answer");
    poller.runTasks();
    assertThat(isClosed(2)).isTrue();
  }

  @Test
  void closesEverySocketWhenGivenUp() {
    var result = dial(dialling(db("::1", "10.0.0.1")), Duration.ofMillis(500));
    attempt(1);
    clock.turn(Dialling.ATTEMPT_DELAY);
    attempt(2);

    assertThatThrownBy(result::get).cause().isInstanceOf(SocketTimeoutException.class);
    poller.runTasks();

    assertThat(isClosed(1)).isTrue();
    assertThat(isClosed(2)).isTrue();
  }

  // ---- TLS

  @Test
  void securesTheFirstToConnectAndNoOther() throws Exception {
    var secured = new ArrayList<PolledSocket>();
    var dialling =
        dialling(
            db("::1", "10.0.0.1", "::2"),
            (socket, _) -> {
              secured.add(socket);
              return socket::close;
            });
    var result = dial(dialling, LONG);
    var first = attempt(1);
    clock.turn(Dialling.ATTEMPT_DELAY);
    var second = attempt(2);
    clock.turn(Dialling.ATTEMPT_DELAY);
    Waiting.until("the timer has asked", () -> !poller.tasks.isEmpty());

    second.connects();
    first.connecting().connected(first.socket()); // an event of the same turn
    poller.runTasks();

    assertThat(poller.dialled).hasSize(2);
    assertThat(secured).containsExactly(second.socket());
    assertThat(isClosed(1)).isTrue();
    assertThat(second.socket().readInterest).isFalse();
    dialling.ready(second.socket());
    assertThat(result.get()).isSameAs(handler.connection);
  }

  @Test
  void failsWithTheHandshake() {
    var dialling = dialling(db("::1", "10.0.0.1"), (socket, _) -> socket::close);
    var result = dial(dialling, LONG);
    var first = attempt(1);
    first.connects();

    first.socket().close();
    dialling.failed(new TlsException(CloseReason.TLS_FAILED, "Not trusted", null));

    assertThatThrownBy(result::get).cause().hasMessage("not trusted");
  }

  @Test
  void endsTheHandshakeWhenItTakesTooLong() {
    var ended = new AtomicInteger();
    var dialling = dialling(db("::1", "10.0.0.1"), (_, _) -> ended::incrementAndGet);
    var result = dial(dialling, Duration.ofMillis(500));
    attempt(1).connects();

    assertThatThrownBy(result::get)
        .cause()
        .isInstanceOf(SocketTimeoutException.class)
        .hasMessage("no TLS handshake within 500 ms");
    poller.runTasks();

    assertThat(ended).hasValue(1);
    assertThat(poller.dialled).hasSize(1);
  }

  // ---- the end

  @Test
  void failsWhenThePollerClosesBetweenTwoAttempts() {
    var result = dial(db("::1", "10.0.0.1"));
    var first = attempt(1);
    poller.close();

    first.fails(refused());

    assertThatThrownBy(result::get).cause().hasMessage("the pollers are closed");
  }
}
