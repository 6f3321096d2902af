package io.windhover.rpc.wire;

import io.windhover.buffer.LinkBuffer;
import io.windhover.rpc.Compression;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.Locale;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import java.util.zip.InflaterInputStream;
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
/// decompressed to [WireLimits#maxMessageBytes] at most, and to [#MAX_RATIO] times its size; what
/// would go beyond leaves as it is.
public final class PayloadCompression {

  /// How many times larger than on the wire a payload may become, if it is more than [#FREE_BYTES].
  static final int MAX_RATIO = 100;

  static final int FREE_BYTES = 64 << 10;

  private static final int CHUNK_BYTES = 8 << 10;

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
    var out = new LinkBuffer();
    try (var source = payload.duplicate();
        var compressing = compressing(out, compression)) {
      while (source.size() > 0) {
        byte[] bytes = source.headArray();
        int count = source.headCount();
        compressing.write(bytes, source.headOffset(), count);
        source.skip(count);
      }
    } catch (IOException e) {
      throw new AssertionError("a buffer does no I/O", e);
    }
    if (out.size() < payload.size() && payload.size() <= maxBytes(out.size())) {
      return out;
    }
    out.release();
    return null;
  }

  private static OutputStream compressing(LinkBuffer out, Compression compression)
      throws IOException {
    var sink = new Sink(out);
    return switch (compression) {
      case GZIP ->
          new GZIPOutputStream(sink) {
            {
              def.setLevel(Deflater.BEST_SPEED);
            }
          };
      case DEFLATE ->
          new DeflaterOutputStream(sink) {
            {
              def.setLevel(Deflater.BEST_SPEED);
            }
          };
    };
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
    long maxBytes = Math.min(limits.maxMessageBytes(), maxBytes(payload.size()));
    try (var plain = new LinkBuffer()) {
      try (var in = decompressing(payload, compression)) {
        byte[] chunk = new byte[CHUNK_BYTES];
        for (int count = in.read(chunk); count >= 0; count = in.read(chunk)) {
          if (count > maxBytes - plain.size()) {
            throw tooLarge(maxBytes, limits);
          }
          plain.writeBytes(chunk, 0, count);
        }
      } catch (IOException e) { // ZipException, or the end too early
        throw WireException.corruptPayload(
            "payload is no %s: %s".formatted(name, e.getMessage() == null ? e : e.getMessage()));
      }
      payload.skip(payload.size());
      payload.append(plain);
    }
  }

  private static WireException tooLarge(long maxBytes, WireLimits limits) {
    return WireException.corruptPayload(
        maxBytes == limits.maxMessageBytes()
            ? "payload of more than %d bytes once decompressed (limit: maxMessageBytes)"
                .formatted(maxBytes)
            : "payload of more than %d times its size once decompressed".formatted(MAX_RATIO));
  }

  private static long maxBytes(int compressedBytes) {
    return Math.max(FREE_BYTES, (long) compressedBytes * MAX_RATIO);
  }

  private static InputStream decompressing(LinkBuffer payload, Compression compression)
      throws IOException {
    var source = new Source(payload);
    return switch (compression) {
      case GZIP -> new GZIPInputStream(source);
      case DEFLATE -> new InflaterInputStream(source);
    };
  }

  private static final class Sink extends OutputStream {
    private final LinkBuffer buffer;

    Sink(LinkBuffer buffer) {
      this.buffer = buffer;
    }

    @Override
    public void write(int value) {
      buffer.writeByte(value);
    }

    @Override
    public void write(byte[] bytes, int offset, int count) {
      buffer.writeBytes(bytes, offset, count);
    }
  }

  private static final class Source extends InputStream {
    private final LinkBuffer buffer;

    Source(LinkBuffer buffer) {
      this.buffer = buffer;
    }

    @Override
    public int read() {
      return buffer.size() == 0 ? -1 : Byte.toUnsignedInt(buffer.readByte());
    }

    @Override
    public int read(byte[] bytes, int offset, int count) {
      int available = Math.min(count, buffer.size());
      if (available == 0) {
        return count == 0 ? 0 : -1;
      }
      buffer.readBytes(bytes, offset, available);
      return available;
    }
  }
}
