package io.windhover.rpc.server;

import io.windhover.rpc.ApplicationException;
import io.windhover.rpc.BusinessException;
import io.windhover.rpc.Invocation;
import io.windhover.rpc.wire.ErrorCode;
import java.lang.System.Logger.Level;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Runs the handler of one call or stream, within its deadline, and says how that ended. Knows no
/// bytes. Called on the thread of the call; shared by all.
final class CallRunner {

  private static final System.Logger LOG = System.getLogger(CallRunner.class.getName());

  /// How a call ended.
  sealed interface Ending {

    /// Returns why there is no result; null if there is one.
    default @Nullable Throwable failure() {
      return switch (this) {
        case Returned _ -> null;
        case Said(var status) -> status;
        case Failed(var error) -> error;
      };
    }

    /// With the method's result, which may be an exception that its IDL declares; of a stream that
    /// is nothing.
    record Returned(Object result) implements Ending {}

    /// With a business status.
    record Said(BusinessException status) implements Ending {}

    /// Without a result.
    record Failed(ApplicationException error) implements Ending {}
  }

  private final Consumer<CallSlot> watch;
  private final HandlerFailures failures;

  /// @param watch told of each call that has a deadline, to cancel it when that passes
  /// @param failures what callers are told of those of handlers
  CallRunner(Consumer<CallSlot> watch, HandlerFailures failures) {
    this.watch = watch;
    this.failures = failures;
  }

  /// Runs the handler, unless nobody waits for it any more. Once the deadline has passed, the call
  /// has failed, whatever the handler still returns.
  ///
  /// @param handler with the middleware around it
  Ending run(Invocation invocation, CallSlot slot, Supplier<Object> handler) {
    if (invocation.deadline().hasPassed()) {
      return late("the deadline had passed before %s could start", invocation);
    }
    if (slot.isClosed() || invocation.isCancelled()) {
      return notStarted(invocation);
    }
    slot.begin(invocation);
    Ending ending;
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

  private static Ending late(String what, Invocation invocation) {
    return new Ending.Failed(ErrorCode.DEADLINE_PASSED.because(what.formatted(invocation.name())));
  }

  /// Callers hear of it only if the server stops: in all other cases they are gone.
  private static Ending notStarted(Invocation invocation) {
    return new Ending.Failed(
        ErrorCode.STOPPING.because(invocation.name() + " was not started: the server stops"));
  }

  /// As above.
  static Ending.Failed cancelled(Invocation invocation) {
    return new Ending.Failed(
        ErrorCode.STOPPED.because(invocation.name() + " was cancelled: the server stops"));
  }

  private Ending handle(Invocation invocation, Supplier<Object> handler) {
    try {
      return new Ending.Returned(invocation.asCurrent(handler));
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
  Ending threw(Invocation invocation, Throwable thrown) {
    var failure = failures.handled(invocation, thrown);
    return failure instanceof BusinessException status
        ? new Ending.Said(status)
        : failed(invocation, failure);
  }

  /// Returns how a call ends that threw `failure`.
  Ending.Failed failed(Invocation invocation, Throwable failure) {
    return new Ending.Failed(failures.error(invocation, failure));
  }

  /// Logs that the reply of a call could not be written.
  void unwritable(Invocation invocation, String what) {
    failures.unwritable(invocation, what);
  }
}
