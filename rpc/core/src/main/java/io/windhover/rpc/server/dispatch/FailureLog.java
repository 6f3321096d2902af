package io.windhover.rpc.server.dispatch;

import io.windhover.rpc.log.LogGate;
import io.windhover.rpc.wire.ErrorId;
import io.windhover.rpc.wire.ExtensionFailedException;
import java.lang.System.Logger.Level;
import java.net.SocketAddress;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

/// Writes to a server's log what went wrong in code of its user's: of each method, or extension,
/// one failure a second; see [LogGate]. For any thread.
final class FailureLog {

  /// Names with a gate of their own; they may come from callers, and those beyond share one.
  static final int MAX_NAMES = 1024;

  private final System.Logger log;
  private final LongSupplier nanoClock;
  private final ConcurrentHashMap<String, LogGate> gates = new ConcurrentHashMap<>();
  private final LogGate others;

  FailureLog(System.Logger log, LongSupplier nanoClock) {
    this.log = log;
    this.nanoClock = nanoClock;
    this.others = new LogGate(log, nanoClock);
  }

  /// Writes a failure with its stack trace, or a line of it at DEBUG.
  ///
  /// @param method in the form `Service/method`
  /// @return the level at which the error id stands in the log
  Level failed(String method, String errorId, Throwable failure) {
    return gate(method).warn(() -> method + " failed, " + ErrorId.text(errorId), failure);
  }

  /// Writes a line of something that needs no stack trace.
  void warn(String method, String what) {
    gate(method).warn(() -> what);
  }

  /// Writes that an extension failed, which ended a connection.
  void ended(SocketAddress remoteAddress, ExtensionFailedException failure) {
    gate(failure.extension())
        .warn(
            () -> "the connection from %s ends: %s".formatted(remoteAddress, failure.getMessage()),
            failure);
  }

  private LogGate gate(String name) {
    var gate = gates.get(name);
    if (gate != null) {
      return gate;
    }
    return gates.size() < MAX_NAMES
        ? gates.computeIfAbsent(name, _ -> new LogGate(log, nanoClock))
        : others;
  }
}
