package io.windhover.rpc.server;

import io.windhover.rpc.wire.ErrorId;
import java.lang.System.Logger.Level;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

/// Writes to a server's log what went wrong in its handlers: of each method one failure a second,
/// so that one which fails on every call does not drown all else. Those left out are counted by the
/// next one that is written, and have a line each at DEBUG. For any thread.
final class FailureLog {

  /// Methods with a gate of their own; names may come from callers, and those beyond share one.
  static final int MAX_METHODS = 1024;

  private final System.Logger log;
  private final LongSupplier nanoClock;
  private final ConcurrentHashMap<String, LogGate> gates = new ConcurrentHashMap<>();
  private final LogGate others;

  FailureLog(System.Logger log, LongSupplier nanoClock) {
    this.log = log;
    this.nanoClock = nanoClock;
    this.others = new LogGate(nanoClock);
  }

  /// Writes a failure with its stack trace, or a line of it at DEBUG.
  ///
  /// @param method in the form `Service/method`
  /// @return the level at which the error id stands in the log
  Level failed(String method, String errorId, Throwable failure) {
    var what = method + " failed, " + ErrorId.text(errorId);
    long leftOut = gate(method).enter();
    if (leftOut == LogGate.SHUT) {
      log.log(Level.DEBUG, () -> what + ": " + failure);
      return Level.DEBUG;
    }
    log.log(Level.WARNING, what + since(leftOut), failure);
    return Level.WARNING;
  }

  /// Writes a line of something that needs no stack trace.
  void warn(String method, String what) {
    long leftOut = gate(method).enter();
    if (leftOut == LogGate.SHUT) {
      log.log(Level.DEBUG, what);
    } else {
      log.log(Level.WARNING, what + since(leftOut));
    }
  }

  private LogGate gate(String method) {
    var gate = gates.get(method);
    if (gate != null) {
      return gate;
    }
    return gates.size() < MAX_METHODS
        ? gates.computeIfAbsent(method, _ -> new LogGate(nanoClock))
        : others;
  }

  private static String since(long leftOut) {
    return leftOut == 0
        ? ""
        : " (%d more of its failures since the last one here are left to the level DEBUG)"
            .formatted(leftOut);
  }
}
