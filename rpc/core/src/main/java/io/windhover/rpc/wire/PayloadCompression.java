package io.windhover.rpc.wire;

import io.windhover.buffer.LinkBuffer;
import io.windhover.rpc.Compression;
import io.windhover.rpc.codec.MalformedMessageException;
import java.util.ArrayList;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Compressed payloads over TTHeader, an extension of ours that no other peer ever meets.
///
/// ```
///   client                                       server
///     wh-accept-encoding=gzip,deflate  ------>     knows that the client reads these
///                                      <------     wh-accept-encoding=gzip,deflate, if it does too;
///                                                  wh-encoding=gzip on what it has compressed
///     wh-encoding=gzip                 ------>     from then on, on this connection
/// ```
///
/// What is compressed is every byte after the header, before a checksum is made of it. A payload is
/// decompressed to [WireLimits#maxMessageBytes] at most, and to [Compressor#MAX_RATIO] times its
/// size; what would go beyond leaves as it is.
public final class PayloadCompression {

  /// To so much everything may be decompressed.
  static final int FREE_BYTES = 64 << 10;

  private PayloadCompression() {}

  /// Returns `header` with the word that compressed payloads are read here.
  ///
  /// @param preferred null if any is as good
  public static TTHeader announce(TTHeader header, @Nullable Compression preferred) {
    var names = new ArrayList<String>();
    for (var compression : Compression.values()) {
      names.add(compression == preferred ? 0 : names.size(), name(compression));
    }
    return header.with(HeaderKey.ACCEPT_ENCODING, String.join(",", names));
  }

  /// Returns the first of those that the sender of `header` reads that is known here.
  public static @Nullable Compression announced(TTHeader header) {
    var names = header.stringKeys().get(HeaderKey.ACCEPT_ENCODING);
    if (names != null) {
      for (var name : names.split(",", -1)) {
        var compression = named(name);
        if (compression != null) {
          return compression;
        }
      }
    }
    return null;
  }

  /// Whether the sender of `header` reads `compression`.
  public static boolean isAnnounced(TTHeader header, Compression compression) {
    var names = header.stringKeys().get(HeaderKey.ACCEPT_ENCODING);
    return names != null && ("," + names + ",").contains("," + name(compression) + ",");
  }

  static String name(Compression compression) {
    return compression.name().toLowerCase(Locale.ROOT);
  }

  private static @Nullable Compression named(String name) {
    return switch (name) {
      case "gzip" -> Compression.GZIP;
      case "deflate" -> Compression.DEFLATE;
      default -> null;
    };
  }

  /// Returns `payload` compressed, for the caller to release; null if it would gain nothing, or
  /// become more than the reader takes.
  ///
  /// @param payload stays as it is
  static @Nullable LinkBuffer compressed(LinkBuffer payload, Compression compression) {
    return compressor(compression).compressed(payload);
  }

  private static Compressor compressor(Compression compression) {
    return Compressor.of(compression, FREE_BYTES);
  }

  /// Replaces a payload by what it was before it was compressed, if it is.
  ///
  /// @param payload all that follows the header
  /// @throws WireException if it cannot be decompressed, or only to more than a limit
  static void decompress(TTHeader header, LinkBuffer payload, WireLimits limits, PayloadForm own) {
    var name = header.stringKeys().get(HeaderKey.ENCODING);
    if (name == null) {
      return;
    }
    if (!own.readsCompressed()) { // never offered: a peer decides on nobody's memory
      throw WireException.corruptPayload(
          "payload encoding: %s (expected: none, since compression is off here)"
              .formatted(PeerText.shortened(name)));
    }
    var compression = named(name);
    if (compression == null) {
      throw WireException.corruptPayload(
          "payload encoding: %s (expected: gzip or deflate)".formatted(PeerText.shortened(name)));
    }
    var compressor = compressor(compression);
    long maxBytes = Math.min(limits.maxMessageBytes(), compressor.maxBytes(payload.size()));
    try (var plain = compressor.decompressed(payload, maxBytes)) {
      if (plain == null) {
        throw tooLarge(maxBytes, limits);
      }
      payload.skip(payload.size());
      payload.append(plain);
    } catch (MalformedMessageException e) {
      throw WireException.corruptPayload("payload is no %s: %s".formatted(name, e.getMessage()));
    }
  }

  private static WireException tooLarge(long maxBytes, WireLimits limits) {
    return WireException.corruptPayload(
        maxBytes == limits.maxMessageBytes()
            ? "payload of more than %d bytes once decompressed (limit: maxMessageBytes)"
                .formatted(maxBytes)
            : "payload of more than %d times its size once decompressed"
                .formatted(Compressor.MAX_RATIO));
  }
}
