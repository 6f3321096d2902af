package io.windhover.rpc;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Text that travels back with a reply beside its result: Kitex' backward values.
///
/// A handler fills the one of its invocation: `Invocation.current().orElseThrow().replyMetadata()`.
/// On a client, middleware finds there what the server sent, and callers get it by
/// [CallOptions.Builder#onReplyMetadata]. It belongs to one call; any thread that works for it may
/// use it. Only TTHeader carries it: over Framed and Buffered it stays empty.
public final class ReplyMetadata {

  /// String keys of TTHeader that mean something else.
  private static final Set<String> RESERVED =
      Set.of("isn", "rip", "crrst", "crc32c", "biz-status", "biz-message", "biz-extra", "ttscp");

  private static final String[] RESERVED_PREFIXES = {"RPC_TRANSIT_", "RPC_PERSIST_", "PV_", "wh-"};

  private @Nullable Map<String, String> values; // guarded by this; made when the first one comes

  public ReplyMetadata() {}

  /// @throws IllegalArgumentException if the key or the value is empty, or TTHeader itself uses the
  ///   key
  public void put(String key, String value) {
    Metadata.check(key, value);
    if (isReserved(key)) {
      throw new IllegalArgumentException(
          "reply metadata key: %s (expected: one that the protocol does not use itself)"
              .formatted(key));
    }
    synchronized (this) {
      if (values == null) {
        values = new LinkedHashMap<>();
      }
      values.put(key, value);
    }
  }

  /// Whether TTHeader uses this string key itself.
  public static boolean isReserved(String key) {
    if (RESERVED.contains(key)) {
      return true;
    }
    for (var prefix : RESERVED_PREFIXES) {
      if (key.startsWith(prefix)) {
        return true;
      }
    }
    return false;
  }

  public synchronized Optional<String> get(String key) {
    return values == null ? Optional.empty() : Optional.ofNullable(values.get(key));
  }

  /// Returns what is there now, in the order in which it came.
  public synchronized Map<String, String> values() {
    return values == null ? Map.of() : new LinkedHashMap<>(values);
  }
}
