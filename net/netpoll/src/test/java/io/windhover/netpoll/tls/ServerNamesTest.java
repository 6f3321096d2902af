package io.windhover.netpoll.tls;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ServerNamesTest {

  /// RFC 9525, section 6.3. Row 81.
  @ParameterizedTest
  @CsvSource({
    "a.example.org, a.example.org, true",
    "A.Example.ORG, a.eXample.org, true",
    "a.example.org, a.example.org., true",
    "localhost, localhost, true",
    "*.example.org, a.example.org, true",
    "*.example.org, A.EXAMPLE.ORG, true",
    "*.example.org, example.org, false",
    "*.example.org, a.b.example.org, false",
    "*.example.org, .example.org, false",
    "*.com, example.com, false",
    "*., example, false",
    "*, example, false",
    "*, localhost, false",
    "a*.example.org, ab.example.org, false",
    "*a.example.org, ba.example.org, false",
    "a.*.org, a.example.org, false",
    "*.*.org, a.example.org, false",
    "a.example.org, b.example.org, false",
    "example.org, a.example.org, false",
    "a.example.org, example.org, false",
    "*.example.org, *.example.org, true"
  })
  void matchesWholeLabels(String pattern, String host, boolean matches) {
    assertThat(ServerNames.matches(pattern, host)).isEqualTo(matches);
  }

  @ParameterizedTest
  @CsvSource({
    "127.0.0.1, true",
    "::1, true",
    "0:0:0:0:0:0:0:1, true",
    "localhost, false",
    "1.2.3.example, false"
  })
  void tellsAddressesFromNames(String host, boolean address) {
    assertThat(TlsOptions.isAddress(host)).isEqualTo(address);
  }
}
