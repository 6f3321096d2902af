package io.windhover.rpc.server.dispatch;

import io.windhover.rpc.ApplicationException;
import io.windhover.rpc.BusinessException;
import io.windhover.rpc.Invocation;
import io.windhover.rpc.ServerErrorHandler;
import io.windhover.rpc.wire.ErrorCode;
import io.windhover.rpc.wire.ErrorId;
import io.windhover.rpc.wire.WireException;
import java.lang.System.Logger.Level;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// What callers of a server are told of what its handlers throw. For any thread.
public final class HandlerFailures {

  /// The longest text that a caller is told: more might fit into no reply.
  private static final int MAX_TEXT_CHARS = 4096;

  private static final String CUT = "... (cut)";

  private static final System.Logger LOG = System.getLogger(HandlerFailures.class.getName());

  private final boolean expose;
  private final @Nullable ServerErrorHandler handler;
  private final FailureLog log = new FailureLog(LOG, System::nanoTime);

  /// @param expose whether callers are told what was thrown
  /// @param handler null for none
  public HandlerFailures(boolean expose, @Nullable ServerErrorHandler handler) {
    this.expose = expose;
    this.handler = handler;
  }

  /// Returns what counts as thrown: what the user makes of `failure`.
  Throwable handled(Invocation invocation, Throwable failure) {
    if (handler == null || failure instanceof WireException) { // the latter is a check of ours
      return failure;
    }
    try {
      return Objects.requireNonNull(
          handler.handle(invocation, failure), "the error handler returned null");
    } catch (RuntimeException | Error e) {
      if (!e.equals(failure)) {
        e.addSuppressed(failure);
      }
      return e;
    }
  }

  /// Returns the error with which a call ends that threw `failure`, which is no
  /// [BusinessException]. What does not say itself what to tell gets an error id, and goes to the
  /// log.
  ApplicationException error(Invocation invocation, Throwable failure) {
    return switch (failure) {
      case ApplicationException error when error.text().length() > MAX_TEXT_CHARS ->
          tooLong(invocation, error);
      case ApplicationException error -> error;
      case WireException refusal -> refusal.code().because(refusal.getMessage());
      default -> failed(invocation, failure);
    };
  }

  private ApplicationException tooLong(Invocation invocation, ApplicationException error) {
    log.warn(
        invocation.name(),
        "%s: the text of error %d has %d chars: cut to %d"
            .formatted(invocation.name(), error.code(), error.text().length(), MAX_TEXT_CHARS));
    return new ApplicationException(error.code(), cut(error.text()));
  }

  private static String cut(String text) {
    if (text.length() <= MAX_TEXT_CHARS) {
      return text;
    }
    int end = MAX_TEXT_CHARS - CUT.length();
    if (Character.isHighSurrogate(text.charAt(end - 1))) {
      end--; // the other half is cut off
    }
    return text.substring(0, end) + CUT;
  }

  private ApplicationException failed(Invocation invocation, Throwable failure) {
    var errorId = ErrorId.next();
    var level = log.failed(invocation.name(), errorId, failure);
    var where =
        level == Level.WARNING
            ? "the server's log has the details under that id"
            : "the server's log has that id if it shows the level DEBUG, since the method fails"
                + " often";
    return ErrorCode.INTERNAL_ERROR.because(
        cut(
            "%s failed in its handler, %s: %s"
                .formatted(
                    invocation.name(), ErrorId.text(errorId), expose ? text(failure) : where)));
  }

  private static String text(Throwable failure) {
    try {
      return failure.toString();
    } catch (RuntimeException | Error e) { // the user's own
      return failure.getClass().getName();
    }
  }

  /// Logs that a reply could not be written.
  void unwritable(Invocation invocation, String what) {
    log.warn(invocation.name(), what);
  }
}
