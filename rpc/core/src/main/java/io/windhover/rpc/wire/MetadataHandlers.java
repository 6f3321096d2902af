package io.windhover.rpc.wire;

import io.windhover.rpc.Invocation;
import io.windhover.rpc.MetadataHandler;
import io.windhover.rpc.ReplyMetadata;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Lets a user's handlers read and write the string keys of headers, one after the other.
///
/// @param handlers at least one
public record MetadataHandlers(List<MetadataHandler> handlers) {

  public MetadataHandlers {
    handlers = List.copyOf(handlers);
  }

  /// @return null if there are none, so that calls without them pay nothing
  public static @Nullable MetadataHandlers of(List<MetadataHandler> handlers) {
    return handlers.isEmpty() ? null : new MetadataHandlers(handlers);
  }

  /// Returns the header of a request with what the handlers add.
  public TTHeader writeRequest(Invocation invocation, TTHeader header) {
    var strings = new LinkedHashMap<>(header.stringKeys());
    for (var handler : handlers) {
      handler.writeRequest(invocation, (key, value) -> put(strings, key, value));
    }
    return header.withStringKeys(strings);
  }

  /// Returns the header of a reply with what the handlers add.
  public TTHeader writeReply(Invocation invocation, TTHeader header) {
    var strings = new LinkedHashMap<>(header.stringKeys());
    for (var handler : handlers) {
      handler.writeReply(invocation, (key, value) -> put(strings, key, value));
    }
    return header.withStringKeys(strings);
  }

  private static void put(Map<String, String> strings, String key, String value) {
    if (key.isEmpty() || value.isEmpty()) {
      throw new IllegalArgumentException(
          "header key %s with value %s (expected: neither empty)".formatted(key, value));
    }
    if (ReplyMetadata.isReserved(key) || RequestHeader.TRACE_CONTEXT.contains(key)) {
      throw new IllegalArgumentException(
          "header key: %s (expected: one that the protocol does not use itself)".formatted(key));
    }
    strings.put(key, value);
  }

  /// Returns the invocation with the metadata that the handlers find.
  public Invocation readRequest(Invocation invocation, TTHeader header) {
    var strings = Collections.unmodifiableMap(header.stringKeys());
    var read = invocation;
    for (var handler : handlers) {
      var found = handler.readRequest(read, strings);
      if (!found.isEmpty()) {
        read = read.withMetadata(read.metadata().with(found));
      }
    }
    return read;
  }

  /// Shows the handlers what came back.
  public void readReply(Invocation invocation, TTHeader header) {
    var strings = Collections.unmodifiableMap(header.stringKeys());
    for (var handler : handlers) {
      handler.readReply(invocation, strings);
    }
  }
}
