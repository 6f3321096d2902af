package io.windhover.rpc.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetSocketAddress;
import java.net.UnixDomainSocketAddress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class AddressesTest {

  @ParameterizedTest
  @CsvSource({
    "localhost:8888, localhost, 8888",
    "10.0.0.1:1, 10.0.0.1, 1",
    "[::1]:65535, ::1, 65535",
    "fe80::1:80, fe80::1, 80"
  })
  void readsHostAndPort(String text, String host, int port) {
    assertThat(Addresses.parse(text)).isEqualTo(InetSocketAddress.createUnresolved(host, port));
  }

  @Test
  void readsPathsOfUnixSockets() {
    assertThat(Addresses.parse("unix:/run/a:b")).isEqualTo(UnixDomainSocketAddress.of("/run/a:b"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "localhost",
        ":8888",
        "localhost:",
        "localhost:x",
        "h:65536",
        "h:-1",
        "http://localhost:8888",
        "http://localhost",
        "tcp://10.0.0.1:8888",
        "/run/service.sock",
        "unix:"
      })
  void refusesAnythingElse(String text) {
    assertThatThrownBy(() -> Addresses.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "address: \"%s\" (expected: host:port or unix:/path/to/socket)".formatted(text));
  }
}
