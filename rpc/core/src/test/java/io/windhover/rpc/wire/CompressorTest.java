package io.windhover.rpc.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.windhover.buffer.LinkBuffer;
import io.windhover.netpoll.testing.LeakCheck;
import io.windhover.rpc.Compression;
import io.windhover.rpc.codec.MalformedMessageException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.FilterInputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Streams that do what they like, and bytes that make them.
@Timeout(20)
final class CompressorTest {

  private static final int MEMBERS = 50_000;
  private static final int FREE_BYTES = 1 << 20;

  /// The JDK's reader calls itself for each.
  @Test
  void takesGzipOfVeryManyPartsForMalformed() throws IOException {
    var part = new ByteArrayOutputStream();
    new GZIPOutputStream(part).close();
    var all = new ByteArrayOutputStream();
    for (int i = 0; i < MEMBERS; i++) {
      part.writeTo(all);
    }

    refuses(Compressor.of(Compression.GZIP, FREE_BYTES), all.toByteArray(), "StackOverflowError");
  }

  private static void refuses(Compressor compressor, byte[] bytes, String why) {
    var leaks = LeakCheck.begin();
    try (var message = LinkBuffer.wrap(bytes)) {
      assertThatThrownBy(() -> compressor.decompressed(message, FREE_BYTES))
          .isInstanceOf(MalformedMessageException.class)
          .hasMessageContaining(why);
    }
    leaks.end(Duration.ofSeconds(10));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, -5})
  void takesAReadOfNothingForMalformed(int count) {
    refuses(reading(new Reading(count)), new byte[10], "read %d bytes".formatted(count));
  }

  private static Compressor reading(InputStream stream) {
    return new Compressor(
        new Compressor.Streams() {
          @Override
          public OutputStream compressing(OutputStream out) {
            return new Closing(out);
          }

          @Override
          public InputStream decompressing(InputStream in) {
            return stream;
          }
        },
        FREE_BYTES);
  }

  private static final class Reading extends InputStream {
    private final int count;

    Reading(int count) {
      this.count = count;
    }

    @Override
    public int read() {
      return 0;
    }

    @Override
    public int read(byte[] bytes, int offset, int most) {
      return count;
    }
  }

  @Test
  void takesAnErrorOfTheStreamsForTheMessagesFault() {
    var broken =
        new InputStream() {
          @Override
          public int read() {
            throw new NoClassDefFoundError("acme/Zstd");
          }

          @Override
          public int read(byte[] bytes, int offset, int most) {
            throw new NoClassDefFoundError("acme/Zstd");
          }
        };

    refuses(reading(broken), new byte[10], "acme/Zstd");
  }

  @Test
  void keepsNothingIfTheStreamsFailToClose() {
    var unclosable =
        new FilterInputStream(new ByteArrayInputStream(new byte[10_000])) {
          @Override
          public void close() throws IOException {
            throw new IOException("no end");
          }
        };
    refuses(reading(unclosable), new byte[10], "no end");

    var leaks = LeakCheck.begin();
    try (var plain = LinkBuffer.wrap(new byte[10_000])) {
      var compressor = reading(unclosable);
      assertThatThrownBy(() -> compressor.compressed(plain))
          .isInstanceOf(MalformedMessageException.class)
          .hasMessageContaining("not closed");
      assertThat(plain.size()).isEqualTo(10_000);
    }
    leaks.end(Duration.ofSeconds(10));
  }

  private static final class Closing extends FilterOutputStream {
    Closing(OutputStream out) {
      super(out);
    }

    @Override
    public void close() throws IOException {
      throw new IOException("not closed");
    }
  }
}
