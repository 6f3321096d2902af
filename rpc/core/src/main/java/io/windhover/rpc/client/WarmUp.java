package io.windhover.rpc.client;

import io.windhover.rpc.Deadline;
import io.windhover.rpc.connection.AddressPool;
import io.windhover.rpc.log.AddressText;
import java.io.IOException;
import java.net.SocketAddress;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;

/// How a warm-up went. Whoever needs its connections checks; whoever does not goes on.
///
/// @param address that was dialled
/// @param wanted connections
/// @param open connections afterwards
/// @param failure what kept it from opening all, if anything did
public record WarmUp(SocketAddress address, int wanted, int open, Optional<IOException> failure) {

  public boolean isComplete() {
    return open >= wanted;
  }

  /// @throws IOException why not all connections could be opened
  public void orThrow() throws IOException {
    if (!isComplete()) {
      throw new IOException(toString(), failure.orElse(null));
    }
  }

  /// For logs.
  @Override
  public String toString() {
    return "%d of %d connections to %s%s"
        .formatted(open, wanted, AddressText.of(address), isComplete() ? "" : ": " + why());
  }

  private String why() {
    return failure.map(Failures::text).orElse("not in time");
  }

  /// Opens connections until there are `wanted`, on as many threads as may dial at once. The first
  /// failure makes the pool pause, so that the others end soon.
  static WarmUp of(
      SocketAddress address, int wanted, int atOnce, Deadline deadline, AddressPool pool)
      throws InterruptedException {
    Callable<Optional<IOException>> dialling = () -> dial(pool, wanted, deadline);
    try (var threads =
        Executors.newThreadPerTaskExecutor(
            Thread.ofVirtual().name("windhover-warm-up").factory())) {
      var dials =
          threads.invokeAll(
              Stream.generate(() -> dialling).limit(Math.min(atOnce, wanted)).toList());
      var failure = dials.stream().flatMap(dial -> failure(dial).stream()).findFirst();
      return new WarmUp(address, wanted, pool.openConnections(), failure);
    }
  }

  private static Optional<IOException> dial(AddressPool pool, int wanted, Deadline deadline) {
    var failure = Optional.<IOException>empty();
    while (failure.isEmpty() && !deadline.hasPassed() && pool.openConnections() < wanted) {
      failure = pool.addSpare(wanted, deadline);
    }
    return failure;
  }

  private static Optional<IOException> failure(Future<Optional<IOException>> dial) {
    try {
      return dial.get();
    } catch (InterruptedException | ExecutionException e) {
      throw new AssertionError("done, and does not throw", e);
    }
  }
}
