package io.windhover.rpc;

/// Decides what callers of a server are told of what its handlers, and the middleware around them,
/// throw. Kitex has it as `WithErrorHandler`.
///
/// ```java
/// ServerErrorHandler errors =
///     (call, failure) ->
///         switch (failure) {
///           case NoSuchElementException e -> new BusinessException(404, e.getMessage());
///           case AccessDeniedException e -> new ApplicationException(1003, "not allowed");
///           default -> failure;
///         };
/// ```
///
/// Called on the thread of the call, from many at once; not for exceptions of the IDL, which are
/// results, nor when the call was cancelled or its request refused before. What it throws itself
/// counts as what it returned, with `failure` as suppressed.
@FunctionalInterface
public interface ServerErrorHandler {

  /// Returns what counts in the place of `failure`, which may be the same.
  ///
  /// @param failure of any kind, a [BusinessException] or an [Error] too
  /// @return a [BusinessException]: the call ends with that status; an [ApplicationException]: with
  ///   that error; anything else: with an error id, under which it goes to the server's log
  Throwable handle(Invocation call, Throwable failure);
}
