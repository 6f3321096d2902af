package io.windhover.rpc.transport;

import io.windhover.rpc.Metadata;
import io.windhover.rpc.Origin;
import java.net.SocketAddress;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// What a request says of its call, besides the arguments.
///
/// @param service null if the caller names none, and then the method alone decides
/// @param bytes of the request, for the account of what those under way hold
/// @param timeout how long the caller waits, from now on; null if it does not say, or waits for no
///   reply
/// @param metadata what travels with the call
/// @param origin who calls
public record CallHead(
    @Nullable String service,
    String method,
    SocketAddress remoteAddress,
    int bytes,
    @Nullable Duration timeout,
    Metadata metadata,
    Origin origin) {

  public CallHead {
    if (bytes < 0) {
      throw new IllegalArgumentException("bytes: %d (expected: at least 0)".formatted(bytes));
    }
  }

  /// A head with the names only.
  public static CallHead of(
      @Nullable String service, String method, SocketAddress remoteAddress, int bytes) {
    return new CallHead(service, method, remoteAddress, bytes, null, Metadata.NONE, Origin.UNKNOWN);
  }

  public CallHead withTimeout(Duration timeout) {
    return new CallHead(service, method, remoteAddress, bytes, timeout, metadata, origin);
  }

  public CallHead withMetadata(Metadata metadata) {
    return new CallHead(service, method, remoteAddress, bytes, timeout, metadata, origin);
  }

  public CallHead withOrigin(Origin origin) {
    return new CallHead(service, method, remoteAddress, bytes, timeout, metadata, origin);
  }
}
