package io.windhover.rpc.connection;

import io.windhover.rpc.Deadline;
import io.windhover.rpc.RpcException;
import io.windhover.rpc.pool.ClientConnection;
import io.windhover.rpc.pool.Pool;
import io.windhover.rpc.pool.PoolState;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// A pool of the user's, held to its contract. Costs a call one object and a look at the clock; a
/// client with pools of its own has nothing of this.
final class ForeignPool<C extends ClientConnection> implements CallPool<ForeignConnection<C>> {

  private static final System.Logger LOG = System.getLogger(ForeignPool.class.getName());

  private final Pool<C> pool;

  ForeignPool(Pool<C> pool) {
    this.pool = pool;
  }

  @Override
  public ForeignConnection<C> borrow(Deadline deadline, Duration connectTimeout)
      throws IOException, TimeoutException, InterruptedException {
    @Nullable C connection;
    try {
      connection = pool.borrow(deadline, connectTimeout);
    } catch (RpcException e) {
      throw e;
    } catch (RuntimeException e) {
      throw new ForeignException("the pool failed: " + e, e);
    }
    if (connection == null) {
      throw new ForeignException("the pool lent no connection", null);
    }
    var lent = new ForeignConnection<>(connection);
    if (deadline.hasPassed()) {
      release(lent, Outcome.CLEAN);
      throw new ForeignException("the pool lent a connection after the deadline", null);
    }
    return lent;
  }

  @Override
  public void release(ForeignConnection<C> lent, Outcome outcome) {
    told(() -> pool.release(lent.connection(), outcome));
  }

  @Override
  public void close(String because) {
    told(() -> pool.close(because));
  }

  @Override
  public Optional<IOException> addSpare(int enough, Deadline deadline) {
    try {
      return pool.addSpare(enough, deadline);
    } catch (RuntimeException e) {
      return Optional.of(new ForeignException("the pool failed: " + e, e));
    }
  }

  @Override
  public int openConnections() {
    return asked(pool::openConnections, 0);
  }

  @Override
  public long droppedReplies() {
    return asked(pool::droppedReplies, 0L);
  }

  @Override
  public Optional<PoolState> state() {
    return asked(pool::state, Optional.empty());
  }

  private static void told(Runnable word) {
    Supplier<Boolean> question =
        () -> {
          word.run();
          return true;
        };
    boolean _ = asked(question, false);
  }

  private static <T> T asked(Supplier<T> question, T otherwise) {
    try {
      return question.get();
    } catch (RuntimeException e) {
      LOG.log(Level.WARNING, "a pool given to a client failed", e);
      return otherwise;
    }
  }
}
