package io.windhover.rpc.grpc;

import io.windhover.http2.hpack.HeaderField;
import io.windhover.rpc.Metadata;
import io.windhover.rpc.ReplyMetadata;
import io.windhover.rpc.codec.MalformedMessageException;
import io.windhover.rpc.wire.PeerText;
import java.lang.System.Logger.Level;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
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
/// Kitex' way back from a field makes capitals of letters and `_` of `-`, so only keys of capitals,
/// digits and `_` come as they were sent; all others that are no names of fields come otherwise.
/// The value under a name that ends with `-bin` is bytes, in base64 without padding, here as on the
/// wire. Of a field that comes more than once, the values come joined by commas.
final class MetadataFields {

  private static final System.Logger LOG = System.getLogger(MetadataFields.class.getName());

  private static final String TRANSIENT = "rpc-transit-";
  private static final String PERSISTENT = "rpc-persist-";
  private static final String BACKWARD = "rpc-backward-";
  private static final String BINARY = "-bin";

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

  private @Nullable Map<String, String> transients; // made when the first one comes
  private @Nullable Map<String, String> persistents;

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
      transients = with(transients, key(name, TRANSIENT), value);
    } else if (name.startsWith(PERSISTENT)) {
      persistents = with(persistents, key(name, PERSISTENT), value);
    } else if (TRACE_CONTEXT.contains(name)) {
      persistents = with(persistents, name, value);
    } else if (!isReserved(name)) {
      transients = with(transients, name, checked(name, value));
    }
  }

  private static @Nullable Map<String, String> with(
      @Nullable Map<String, String> values, String key, String value) {
    if (key.isEmpty()) {
      return values;
    }
    var all = values == null ? new HashMap<String, String>() : values;
    all.merge(key, value, (before, more) -> before + "," + more);
    return all;
  }

  /// Returns the key of a field's name, as Kitex has it.
  private static String key(String name, String prefix) {
    return name.substring(prefix.length()).toUpperCase(Locale.ROOT).replace('-', '_');
  }

  /// Returns the bytes of a `-bin` field as they are shown here, and the value of any other.
  private static String checked(String name, String value) {
    return name.endsWith(BINARY) ? withoutPadding(name, value) : value;
  }

  private static String withoutPadding(String name, String value) {
    var values = new StringBuilder(value.length());
    for (var one : value.split(",", -1)) {
      var base64 = one.strip();
      try {
        var bytes = Base64.getDecoder().decode(base64); // takes it with padding and without
        values.append(values.isEmpty() ? "" : ",");
        values.append(Base64.getEncoder().withoutPadding().encodeToString(bytes));
      } catch (IllegalArgumentException e) {
        throw new MalformedMessageException(
            "%s: %d characters that are no base64".formatted(name, base64.length()));
      }
    }
    return values.toString();
  }

  /// Returns what was added.
  Metadata metadata() {
    return transients == null && persistents == null
        ? Metadata.NONE
        : new Metadata(orEmpty(transients), orEmpty(persistents));
  }

  private static Map<String, String> orEmpty(@Nullable Map<String, String> values) {
    return values == null ? Map.of() : values;
  }

  /// Appends the fields of a request's metadata.
  ///
  /// @throws MalformedMessageException if something of it can be no field
  static void write(Metadata metadata, List<HeaderField> out) {
    metadata
        .transientValues()
        .forEach((key, value) -> out.add(field(plainOr(TRANSIENT, key), value)));
    metadata
        .persistentValues()
        .forEach(
            (key, value) ->
                out.add(field(TRACE_CONTEXT.contains(key) ? key : name(key, PERSISTENT), value)));
  }

  // ---- replies

  /// Appends the fields of what travels back.
  ///
  /// @throws MalformedMessageException if something of it can be no field
  static void write(ReplyMetadata metadata, List<HeaderField> out) {
    metadata.values().forEach((key, value) -> out.add(field(plainOr(BACKWARD, key), value)));
  }

  /// Keeps what the server has sent back, in the place of what came with an earlier attempt. What
  /// is no base64 where it should be is left out: the status counts, and nobody may have asked for
  /// it.
  static void read(List<HeaderField> fields, ReplyMetadata into) {
    Map<String, String> found = null; // made when the first one comes
    for (var field : fields) {
      var name = field.name();
      if (!name.startsWith(BACKWARD) && isReserved(name)) {
        continue;
      }
      var key = name.startsWith(BACKWARD) ? key(name, BACKWARD) : name;
      if (!field.value().isEmpty() && !ReplyMetadata.isReserved(key)) {
        try {
          found = with(found, key, checked(name, field.value()));
        } catch (MalformedMessageException e) {
          LOG.log(Level.DEBUG, () -> "reply metadata left out: " + e.getMessage());
        }
      }
    }
    if (found != null) {
      found.forEach(into::put);
    }
  }

  // ---- fields

  /// Returns the key itself, in small letters as HTTP/2 has names, if it may be the name of a
  /// field; with a prefix if it is one of Kitex', or nothing else will do.
  private static String plainOr(String prefix, String key) {
    if (isPlain(key)) {
      return key;
    }
    var small = key.toLowerCase(Locale.ROOT);
    return isOfKitex(key) || !isPlain(small) ? name(key, prefix) : small;
  }

  /// Whether a key is of capitals, digits and `_`.
  private static boolean isOfKitex(String key) {
    for (int i = 0; i < key.length(); i++) {
      char c = key.charAt(i);
      if (!((c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_')) {
        return false;
      }
    }
    return true;
  }

  /// Whether a key may be the name of a field, and is nobody else's.
  private static boolean isPlain(String key) {
    return isName(key) && !isReserved(key) && !TRACE_CONTEXT.contains(key);
  }

  private static boolean isName(String text) {
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

  private static String name(String key, String prefix) {
    var name = prefix + key.toLowerCase(Locale.ROOT).replace('_', '-');
    if (!isName(name)) {
      throw new MalformedMessageException(
          "metadata key: %s (expected: over gRPC, letters, digits, - _ and . only)"
              .formatted(PeerText.shortened(key)));
    }
    return name;
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
