package io.windhover.netpoll.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import javax.net.ssl.SNIHostName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

final class TlsOptionsTest {

  private static TlsOptions.Builder builder() throws IOException {
    return TlsOptions.builder(TlsCredentials.builder().load());
  }

  record Wrong(String message, UnaryOperator<TlsOptions.Builder> setting) {
    @Override
    public String toString() {
      return message;
    }
  }

  static Stream<Wrong> wrongs() {
    return Stream.of(
        new Wrong(
            "applicationProtocols: \"\" (expected: 1..255 characters)",
            b -> b.applicationProtocols("h2", "")),
        new Wrong("serverName: blank (expected: a host)", b -> b.serverName(" ")),
        new Wrong("handshakeTimeout: PT0S (expected: > 0)", b -> b.handshakeTimeout(Duration.ZERO)),
        new Wrong(
            "maxHandshakeBytes: 1023 (expected: 1024..1048576)", b -> b.maxHandshakeBytes(1023)));
  }

  @ParameterizedTest
  @MethodSource("wrongs")
  void rejects(Wrong wrong) throws IOException {
    var builder = wrong.setting.apply(builder());

    assertThatThrownBy(builder::build)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(wrong.message);
  }

  @Test
  void takesNoRevocationListWithoutItsAuthority() {
    var builder = TlsCredentials.builder().revocationList(Certificates.authority().certificate());

    assertThatThrownBy(builder::load)
        .hasMessage("revocationLists: they need the authority that made them, by trust");
  }

  @Test
  void offersProtocolsThatAPeerNeedNotKnow() throws IOException {
    var offering = builder().serverName("it").build().offering(List.of("h2"));

    assertThat(offering.applicationProtocols()).containsExactly("h2");
    assertThat(offering.requiresApplicationProtocol()).isFalse();
    assertThat(offering.serverName()).isEqualTo("it");
  }

  @Test
  void offersNothingBesideTheProtocolsThatItNames() throws IOException {
    var own = builder().applicationProtocols("mine").build();

    assertThat(own.offering(List.of("h2"))).isSameAs(own);
    assertThat(builder().build().offering(List.of()).requiresApplicationProtocol()).isTrue();
  }

  /// Row 82. Sound are forward secrecy and authenticated encryption.
  @Test
  void enablesWhatIsSoundOnly() throws IOException {
    var engine = builder().build().clientEngine("localhost", 1);

    assertThat(engine.getEnabledProtocols()).containsExactly("TLSv1.3", "TLSv1.2");
    assertThat(engine.getEnabledCipherSuites())
        .contains("TLS_AES_128_GCM_SHA256", "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256")
        .noneMatch(suite -> suite.contains("_CBC_") || suite.contains("_RC4_"))
        .noneMatch(suite -> suite.startsWith("TLS_RSA_") || suite.startsWith("TLS_DH"));
  }

  @ParameterizedTest
  @CsvSource({"localhost, localhost", "a.example.org, a.example.org", "127.0.0.1,", "::1,"})
  void asksForNamesButNotForAddresses(String host, String asked) throws IOException {
    var parameters = builder().build().clientEngine(host, 1).getSSLParameters();

    assertThat(parameters.getEndpointIdentificationAlgorithm()).isEqualTo("HTTPS");
    if (asked == null) {
      assertThat(parameters.getServerNames()).isNullOrEmpty();
    } else {
      assertThat(parameters.getServerNames()).containsExactly(new SNIHostName(asked));
    }
  }
}
