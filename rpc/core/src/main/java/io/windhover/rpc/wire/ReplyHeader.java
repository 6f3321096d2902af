package io.windhover.rpc.wire;

import io.windhover.rpc.BusinessException;
import io.windhover.rpc.ReplyMetadata;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What a reply's TTHeader says: metadata that travels back, a business status, whether the
/// connection is about to close.
public final class ReplyHeader {

  private ReplyHeader() {}

  /// Returns the header of a reply.
  ///
  /// @param closing whether the server is about to close the connection
  /// @param business the status with which the method ended; null if it ended otherwise
  public static TTHeader of(
      int sequenceId,
      int messageType,
      boolean closing,
      Map<String, String> metadata,
      @Nullable BusinessException business) {
    var ints = Map.of(HeaderKey.MESSAGE_TYPE, Integer.toString(messageType));
    if (!closing && business == null && metadata.isEmpty()) {
      return new TTHeader(sequenceId, ints, Map.of());
    }
    var strings = new LinkedHashMap<>(metadata);
    if (closing) {
      strings.put(HeaderKey.CONNECTION_CLOSING, "1");
    }
    if (business != null) {
      putBusiness(business, strings);
    }
    return new TTHeader(sequenceId, ints, strings);
  }

  private static void putBusiness(BusinessException business, Map<String, String> strings) {
    strings.put(HeaderKey.BUSINESS_STATUS, Integer.toString(business.code()));
    strings.put(HeaderKey.BUSINESS_MESSAGE, business.text());
    if (!business.extra().isEmpty()) {
      strings.put(HeaderKey.BUSINESS_EXTRA, FlatJson.write(business.extra()));
    }
  }

  /// Returns the string keys of the trailer that ends a stream.
  ///
  /// @param business the status with which it ended; null if it ended otherwise
  public static Map<String, String> trailer(
      Map<String, String> metadata, @Nullable BusinessException business) {
    if (business == null) {
      return metadata;
    }
    var strings = new LinkedHashMap<>(metadata);
    putBusiness(business, strings);
    return strings;
  }

  /// Keeps what the server sent back beside its result.
  public static void readMetadata(TTHeader header, ReplyMetadata into) {
    header
        .stringKeys()
        .forEach(
            (key, value) -> {
              if (!key.isEmpty() && !value.isEmpty() && !ReplyMetadata.isReserved(key)) {
                into.put(key, value);
              }
            });
  }

  /// Returns the business status with which the call ended. A status that is no number, or 0,
  /// counts as none, as with Kitex.
  ///
  /// @throws WireException if what else it says is no JSON object of strings
  public static Optional<BusinessException> business(TTHeader header) {
    var status = header.stringKeys().get(HeaderKey.BUSINESS_STATUS);
    if (status == null) {
      return Optional.empty();
    }
    int code;
    try {
      code = Integer.parseInt(status);
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
    if (code == 0) {
      return Optional.empty();
    }
    var text = header.stringKeys().getOrDefault(HeaderKey.BUSINESS_MESSAGE, "");
    var extra = header.stringKeys().get(HeaderKey.BUSINESS_EXTRA);
    return Optional.of(
        new BusinessException(
            code, text, extra == null || extra.isEmpty() ? Map.of() : FlatJson.read(extra)));
  }
}
