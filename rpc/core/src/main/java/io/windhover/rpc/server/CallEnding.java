package io.windhover.rpc.server;

import io.windhover.rpc.BusinessException;
import io.windhover.thrift.ApplicationError;

/// How a call ended that a [Transport] has carried.
public sealed interface CallEnding {

  /// With the method's result, which may be an exception that its IDL declares.
  record Returned(Object result) implements CallEnding {}

  /// With a business status.
  record Said(BusinessException status) implements CallEnding {}

  /// Without a result.
  ///
  /// @param error its number is one of `docs/guides/errors.md`; its text is for the caller
  record Failed(ApplicationError error) implements CallEnding {}
}
