package io.windhover.rpc.grpc;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.windhover.http2.hpack.HeaderField;
import io.windhover.rpc.codec.MalformedMessageException;
import io.windhover.rpc.wire.PeerText;
import java.util.Locale;

/// Metadata in fields of Kitex': a prefix, and the key in small letters with `-` for `_`.
///
/// The way back makes capitals of letters and `_` of `-`, so only keys of capitals, digits and `_`
/// come as they were sent. Values are text in UTF-8; that of a key such as `SEAL_BIN`, whose name
/// ends with `-bin`, is in base64 on its way, since gRPC has all such names so. Source: the package
/// `metainfo` of bytedance/gopkg, which Kitex uses.
final class KitexFields {

  static final String TRANSIENT = "rpc-transit-";
  static final String PERSISTENT = "rpc-persist-";
  static final String BACKWARD = "rpc-backward-";

  private KitexFields() {}

  /// Whether a key is of capitals, digits and `_`, and so comes as it was sent.
  static boolean keeps(String key) {
    for (int i = 0; i < key.length(); i++) {
      char c = key.charAt(i);
      if (!((c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_')) {
        return false;
      }
    }
    return true;
  }

  // ---- reading

  /// Returns the key of a field that begins with this prefix.
  static String key(String name, String prefix) {
    return name.substring(prefix.length()).toUpperCase(Locale.ROOT).replace('-', '_');
  }

  /// Returns the text of a field, whose characters are octets so far.
  ///
  /// @throws MalformedMessageException if it is no base64 where it should be
  static String text(String name, String value) {
    if (name.endsWith(MetadataFields.BINARY)) {
      return new String(MetadataFields.bytes(name, value), UTF_8);
    }
    return isAscii(value) ? value : new String(value.getBytes(ISO_8859_1), UTF_8);
  }

  private static boolean isAscii(String value) {
    for (int i = 0; i < value.length(); i++) {
      if (value.charAt(i) > '~') {
        return false;
      }
    }
    return true;
  }

  // ---- writing

  /// @throws MalformedMessageException if this can be no field
  static HeaderField field(String prefix, String key, String value) {
    var name = name(prefix, key);
    if (name.endsWith(MetadataFields.BINARY)) {
      return new HeaderField(name, MetadataFields.base64(value.getBytes(UTF_8)));
    }
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (c < ' ' || c == 0x7f) {
        throw new MalformedMessageException( // the value may be a secret
            "metadata value of %s: U+%04X at %d (expected: over gRPC, no control characters)"
                .formatted(PeerText.shortened(key), (int) c, i));
      }
    }
    return new HeaderField(name, new String(value.trim().getBytes(UTF_8), ISO_8859_1));
  }

  private static String name(String prefix, String key) {
    var name = prefix + key.toLowerCase(Locale.ROOT).replace('_', '-');
    if (!MetadataFields.isName(name)) {
      throw new MalformedMessageException(
          "metadata key: %s (expected: over gRPC, letters, digits, - _ and . only)"
              .formatted(PeerText.shortened(key)));
    }
    return name;
  }
}
