package io.windhover.rpc.server.dispatch;

import io.windhover.rpc.BusinessException;
import io.windhover.rpc.Invocation;
import io.windhover.rpc.codec.MalformedMessageException;
import io.windhover.rpc.transport.CallEnding;
import io.windhover.rpc.wire.ErrorCode;
import io.windhover.rpc.wire.WireException;
import io.windhover.thrift.ThriftProtocolException;
import java.lang.System.Logger.Level;
import java.util.function.Consumer;
import java.util.function.Supplier;

/// Runs the handler of one call or stream, within its deadline, and says how that ended. Knows no
/// bytes. Called on the thread of the call; shared by all.
public final class CallRunner {

  private static final System.Logger LOG = System.getLogger(CallRunner.class.getName());

  private final Consumer<CallSlot> watch;
  private final HandlerFailures failures;

  /// @param watch told of each call that has a deadline, to cancel it when that passes
  /// @param failures what callers are told of those of handlers
  public CallRunner(Consumer<CallSlot> watch, HandlerFailures failures) {
    this.watch = watch;
    this.failures = failures;
  }

  /// Runs the handler, unless nobody waits for it any more. Once the deadline has passed, the call
  /// has failed, whatever the handler still returns.
  ///
  /// @param handler with the middleware around it
  CallEnding run(Invocation invocation, CallSlot slot, Supplier<Object> handler) {
    if (invocation.deadline().hasPassed()) {
      return late("the deadline had passed before %s could start", invocation);
    }
    if (slot.isClosed() || invocation.isCancelled()) {
      return notStarted(invocation);
    }
    slot.begin(invocation);
    CallEnding ending;
    try {
      if (!invocation.deadline().equals(TimeoutPolicy.NO_DEADLINE)) {
        watch.accept(slot);
      }
      ending = handle(invocation, handler);
    } finally {
      slot.end();
    }
    return invocation.deadline().hasPassed()
        ? late("the deadline passed while %s ran", invocation)
        : ending;
  }

  private static CallEnding late(String what, Invocation invocation) {
    return new CallEnding.Failed(
        ErrorCode.DEADLINE_PASSED.because(what.formatted(invocation.name())));
  }

  /// Callers hear of it only if the server stops: in all other cases they are gone.
  private static CallEnding notStarted(Invocation invocation) {
    return new CallEnding.Failed(
        ErrorCode.STOPPING.because(invocation.name() + " was not started: the server stops"));
  }

  /// As above.
  static CallEnding.Failed cancelled(Invocation invocation) {
    return new CallEnding.Failed(
        ErrorCode.STOPPED.because(invocation.name() + " was cancelled: the server stops"));
  }

  private CallEnding handle(Invocation invocation, Supplier<Object> handler) {
    try {
      return new CallEnding.Returned(invocation.asCurrent(handler));
    } catch (BusinessException status) {
      return threw(invocation, status);
    } catch (Throwable failure) { // whatever a handler throws is the end of its call and no more
      if (invocation.isCancelled()) {
        LOG.log(Level.DEBUG, () -> invocation.name() + " was cancelled: " + failure);
        return cancelled(invocation);
      }
      return threw(invocation, failure);
    }
  }

  /// Returns how a call ends whose handler, or what counts as such, threw `thrown`.
  CallEnding threw(Invocation invocation, Throwable thrown) {
    var failure = failures.handled(invocation, thrown);
    return failure instanceof BusinessException status
        ? new CallEnding.Said(status)
        : failed(invocation, failure);
  }

  /// Returns how a call ends that threw `failure`.
  CallEnding.Failed failed(Invocation invocation, Throwable failure) {
    return new CallEnding.Failed(failures.error(invocation, failure));
  }

  /// Returns how a call ends whose end could not be told. What is wrong with the reply, such as its
  /// size, is no secret, and the caller can act on it.
  CallEnding.Failed untold(Invocation invocation, Throwable cause) {
    return switch (cause) {
      case MalformedMessageException _, ThriftProtocolException _, WireException _ -> {
        var what = "the reply cannot be written: " + cause.getMessage();
        failures.unwritable(invocation, invocation.name() + ": " + what);
        yield new CallEnding.Failed(ErrorCode.PROTOCOL_ERROR.because(what));
      }
      default -> failed(invocation, cause);
    };
  }

  /// Logs that the reply of a call could not be written.
  void unwritable(Invocation invocation, String what) {
    failures.unwritable(invocation, what);
  }
}
