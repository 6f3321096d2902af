package io.windhover.rpc.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ForeignProtocolTest {

  @ParameterizedTest
  @CsvSource({
    "GET / HTTP/1.1, HTTP",
    "POST /Echo HTTP/1.1, HTTP",
    "PUT / HTTP/1.0, HTTP",
    "HEAD / HTTP/1.1, HTTP",
    "DELETE / HTTP/1.1, HTTP",
    "OPTIONS * HTTP/1.1, HTTP",
    "PATCH / HTTP/1.1, HTTP",
    "CONNECT host:443 HTTP/1.1, HTTP",
    "TRACE / HTTP/1.1, HTTP",
    "HTTP/1.1 400 Bad Request, HTTP_RESPONSE",
    "PRI * HTTP/2.0, HTTP2"
  })
  void knowsTextByItsFirstFourBytes(String text, ForeignProtocol protocol) {
    var hex = HexFormat.of().formatHex(text.getBytes(StandardCharsets.US_ASCII), 0, 4);

    assertThat(of(hex)).isEqualTo(protocol);
  }

  @ParameterizedTest
  @ValueSource(strings = {"16030102", "16030300", "15030100"})
  void knowsTlsHandshakesAndAlerts(String hex) {
    assertThat(of(hex)).isEqualTo(ForeignProtocol.TLS);
  }

  @ParameterizedTest
  @ValueSource(strings = {"80010001", "0000001e", "fff4fffd", "0d0a0d0a", "47455400", "16040000"})
  void leavesTheRestUnnamed(String hex) {
    assertThat(of(hex)).isNull();
  }

  private static @Nullable ForeignProtocol of(String hex) {
    try (var in = Hex.buffer(hex)) {
      return ForeignProtocol.of(in);
    }
  }
}
