package io.windhover.rpc.wire;

import io.windhover.rpc.Deadline;
import io.windhover.rpc.Invocation;
import io.windhover.rpc.Metadata;
import io.windhover.rpc.Origin;
import io.windhover.thrift.MessageHeader;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// What a request's TTHeader says of its call: the names, the deadline, who calls, metadata.
public final class RequestHeader {

  /// Travel under their own names. Source: W3C Trace Context and Baggage.
  static final Set<String> TRACE_CONTEXT = Set.of("traceparent", "tracestate", "baggage");

  private RequestHeader() {}

  /// Returns the header of a request.
  ///
  /// @param flags [TTHeader#OUT_OF_ORDER] or 0
  /// @param framed whether the payload is framed
  public static TTHeader of(Invocation invocation, int flags, int sequenceId, boolean framed) {
    boolean oneway = invocation.method().oneway();
    var ints = new LinkedHashMap<Integer, String>();
    ints.put(HeaderKey.TRANSPORT_TYPE, framed ? "framed" : "unframed");
    put(ints, HeaderKey.FROM_SERVICE, invocation.origin().name());
    ints.put(HeaderKey.TO_SERVICE, invocation.service());
    ints.put(HeaderKey.TO_METHOD, invocation.method().name());
    ints.put(HeaderKey.RPC_TIMEOUT, Long.toString(remainingMillis(invocation.deadline())));
    put(ints, HeaderKey.FROM_METHOD, invocation.origin().method());
    ints.put(
        HeaderKey.MESSAGE_TYPE,
        Integer.toString(oneway ? MessageHeader.ONEWAY : MessageHeader.CALL));
    return new TTHeader(flags, sequenceId, ints, stringKeys(invocation));
  }

  private static void put(Map<Integer, String> ints, int key, String text) {
    if (!text.isEmpty()) {
      ints.put(key, text);
    }
  }

  /// Returns the frame that opens a stream. A deadline further away than the format can tell is
  /// left out: it is none.
  ///
  /// @param windowBytes of messages that the server may send at first
  public static StreamFrame ofStream(Invocation invocation, int streamId, int windowBytes) {
    var ints = new LinkedHashMap<Integer, String>();
    put(ints, HeaderKey.FROM_SERVICE, invocation.origin().name());
    ints.put(HeaderKey.TO_SERVICE, invocation.service());
    long millis = remainingMillis(invocation.deadline());
    if (millis < Integer.MAX_VALUE) {
      ints.put(HeaderKey.RPC_TIMEOUT, Long.toString(millis));
    }
    put(ints, HeaderKey.FROM_METHOD, invocation.origin().method());
    var strings = new LinkedHashMap<>(stringKeys(invocation));
    strings.put(HeaderKey.WINDOW, Integer.toString(windowBytes));
    return new StreamFrame(streamId, FrameType.HEADER, invocation.method().name(), ints, strings);
  }

  private static long remainingMillis(Deadline deadline) {
    long millis = TimeUnit.NANOSECONDS.toMillis(deadline.remainingNanos());
    return Math.clamp(millis, 1, Integer.MAX_VALUE);
  }

  private static Map<String, String> stringKeys(Invocation invocation) {
    var metadata = invocation.metadata();
    if (metadata.isEmpty()) {
      return Map.of(HeaderKey.IDL_SERVICE, invocation.service());
    }
    var strings = new LinkedHashMap<String, String>();
    strings.put(HeaderKey.IDL_SERVICE, invocation.service());
    putMetadata(metadata, strings);
    return strings;
  }

  static void putMetadata(Metadata metadata, Map<String, String> strings) {
    metadata
        .transientValues()
        .forEach((key, value) -> strings.put(HeaderKey.TRANSIENT + key, value));
    metadata
        .persistentValues()
        .forEach(
            (key, value) ->
                strings.put(TRACE_CONTEXT.contains(key) ? key : HeaderKey.PERSISTENT + key, value));
  }

  /// Returns the service that a request names, if it does.
  public static @Nullable String service(@Nullable TTHeader header) {
    var name = header == null ? null : header.stringKeys().get(HeaderKey.IDL_SERVICE);
    return name == null || name.isEmpty() ? null : name;
  }

  /// Returns how long the caller waits from now on, if the header says so.
  ///
  /// @throws WireException if it says something that is no time
  public static Optional<Duration> timeout(TTHeader header) {
    var millis = header.intKeys().get(HeaderKey.RPC_TIMEOUT);
    if (millis == null) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          Duration.ofMillis(Integer.toUnsignedLong(Integer.parseUnsignedInt(millis))));
    } catch (NumberFormatException e) {
      throw WireException.protocolError("TTHeader RPC timeout is not a number of milliseconds");
    }
  }

  /// Returns who calls, as far as the header says.
  public static Origin origin(TTHeader header) {
    var name = header.intKeys().getOrDefault(HeaderKey.FROM_SERVICE, "");
    var method = header.intKeys().getOrDefault(HeaderKey.FROM_METHOD, "");
    return name.isEmpty() && method.isEmpty() ? Origin.UNKNOWN : new Origin(name, method);
  }

  /// Returns the metadata in a header. Empty values, which mean nothing to peers, are left out.
  public static Metadata metadata(TTHeader header) {
    Map<String, String> transients = Map.of();
    Map<String, String> persistents = Map.of();
    for (var entry : header.stringKeys().entrySet()) {
      var key = entry.getKey();
      if (entry.getValue().isEmpty()) {
        continue;
      }
      if (key.startsWith(HeaderKey.PERSISTENT)) {
        persistents = put(persistents, HeaderKey.PERSISTENT, entry);
      } else if (key.startsWith(HeaderKey.UPSTREAM)) {
        transients = put(transients, HeaderKey.UPSTREAM, entry);
      } else if (key.startsWith(HeaderKey.TRANSIENT)) {
        transients = put(transients, HeaderKey.TRANSIENT, entry);
      } else if (TRACE_CONTEXT.contains(key)) {
        persistents = put(persistents, "", entry);
      }
    }
    return transients.isEmpty() && persistents.isEmpty()
        ? Metadata.NONE
        : new Metadata(transients, persistents);
  }

  private static Map<String, String> put(
      Map<String, String> values, String prefix, Map.Entry<String, String> entry) {
    var key = entry.getKey().substring(prefix.length());
    if (key.isEmpty()) {
      return values;
    }
    var all = values.isEmpty() ? new HashMap<String, String>() : values;
    all.put(key, entry.getValue());
    return all;
  }
}
