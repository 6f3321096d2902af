package io.windhover.netpoll;

import java.security.cert.CertPathBuilderException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertPathValidatorException.BasicReason;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.security.cert.CertificateRevokedException;
import java.util.regex.Pattern;
import javax.net.ssl.SSLEngine;
import org.jspecify.annotations.Nullable;

/// Says what an engine's exception means, and the cure where one is known.
final class TlsFailure {

  private static final String ALERT = "Received fatal alert: ";
  private static final Pattern PREFIX = Pattern.compile("^\\([a-z_]+\\) "); // the alert's name
  private static final Pattern UNPRINTABLE = Pattern.compile("[^\\x20-\\x7e]");
  private static final int MAX_CAUSES = 20;
  private static final int MAX_TEXT = 256;

  private TlsFailure() {}

  static TlsException of(SSLEngine engine, Exception failure) {
    boolean client = engine.getUseClientMode();
    var text = ofCertificate(failure, client);
    if (text == null) {
      text =
          ofMessage(PREFIX.matcher(String.valueOf(failure.getMessage())).replaceFirst(""), client);
    }
    return new TlsException(CloseReason.TLS_FAILED, printable(text), failure);
  }

  /// Parts of it may be the peer's.
  private static String printable(String text) {
    var cut = text.length() > MAX_TEXT ? text.substring(0, MAX_TEXT) + "..." : text;
    return UNPRINTABLE.matcher(cut).replaceAll("?");
  }

  private static @Nullable String ofCertificate(Throwable failure, boolean client) {
    String what = null;
    var cause = failure;
    for (int i = 0; what == null && cause != null && i < MAX_CAUSES; i++) {
      what = ofCertificate(cause);
      cause = cause.getCause();
    }
    return what == null
        ? null
        : (client ? "the server's" : "the client's") + " certificate " + what;
  }

  private static @Nullable String ofCertificate(Throwable cause) {
    return switch (cause) {
      case CertificateExpiredException e -> "has expired (" + e.getMessage() + ")";
      case CertificateNotYetValidException e ->
          "is not valid yet (" + e.getMessage() + "); are the clocks right?";
      case CertificateRevokedException e -> "was revoked on " + e.getRevocationDate().toInstant();
      case CertPathBuilderException e when e.getCause() == null ->
          "is signed by nobody who is trusted here; if it should be, add the authority with"
              + " TlsCredentials.Builder.trust";
      case CertPathValidatorException e when e.getReason() == BasicReason.INVALID_SIGNATURE ->
          "is not signed by the authority that it names: the trusted one has another key";
      default -> null;
    };
  }

  private static String ofMessage(String message, boolean client) {
    if (message.startsWith(ALERT)) {
      return ofAlert(message.substring(ALERT.length()), client);
    }
    if (message.startsWith("Empty client certificate chain")) {
      return "the client has shown no certificate, and this server asks for one";
    }
    return message;
  }

  /// The names are those of RFC 8446, section 6.2.
  private static String ofAlert(String alert, boolean client) {
    var cause =
        switch (alert) {
          case "bad_certificate",
              "certificate_unknown",
              "unknown_ca",
              "unsupported_certificate",
              "certificate_revoked",
              "certificate_expired",
              "access_denied" ->
              client
                  ? "the server refuses this client's certificate, or the lack of one"
                  : "the client refuses this server's certificate";
          case "certificate_required" ->
              "the server asks for a client certificate: TlsCredentials.Builder.key";
          case "protocol_version" -> "the peer speaks neither TLS 1.3 nor TLS 1.2";
          case "no_application_protocol" -> "there is no application protocol (ALPN) in common";
          case "unrecognized_name" -> "the server knows no host of this name";
          case "handshake_failure" ->
              "there are no parameters in common"
                  + (client ? ", or the server asks for a client certificate" : "");
          default -> "the peer gave up";
        };
    return cause + " (alert " + alert + ")";
  }
}
