package io.windhover.netpoll;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.SocketAddress;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/// A dial: attempts at the addresses of its destination, one poller's work, while the caller waits.
///
/// An attempt begins when the last one has had its time, and at once when one fails; none is ended
/// for that. The first to connect wins, and the others are closed (RFC 8305, section 5). The
/// attempts are the poller's own. The caller, who waits anyway, is their timer: pollers look at
/// timeouts too seldom.
///
/// Connected, failed and given up may come at the same moment. The first to set `decided` is right
/// and does what has to be done, once; the others do nothing, and a caller who gives up too late
/// takes what there is.
final class Dialling {

  /// How long an attempt is alone before the next one joins it: what RFC 8305, section 8
  /// recommends.
  static final Duration ATTEMPT_DELAY = Duration.ofMillis(250);

  private static final long ATTEMPT_DELAY_NANOS = ATTEMPT_DELAY.toNanos();

  /// Makes a connection of a connected socket; on the poller.
  @FunctionalInterface
  interface Establish {
    PolledConnection establish(PolledSocket socket) throws IOException;
  }

  /// Begins to secure a connected socket; on the poller.
  @FunctionalInterface
  interface Secure {

    /// @param dialling told how it ended, later and on the poller
    /// @return what gives it up, on the poller
    Runnable begin(PolledSocket socket, Dialling dialling);
  }

  private final Poller poller;
  private final @Nullable String name;
  private final List<Attempt> attempts;
  private final LongSupplier nanoClock;
  private final @Nullable Secure secure;
  private final Establish establish;
  private final Runnable onFailure;
  private final AtomicBoolean decided = new AtomicBoolean();
  private final CompletableFuture<PolledConnection> outcome = new CompletableFuture<>();

  private volatile int begun; // attempts, of the list's first
  private volatile long askedNanos; // by nanoClock: when an attempt was last asked for
  private volatile @Nullable Attempt winner; // the one that connected
  private @Nullable Runnable endHandshake; // the poller's own

  /// @param nanoClock times the attempts
  /// @param secure what comes between connecting and the connection; null if nothing does
  /// @param onFailure run once if there will be no connection
  Dialling(
      Poller poller,
      Destination destination,
      LongSupplier nanoClock,
      @Nullable Secure secure,
      Establish establish,
      Runnable onFailure) {
    this.poller = poller;
    this.name = destination.name();
    this.attempts = destination.addresses().stream().map(Attempt::new).toList();
    this.nanoClock = nanoClock;
    this.secure = secure;
    this.establish = establish;
    this.onFailure = onFailure;
  }

  // ---- the caller

  /// Connects and waits for the outcome.
  PolledConnection dial(Deadline deadline) throws IOException {
    try {
      askForAttempt();
      return await(deadline);
    } catch (ExecutionException e) {
      throw describe(e.getCause());
    } catch (TimeoutException e) {
      return giveUp(late(deadline));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return giveUp(new InterruptedIOException("interrupted while connecting"));
    }
  }

  private PolledConnection await(Deadline deadline)
      throws ExecutionException, TimeoutException, InterruptedException {
    while (true) {
      long left = deadline.remainingNanos();
      long untilNext = untilNextAttempt();
      if (untilNext <= 0 && left > 0) {
        askForAttempt();
        continue;
      }
      try {
        return outcome.get(Math.min(left, untilNext), TimeUnit.NANOSECONDS);
      } catch (TimeoutException e) {
        if (left <= untilNext) {
          throw e;
        }
      }
    }
  }

  /// In nanoseconds; without end if there is none.
  long untilNextAttempt() {
    return winner != null || begun == attempts.size()
        ? Long.MAX_VALUE
        : ATTEMPT_DELAY_NANOS - (nanoClock.getAsLong() - askedNanos);
  }

  private IOException late(Deadline deadline) {
    return winner != null && secure != null
        ? noHandshake(deadline)
        : DialFailure.late(name, deadline, progress());
  }

