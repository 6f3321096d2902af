package io.windhover.conformance.ledger;

import static io.windhover.rpc.RpcException.Kind.DISCONNECTED;
import static io.windhover.rpc.RpcException.Kind.NOT_SENT;
import static io.windhover.rpc.RpcException.Kind.REMOTE;
import static io.windhover.rpc.RpcException.Kind.TIMEOUT;

import io.windhover.rpc.RpcException;
import java.util.Set;

/// What is done to the processes, and how a call that it meets may fail.
enum Fault {
  /// The server gets SIGTERM, stops in good order, and is started again. What was submitted before
  /// ends well, and what comes within the next tenth of a second over a protocol that can tell a
  /// client to go. Any other call may cross with the end of its connection; it has not run then.
  /// New streams it turns away.
  TERMINATE(NOT_SENT, DISCONNECTED, REMOTE),
  /// The server gets SIGKILL and is started again.
  KILL(NOT_SENT, DISCONNECTED),
  /// The server's process does not run for a while, as in a long collection.
  FREEZE_SERVER(NOT_SENT, TIMEOUT),
  /// A client's process does not run for a while.
  FREEZE_CLIENT(NOT_SENT, TIMEOUT),
  /// Nothing passes between a client and the server for a while, in neither direction.
  PARTITION(NOT_SENT, TIMEOUT);

  private final Set<RpcException.Kind> failures;

  Fault(RpcException.Kind... failures) {
    this.failures = Set.of(failures);
  }

  boolean mayCause(RpcException.Kind failure) {
    return failures.contains(failure);
  }

  /// Whether a call may have run although its caller has a failure.
  boolean mayHideEffects() {
    return this != TERMINATE;
  }
}
