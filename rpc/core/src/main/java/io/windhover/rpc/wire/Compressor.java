package io.windhover.rpc.wire;

import io.windhover.buffer.LinkBuffer;
import io.windhover.rpc.Compression;
import io.windhover.rpc.codec.MalformedMessageException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import java.util.zip.InflaterInputStream;
import org.jspecify.annotations.Nullable;

/// Compresses the bytes of messages and brings them back, never to more than a reader wants. For
/// any thread.
///
/// @param streams that do the work
/// @param freeBytes to which everything may be decompressed; what becomes more, to [#MAX_RATIO]
///   times its size
public record Compressor(Streams streams, int freeBytes) {

  /// One way to compress, as streams around streams that never wait. What either throws, then or in
  /// its use, tells of the bytes.
  public interface Streams {

    /// @param out gets what is compressed, all of it by the close of what is returned
    OutputStream compressing(OutputStream out) throws IOException;

    /// @param in has what was compressed
    InputStream decompressing(InputStream in) throws IOException;
  }

  /// How many times larger than on the wire a message may become.
  public static final int MAX_RATIO = 100;

  private static final int CHUNK_BYTES = 8 << 10;

  /// Returns one that compresses as the JDK does.
  public static Compressor of(Compression compression, int freeBytes) {
    return new Compressor(
        switch (compression) {
          case GZIP -> new Gzip();
          case DEFLATE -> new Deflate();
        },
        freeBytes);
  }

  /// Returns `plain` compressed, for the caller to release; null if it would gain nothing, or
  /// become more than a reader takes.
  ///
  /// @param plain stays as it is
  /// @throws MalformedMessageException if the streams cannot compress it
  public @Nullable LinkBuffer compressed(LinkBuffer plain) {
    var out = new LinkBuffer();
    try {
      compress(plain, out);
    } catch (Throwable e) {
      out.release();
      throw malformed(e);
    }
    if (out.size() < plain.size() && plain.size() <= maxBytes(out.size())) {
      return out;
    }
    out.release();
    return null;
  }

  private void compress(LinkBuffer plain, LinkBuffer out) throws IOException {
    try (var source = plain.duplicate();
        var compressing = streams.compressing(new Sink(out))) {
      while (source.size() > 0) {
        byte[] bytes = source.headArray();
        int count = source.headCount();
        compressing.write(bytes, source.headOffset(), count);
        source.skip(count);
      }
    }
  }

  /// Of whatever the streams throw: that of the JDK overflows the stack by a message of very many
  /// parts.
  ///
  /// @throws OutOfMemoryError if it is one: whose fault that is, nobody knows
  private static MalformedMessageException malformed(Throwable e) {
    Guard.letPass(e);
    return new MalformedMessageException(e.getMessage() == null ? e.toString() : e.getMessage());
  }

  /// Returns how many bytes so many compressed ones may become.
  public long maxBytes(int compressedBytes) {
    return Math.max(freeBytes, (long) compressedBytes * MAX_RATIO);
  }

  /// Returns what `compressed` was before, for the caller to release; null if that is more than
  /// `mostBytes`, of which no more is kept meanwhile.
  ///
  /// @param compressed consumed in part
  /// @throws MalformedMessageException if it cannot be decompressed
  public @Nullable LinkBuffer decompressed(LinkBuffer compressed, long mostBytes) {
    var plain = new LinkBuffer();
    try {
      if (decompresses(compressed, mostBytes, plain)) {
        return plain;
      }
      plain.release();
      return null;
    } catch (Throwable e) { // ZipException, or the end too early
      plain.release();
      throw malformed(e);
    }
  }

  /// @return false if it becomes too much
  private boolean decompresses(LinkBuffer compressed, long mostBytes, LinkBuffer plain)
      throws IOException {
    try (var in = streams.decompressing(new Source(compressed))) {
      byte[] chunk = new byte[CHUNK_BYTES];
      for (int count = in.read(chunk); count != -1; count = in.read(chunk)) {
        if (count <= 0) { // or it would never end
          throw new IOException(
              "read %d bytes (expected: some, or -1 at the end)".formatted(count));
        }
        if (count > mostBytes - plain.size()) {
          return false;
        }
        plain.writeBytes(chunk, 0, count);
      }
      return true;
    }
  }

  private static final class Gzip implements Streams {

    @Override
    public OutputStream compressing(OutputStream out) throws IOException {
      return new GZIPOutputStream(out) {
        {
          def.setLevel(Deflater.BEST_SPEED);
        }
      };
    }

    @Override
    public InputStream decompressing(InputStream in) throws IOException {
      return new GZIPInputStream(in, CHUNK_BYTES);
    }
  }

  private static final class Deflate implements Streams {

    @Override
    public OutputStream compressing(OutputStream out) {
      return new DeflaterOutputStream(out) {
        {
          def.setLevel(Deflater.BEST_SPEED);
        }
      };
    }

    @Override
    public InputStream decompressing(InputStream in) {
      return new InflaterInputStream(in);
    }
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