  /// With a cause that tells it from a TCP connection that did not come about.
  private static IOException noHandshake(Deadline deadline) {
    var failure = new SocketTimeoutException("no TLS handshake " + deadline);
    failure.initCause(
        new TlsException(
            CloseReason.TLS_FAILED, "the server is connected, and the handshake not done", null));
    return failure;
  }

  private IOException describe(@Nullable Throwable cause) {
    return name != null && allFailed()
        ? DialFailure.ofAll(name, progress())
        : DialFailure.of(cause);
  }

  private List<DialFailure.Attempt> progress() {
    return attempts.stream().limit(begun).map(Attempt::progress).toList();
  }

  private PolledConnection giveUp(IOException cause) throws IOException {
    if (decided.compareAndSet(false, true)) {
      onFailure.run();
      poller.execute(this::closeAll);
      throw cause;
    }
    try {
      return outcome.join(); // soon: the poller is about to complete it
    } catch (CompletionException e) {
      throw describe(e.getCause());
    }
  }

  // ---- the attempts

  /// Any thread. In a task, since back ends begin to watch sockets in tasks only.
  private void askForAttempt() {
    askedNanos = nanoClock.getAsLong();
    int expected = begun;
    if (!poller.execute(() -> beginAttempt(expected))) {
      failed(closed());
    }
  }

  /// @param expected how many were begun when this one was asked for: a failure and the timer may
  ///   both have asked for it
  private void beginAttempt(int expected) {
    if (!decided.get() && winner == null && begun == expected) {
      begun = expected + 1;
      attempts.get(expected).begin();
    }
  }

  private boolean allFailed() {
    return attempts.stream().allMatch(attempt -> attempt.failure != null);
  }

  private void closeAll() {
    if (endHandshake != null) {
      endHandshake.run();
    }
    attempts.forEach(Attempt::close);
  }

  /// On the poller.
  private final class Attempt implements Poller.Connecting {

    private final SocketAddress address;
    private @Nullable PolledSocket socket;
    private volatile @Nullable IOException failure;

    Attempt(SocketAddress address) {
      this.address = address;
    }

    void begin() {
      try {
        socket = poller.connect(address, this);
      } catch (IOException e) {
        failed(e);
      } catch (RuntimeException | Error e) { // such as an address of no known kind
        failed(new IOException("cannot connect to " + address + ": " + e, e));
      }
    }

    @Override
    public void connected(PolledSocket socket) {
      if (decided.get() || winner != null) {
        socket.close();
        return;
      }
      winner = this;
      for (var other : attempts) {
        if (other != this) {
          other.close();
        }
      }
      if (secure == null) {
        ready(socket);
      } else {
        socket.interest(false, false); // until it is adopted, nobody would hear of it
        endHandshake = secure.begin(socket, Dialling.this);
      }
    }

    @Override
    public void failed(IOException cause) {
      failure = cause;
      if (winner == null && begun < attempts.size()) {
        askForAttempt();
      } else if (winner == this || allFailed()) {
        Dialling.this.failed(cause);
      }
    }

    @Override
    public void shutDown() {
      Dialling.this.failed(closed());
    }

    /// Any thread.
    DialFailure.Attempt progress() {
      return new DialFailure.Attempt(Destination.text(address), failure);
    }

    void close() {
      if (socket != null) {
        socket.close();
      }
    }
  }

  // ---- the outcome; on the poller

  /// Nothing stands between the socket and a connection any more.
  void ready(PolledSocket connected) {
    if (!decided.compareAndSet(false, true)) {
      connected.close();
      return;
    }
    try {
      outcome.complete(establish.establish(connected));
    } catch (IOException | RuntimeException | Error e) {
      connected.close();
      onFailure.run();
      outcome.completeExceptionally(e);
    }
  }

  boolean isDecided() {
    return decided.get();
  }

  /// There will be no connection.
  void failed(IOException cause) {
    if (decided.compareAndSet(false, true)) {
      onFailure.run();
      outcome.completeExceptionally(cause);
    }
  }

  private static IOException closed() {
    return new IOException("the pollers are closed");
  }
}
