package io.windhover.rpc.grpc;

import static io.windhover.rpc.grpc.KitexFields.BACKWARD;
import static io.windhover.rpc.grpc.KitexFields.PERSISTENT;
import static io.windhover.rpc.grpc.KitexFields.TRANSIENT;

import io.windhover.http2.hpack.HeaderField;
import io.windhover.rpc.Metadata;
import io.windhover.rpc.ReplyMetadata;
import io.windhover.rpc.codec.MalformedMessageException;
import io.windhover.rpc.log.LogGate;
import java.lang.System.Logger.Level;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/// Metadata as header fields and trailers.
///
/// ```
///   transient value "x-tenant"    x-tenant: ...               a name that a field may have: as it is
///   transient value X-Tenant      x-tenant: ...               or would, in small letters
///   transient value USER_ID       rpc-transit-user-id: ...    any other, as Kitex has it
///   persistent value USER_ID      rpc-persist-user-id: ...
///   persistent value traceparent  traceparent: ...            and the rest of the trace context
///   reply value ORDER_NO          rpc-backward-order-no: ...  or as it is, as above
/// ```
///
/// What has a prefix is Kitex' ([KitexFields]). All other values are ASCII; the one under a name
/// that ends with `-bin` is bytes, in base64 without padding, here as on the wire. Of a field that
/// comes more than once, the values come joined by commas.
final class MetadataFields {

  private static final System.Logger LOG = System.getLogger(MetadataFields.class.getName());

  /// Ends the names of fields whose values are base64.
  static final String BINARY = "-bin";

  static final String SOURCE_SERVICE = "source-service";
  static final String SOURCE_METHOD = "source-method";

  private static final Set<String> TRACE_CONTEXT = Set.of("traceparent", "tracestate", "baggage");

  /// What is HTTP's, gRPC's or Kitex' own.
  private static final Set<String> RESERVED =
      Set.of(
          "accept-encoding",
          "biz-extra",
          "biz-status",
          "connection",
          "content-length",
          "content-type",
          "destination-addr",
          "destination-method",
          "destination-service",
          "host",
          "keep-alive",
          "proxy-connection",
          SOURCE_METHOD,
          SOURCE_SERVICE,
          "te",
          "transfer-encoding",
          "upgrade",
          "user-agent");

  private static final String[] RESERVED_PREFIXES = {":", "grpc-", "rpc-", "wh-"};

  private @Nullable JoinedValues transients; // made when the first one comes
  private @Nullable JoinedValues persistents;

  /// Whether a field is not for users.
  static boolean isReserved(String name) {
    if (RESERVED.contains(name)) {
      return true;
    }
    for (var prefix : RESERVED_PREFIXES) {
      if (name.startsWith(prefix)) {
        return true;
      }
    }
    return false;
  }

  // ---- requests

  /// Takes a field of a request, if it is metadata.
  ///
  /// @throws MalformedMessageException if its value is no base64 where it should be
  void add(String name, String value) {
    if (value.isEmpty()) { // which means nothing to peers
      return;
    }
    if (name.startsWith(TRANSIENT)) {
      transients =
          with(transients, KitexFields.key(name, TRANSIENT), KitexFields.text(name, value));
    } else if (name.startsWith(PERSISTENT)) {
      persistents =
          with(persistents, KitexFields.key(name, PERSISTENT), KitexFields.text(name, value));
    } else if (TRACE_CONTEXT.contains(name)) {
      persistents = with(persistents, name, value);
    } else if (!isReserved(name)) {
      transients = with(transients, name, checked(name, value));
    }
  }

  private static @Nullable JoinedValues with(
      @Nullable JoinedValues values, String key, String value) {
    if (key.isEmpty() || value.isEmpty()) {
      return values;
    }
    var all = values == null ? new JoinedValues() : values;
    all.add(key, value);
    return all;
  }

  /// Returns the bytes of a `-bin` field as they are shown here, and the value of any other.
  private static String checked(String name, String value) {
    return name.endsWith(BINARY) ? withoutPadding(name, value) : value;
  }

  private static String withoutPadding(String name, String value) {
    var values = new StringJoiner(",");
    for (var one : value.split(",", -1)) {
      var bytes = base64(bytes(name, one.strip()));
      if (!bytes.isEmpty()) { // an empty one means nothing, here either
        values.add(bytes);
      }
    }
    return values.toString();
  }

