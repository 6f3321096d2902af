package io.windhover.rpc.grpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.windhover.buffer.LinkBuffer;
import io.windhover.rpc.codec.MalformedMessageException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class EncodingsTest {

  /// Has a name, and does nothing else.
  private record Named(String name) implements MessageEncoding {

    @Override
    public OutputStream compressing(OutputStream out) throws IOException {
      throw new IOException("full");
    }

    @Override
    public InputStream decompressing(InputStream in) {
      throw new IllegalStateException("no frame");
    }
  }

  private final Encodings encodings = Encodings.of(List.of(new Named("zstd"), new Named("lz4")));

  @Test
  void tellOfAll() {
    assertThat(encodings.accepted().value()).isEqualTo("identity,gzip,lz4,zstd");
    assertThat(Encodings.of(List.of()).accepted().value()).isEqualTo("identity,gzip");
  }

  @ParameterizedTest
  @ValueSource(strings = {"identity", "gzip", "zstd", "lz4"})
  void readWhatTheyKnow(String name) {
    assertThat(encodings.read(name)).isNotNull().extracting(Encoding::text).isEqualTo(name);
  }

  @Test
  void knowNoOthers() {
    assertThat(encodings.read("br")).isNull();
    assertThat(encodings.read("GZIP")).isNull();
  }

  @ParameterizedTest
  @CsvSource({
    "'gzip,lz4,zstd', zstd",
    "'gzip, lz4', lz4",
    "'identity,gzip', gzip",
    "'br,zstdx', identity",
    "'', identity"
  })
  void preferTheFirstThatThePeerReads(String accepted, String chosen) {
    assertThat(encodings.firstIn(accepted).text()).isEqualTo(chosen);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "gzip", "identity", "zstd", "Zstd", "a,b", "a b"})
  void refuseNamesThatAreNoneOrTaken(String name) {
    var options = GrpcOptions.DEFAULT.withEncoding(new Named("zstd"));

    assertThatThrownBy(() -> options.withEncoding(new Named(name)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("encoding: \"" + name + "\" (expected: ");
  }

  @Test
  void takeWhatAnEncodingThrowsForTheMessagesFault() {
    var encoding = Encoding.of(new Named("zstd"));
    try (var message = LinkBuffer.wrap(new byte[5])) {
      assertThatThrownBy(() -> encoding.decompressed(message, 10))
          .isInstanceOf(MalformedMessageException.class)
          .hasMessage("a message that is no zstd: no frame");
      assertThatThrownBy(() -> encoding.compressed(message))
          .isInstanceOf(MalformedMessageException.class)
          .hasMessage("full");
    }
  }
}
