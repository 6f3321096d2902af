package io.windhover.conformance.ledger;

import io.windhover.rpc.RpcException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/// One fault as it happened.
///
/// @param client that it was made for; 0 for all
/// @param begin in microseconds, as everywhere in a ledger
record Outage(Fault fault, int client, long begin, long end) {

  /// How long a oneway call may be on its way, from the kernel of one side to the handler of the
  /// other.
  private static final Duration ON_THE_WAY = Duration.ofSeconds(1);

  /// How long a server that stops waits for a request on a connection, to tell the client by it.
  /// One that comes later may cross with the end of its connection.
  private static final Duration QUIET = Duration.ofMillis(100);

  private static final Duration FIRST_PAUSE = Duration.ofMillis(100); // of a client, at most
  private static final Duration NONE = Duration.ZERO;

  /// Whether it concerned a call, and its effects went on at some time of the call. One that fails
  /// unsent may do so a while later: clients pause before they dial a dead server again, for longer
  /// and longer, up to the time that it has been dead.
  boolean meets(Event submitted, Event failed) {
    boolean unsent = failed.failure() == RpcException.Kind.NOT_SENT;
    long over = unsent ? end + (end - begin) + micros(FIRST_PAUSE) : end;
    return (client == 0 || client == submitted.id().client())
        && begin <= failed.micros()
        && submitted.micros() <= over;
  }

  /// Whether a call that it meets may fail so.
  boolean explains(Event submitted, RpcException.Kind failure) {
    if (fault != Fault.TERMINATE || failure == RpcException.Kind.NOT_SENT) {
      return fault.mayCause(failure);
    }
    if (failure == RpcException.Kind.REMOTE && !submitted.isStream()) {
      return false;
    }
    // A proxy takes calls although there is no server; then it ends their connections.
    boolean told = submitted.isTold() && !submitted.isThroughProxy();
    return fault.mayCause(failure) && submitted.micros() >= begin + micros(told ? QUIET : NONE);
  }

  /// Whether a oneway call may have left its client, and never run.
  boolean mayLose(Event submitted, Event ended) {
    long arrival = ended.micros() + micros(ON_THE_WAY);
    return switch (fault) {
      case KILL -> begin <= arrival && submitted.micros() <= end;
      case TERMINATE -> begin <= submitted.micros() && submitted.micros() <= end;
      case FREEZE_SERVER, FREEZE_CLIENT, PARTITION -> false;
    };
  }

  private static long micros(Duration duration) {
    return TimeUnit.NANOSECONDS.toMicros(duration.toNanos());
  }
}
