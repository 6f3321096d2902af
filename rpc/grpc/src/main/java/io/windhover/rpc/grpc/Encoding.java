package io.windhover.rpc.grpc;

import io.windhover.buffer.LinkBuffer;
import io.windhover.rpc.codec.MalformedMessageException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.zip.Deflater;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/// How messages are compressed, as `grpc-encoding` says.
enum Encoding {
  IDENTITY("identity"),
  GZIP("gzip");

  /// The value of `grpc-accept-encoding`: all that is read here.
  static final String ACCEPTED = "identity,gzip";

  /// How many times larger than on the wire a message may become, if it is more than [#FREE_BYTES].
  static final int MAX_RATIO = 100;

  static final int FREE_BYTES = 1 << 20;

  private static final int CHUNK_BYTES = 8 << 10;

  private final String text;

  Encoding(String text) {
    this.text = text;
  }

  /// Returns what a `grpc-encoding` says; null if it is not read here.
  static @Nullable Encoding read(String text) {
    for (var encoding : values()) {
      if (encoding.text.equals(text)) {
        return encoding;
      }
    }
    return null;
  }

  /// Whether a `grpc-accept-encoding` has this one.
  boolean isIn(String accepted) {
    for (var name : accepted.split(",", -1)) {
      if (name.strip().equals(text)) {
        return true;
      }
    }
    return false;
  }

  /// Returns the value of the header field.
  String text() {
    return text;
  }

  /// Appends what `message` is when compressed by gzip.
  ///
  /// @param message empty afterwards
  static void compress(LinkBuffer message, LinkBuffer out) {
    try (var compressing =
        new GZIPOutputStream(new Sink(out)) {
          {
            def.setLevel(Deflater.BEST_SPEED);
          }
        }) {
      while (message.size() > 0) {
        byte[] bytes = message.headArray();
        int count = message.headCount();
        compressing.write(bytes, message.headOffset(), count);
        message.skip(count);
      }
    } catch (IOException e) {
      throw new AssertionError("a buffer does no I/O", e);
    }
  }

  /// Returns what a message was before gzip compressed it, for the caller to release. It is bounded
  /// while it is made: no more is kept than may be.
  ///
  /// @param compressed the caller's to release
  /// @throws GrpcException if it becomes too large
  /// @throws MalformedMessageException if gzip has not made it
  static LinkBuffer decompress(LinkBuffer compressed, int maxBytes) {
    long most = Math.min(maxBytes, Math.max(FREE_BYTES, (long) MAX_RATIO * compressed.size()));
    var plain = new LinkBuffer();
    try (var in = new GZIPInputStream(new Source(compressed))) {
      byte[] chunk = new byte[CHUNK_BYTES];
      for (int count = in.read(chunk); count >= 0; count = in.read(chunk)) {
        if (count > most - plain.size()) {
          throw new GrpcException(
              GrpcCode.RESOURCE_EXHAUSTED,
              "a message of more than %d bytes once decompressed".formatted(most));
        }
        plain.writeBytes(chunk, 0, count);
      }
      return plain;
    } catch (IOException e) { // ZipException, or the end too early
      plain.release();
      throw new MalformedMessageException("a message that is no gzip: " + e.getMessage());
    } catch (RuntimeException | Error e) {
      plain.release();
      throw e;
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
      int taken = Math.min(count, buffer.size());
      if (taken == 0) {
        return count == 0 ? 0 : -1;
      }
      buffer.readBytes(bytes, offset, taken);
      return taken;
    }
  }
}