  /// Reads base64, with padding or without.
  ///
  /// @throws MalformedMessageException if it is none
  static byte[] bytes(String name, String base64) {
    try {
      return Base64.getDecoder().decode(base64);
    } catch (IllegalArgumentException e) {
      throw new MalformedMessageException(
          "%s: %d characters that are no base64".formatted(name, base64.length()));
    }
  }

  static String base64(byte[] bytes) {
    return Base64.getEncoder().withoutPadding().encodeToString(bytes);
  }

  /// Returns what was added.
  Metadata metadata() {
    return transients == null && persistents == null
        ? Metadata.NONE
        : new Metadata(orEmpty(transients), orEmpty(persistents));
  }

  private static Map<String, String> orEmpty(@Nullable JoinedValues values) {
    return values == null ? Map.of() : values.all();
  }

  /// Appends the fields of a request's metadata. A persistent value that can be no field is left
  /// out: whoever calls a server may have set it, for all calls that its handler makes.
  ///
  /// @param log is told of what is left out
  /// @throws MalformedMessageException if a transient value, which is the call's own, can be none
  static void write(Metadata metadata, List<HeaderField> out, LogGate log) {
    metadata.transientValues().forEach((key, value) -> out.add(plainOr(TRANSIENT, key, value)));
    metadata.persistentValues().forEach((key, value) -> writePersistent(key, value, out, log));
  }

  private static void writePersistent(
      String key, String value, List<HeaderField> out, LogGate log) {
    try {
      out.add(
          TRACE_CONTEXT.contains(key)
              ? field(key, value)
              : KitexFields.field(PERSISTENT, key, value));
    } catch (MalformedMessageException e) {
      log.warn(() -> "calls go on without a persistent value: " + e.getMessage());
    }
  }

  // ---- replies

  /// Appends the fields of what travels back.
  ///
  /// @throws MalformedMessageException if something of it can be no field
  static void write(ReplyMetadata metadata, List<HeaderField> out) {
    metadata.values().forEach((key, value) -> out.add(plainOr(BACKWARD, key, value)));
  }

  /// Keeps what the server has sent back, in the place of what came with an earlier attempt. What
  /// is no base64 where it should be is left out: the status counts, and nobody may have asked for
  /// it.
  static void read(List<HeaderField> fields, ReplyMetadata into) {
    JoinedValues found = null; // made when the first one comes
    for (var field : fields) {
      var name = field.name();
      boolean ofKitex = name.startsWith(BACKWARD);
      if (!ofKitex && isReserved(name)) {
        continue;
      }
      var key = ofKitex ? KitexFields.key(name, BACKWARD) : name;
      var value = field.value();
      if (!value.isEmpty() && !ReplyMetadata.isReserved(key)) {
        try {
          found = with(found, key, ofKitex ? KitexFields.text(name, value) : checked(name, value));
        } catch (MalformedMessageException e) {
          LOG.log(Level.DEBUG, () -> "reply metadata left out: " + e.getMessage());
        }
      }
    }
    if (found != null) {
      found.all().forEach(into::put);
    }
  }

  // ---- fields

  /// Returns the field that has the key itself as its name, in small letters as HTTP/2 has names,
  /// if there may be one; one of Kitex' if the key is, or nothing else will do.
  private static HeaderField plainOr(String prefix, String key, String value) {
    if (isPlain(key)) {
      return field(key, value);
    }
    var small = key.toLowerCase(Locale.ROOT);
    return KitexFields.keeps(key) || !isPlain(small)
        ? KitexFields.field(prefix, key, value)
        : field(small, value);
  }

  /// Whether a key may be the name of a field, and is nobody else's.
  private static boolean isPlain(String key) {
    return isName(key) && !isReserved(key) && !TRACE_CONTEXT.contains(key);
  }

  static boolean isName(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean legal =
          (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '_' || c == '.';
      if (!legal) {
        return false;
      }
    }
    return !text.isEmpty();
  }

  /// Whether a field may have this value, as it is.
  static boolean isValue(String text) {
    return text.strip().equals(text) && text.chars().allMatch(c -> c >= ' ' && c <= '~');
  }

  private static HeaderField field(String name, String value) {
    for (int i = 0; i < value.length(); i++) {
      if (value.charAt(i) < ' ' || value.charAt(i) > '~') {
        throw new MalformedMessageException( // the value may be a secret
            "metadata value of %s: U+%04X at %d (expected: over gRPC, printable ASCII; bytes go in base64, under a name that ends with -bin)"
                .formatted(name, (int) value.charAt(i), i));
      }
    }
    return new HeaderField(name, checked(name, value.strip()));
  }
}
