package io.windhover.rpc;

/// Turns the failures of a client's calls into exceptions of the user's own. Kitex has it as
/// `WithErrorHandler`.
///
/// ```java
/// ClientErrorHandler errors =
///     (call, failure) ->
///         failure instanceof BusinessException status && status.code() == 404
///             ? new NoSuchElementException(status.text())
///             : failure;
/// ```
///
/// It is the last to touch a call: middleware and a [CallListener] see the failure as it was.
/// Called on the thread of the call, from many at once; not for exceptions of the IDL, which are
/// results, nor for streams.
@FunctionalInterface
public interface ClientErrorHandler {

  /// Returns what the caller gets in the place of `failure`, which may be the same. What this
  /// throws, the caller gets as well, with `failure` as suppressed.
  ///
  /// @param failure an [RpcException], a [BusinessException], or what middleware threw
  RuntimeException handle(Invocation call, RuntimeException failure);
}
