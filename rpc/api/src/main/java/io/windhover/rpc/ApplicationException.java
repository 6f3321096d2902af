package io.windhover.rpc;

import org.jspecify.annotations.Nullable;

/// Ends a call on a server with an error of the protocol: a number and a text, which is all that
/// its caller gets. Every protocol carries it; Thrift calls it TApplicationException.
///
/// Handlers, middleware and a [ServerErrorHandler] throw or return it; callers see an
/// [RpcException] with that [RpcException#remoteCode]. It is for refusing a call: what a method
/// itself has to say is better said by an exception of its IDL or a [BusinessException]. Nothing of
/// it is logged, and it has no stack trace.
///
/// What a number means to callers, `docs/guides/errors.md` says: those below 400 are of Thrift and
/// Kitex, those from 1,938,274,000 to 1,938,274,999 are ours, such as [#OVERLOADED]. All others are
/// free, and promise callers nothing.
///
/// Protocols that say more have subclasses, which are this error to all others.
public class ApplicationException extends RuntimeException {

  /// The number that tells callers that nothing ran, since too much does already, and that the call
  /// may be made again.
  public static final int OVERLOADED = 1_938_274_529;

  private static final long serialVersionUID = 1;

  private final int code;
  private final String text;

  /// @param code at least 0
  /// @param text for people, who get 4096 chars of it at most; null, such as another exception's
  ///   message may be, stands for none
  public ApplicationException(int code, @Nullable String text) {
    super("error " + code + ": " + (text == null ? "" : text), null, false, false);
    if (code < 0) {
      throw new IllegalArgumentException("error code: %d (expected: >= 0)".formatted(code));
    }
    this.code = code;
    this.text = text == null ? "" : text;
  }

  public final int code() {
    return code;
  }

  public final String text() {
    return text;
  }
}
