package io.windhover.rpc.transport;

import io.windhover.rpc.ApplicationException;
import io.windhover.rpc.BusinessException;
import org.jspecify.annotations.Nullable;

/// How a call or a stream ended on this server.
public sealed interface CallEnding {

  /// Returns why there is no result; null if there is one.
  default @Nullable Throwable failure() {
    return switch (this) {
      case Returned _ -> null;
      case Said(var status) -> status;
      case Failed(var error) -> error;
    };
  }

  /// With the method's result, which may be an exception that its IDL declares; of a stream that is
  /// nothing.
  record Returned(Object result) implements CallEnding {}

  /// With a business status.
  record Said(BusinessException status) implements CallEnding {}

  /// Without a result.
  ///
  /// @param error for the caller; numbers are those of `docs/guides/errors.md`
  record Failed(ApplicationException error) implements CallEnding {}
}
