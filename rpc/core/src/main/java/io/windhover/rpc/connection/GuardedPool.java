package io.windhover.rpc.connection;

import io.windhover.rpc.Deadline;
import io.windhover.rpc.RpcException;
import io.windhover.rpc.pool.ClientConnection;
import io.windhover.rpc.pool.Pool;
import io.windhover.rpc.pool.PoolState;
import io.windhover.rpc.wire.Guard;
import java.io.IOException;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// A pool of the user's, held to its contract. Costs a call one object and a look at the clock; a
/// client with pools of its own has nothing of this.
final class GuardedPool<C extends ClientConnection> implements CallPool<GuardedConnection<C>> {

  /// After which a pool that has no connection is asked again for those who wait for one.
  private static final long PAUSE_NANOS = Duration.ofMillis(100).toNanos();

  private final Pool<C> pool;
  private final Guard guard;
  private volatile @Nullable Supplier<IOException> closed; // why
  private final AtomicInteger waiting = new AtomicInteger();

  GuardedPool(Pool<C> pool) {
    this.pool = pool;
    this.guard = Guard.of("pool", pool);
  }

  @Override
  public GuardedConnection<C> borrow(Deadline deadline, Duration connectTimeout)
      throws IOException, TimeoutException, InterruptedException {
    @Nullable C connection;
    try {
      connection = pool.borrow(deadline, connectTimeout);
    } catch (RpcException | TimeoutException | InterruptedException e) {
      throw e;
    } catch (IOException e) {
      failIfClosed();
      throw e;
    } catch (Throwable e) {
      throw new GuardedException(guard.failed("borrow", e));
    }
    if (connection == null) {
      throw new GuardedException(guard.mistake("lent no connection"));
    }
    var lent = new GuardedConnection<>(connection);
    if (deadline.hasPassed()) {
      release(lent, Outcome.CLEAN);
      throw new GuardedException(guard.mistake("lent a connection after the deadline"));
    }
    return lent;
  }

  @Override
  public void release(GuardedConnection<C> lent, Outcome outcome) {
    told("release", () -> pool.release(lent.connection(), outcome));
  }

  @Override
  public void close(String because) {
    close(() -> new IOException(because), because);
  }

  @Override
  public void remove() {
    close(RemovedException::new, RemovedException.WHY);
  }

  @Override
  public void forget() {
    close(ForgottenException::new, ForgottenException.WHY);
  }

  private void close(Supplier<IOException> reason, String because) {
    closed = reason;
    told("close", () -> pool.close(because));
  }

  private void failIfClosed() throws IOException {
    var reason = closed;
    if (reason != null) {
      throw reason.get();
    }
  }

  @Override
  public Optional<IOException> addSpare(int enough, Deadline deadline) {
    try {
      return Objects.requireNonNull(pool.addSpare(enough, deadline));
    } catch (Throwable e) {
      return Optional.of(new GuardedException(guard.failed("addSpare", e)));
    }
  }

  @Override
  public void awaitReachable(Deadline deadline) throws IOException, InterruptedException {
    try {
      Dials.failIfTooMany(waiting.getAndIncrement());
      long nanos = Math.min(PAUSE_NANOS, deadline.remainingNanos());
      if (nanos > 0) {
        deadline.time().park(this, nanos);
      }
      if (Thread.interrupted()) {
        throw new InterruptedException();
      }
      failIfClosed();
    } finally {
      waiting.decrementAndGet();
    }
  }

  @Override
  public int openConnections() {
    return asked("openConnections", pool::openConnections, 0);
  }

  @Override
  public boolean isUnused() {
    return openConnections() == 0 && waiting.get() == 0;
  }

  @Override
  public long droppedReplies() {
    return asked("droppedReplies", pool::droppedReplies, 0L);
  }

  @Override
  public Optional<PoolState> state() {
    return asked("state", pool::state, Optional.empty());
  }

  private void told(String where, Runnable word) {
    Supplier<Boolean> question =
        () -> {
          word.run();
          return true;
        };
    boolean _ = asked(where, question, false);
  }

  private <T> T asked(String where, Supplier<T> question, T otherwise) {
    try {
      return Objects.requireNonNull(question.get());
    } catch (Throwable e) {
      var failure = guard.failed(where, e);
      guard.log().warn(failure::getMessage, failure);
      return otherwise;
    }
  }
}
