package io.windhover.rpc.grpc;

import io.windhover.http2.hpack.HeaderField;
import io.windhover.rpc.Method;
import org.jspecify.annotations.Nullable;

/// The `:path` of each method that is called on one connection, made at its first call. For any
/// thread.
///
/// No map: a method has one slot, by the hash of its name, which the name knows. Those that share
/// one push each other out, and are made again.
final class GrpcClientPaths {

  private static final int SLOTS = 32; // a power of two

  private record Known(Method<?> method, String service, HeaderField path) {}

  /// By races: what is read is whole, since it is immutable, or missed and made again.
  private final @Nullable Known[] slots = new Known[SLOTS];

  /// @param service as its caller names it
  HeaderField of(Method<?> method, String service) {
    int slot = method.name().hashCode() & (SLOTS - 1);
    var known = slots[slot];
    if (known == null || !known.method.equals(method) || !known.service.equals(service)) {
      known = new Known(method, service, path(method, service));
      slots[slot] = known;
    }
    return known.path;
  }

  private static HeaderField path(Method<?> method, String service) {
    return new HeaderField(":path", "/" + method.fullName(service) + "/" + method.name());
  }
}
