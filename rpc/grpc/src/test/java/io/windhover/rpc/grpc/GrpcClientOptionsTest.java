package io.windhover.rpc.grpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.windhover.http2.Http2Options;
import io.windhover.http2.hpack.HeaderLimits;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class GrpcClientOptionsTest {

  @Test
  void haveTheirDefaults() {
    var options = GrpcClientOptions.DEFAULT;

    assertThat(options.compression()).isEqualTo(CompressionPolicy.NEVER);
    assertThat(options.authority()).isNull();
    assertThat(options.userAgent()).startsWith("windhover");
    assertThat(options.http2().headers()).isEqualTo(HeaderLimits.GRPC);
    assertThat(options.http2().keepAliveInterval()).isZero();
  }

  @Test
  void keepWhatIsNotChanged() {
    var deflate = new Deflate();
    var options =
        GrpcClientOptions.DEFAULT
            .withCompression(true)
            .withEncoding(deflate)
            .withAuthority("echo.mesh")
            .withUserAgent("us/1")
            .withHttp2(Http2Options.DEFAULT);

    assertThat(options)
        .isEqualTo(
            new GrpcClientOptions(
                Http2Options.DEFAULT,
                CompressionPolicy.ALWAYS,
                List.of(deflate),
                "echo.mesh",
                "us/1"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", " a", "a ", "a\nb", "Zürich"})
  void refuseTextsThatNoFieldCanHave(String text) {
    assertThatThrownBy(() -> GrpcClientOptions.DEFAULT.withAuthority(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "authority: \"%s\" (expected: printable ASCII without blanks around it)"
                .formatted(text));
    assertThatThrownBy(() -> GrpcClientOptions.DEFAULT.withUserAgent(text))
        .hasMessageStartingWith("userAgent: ");
  }
}
