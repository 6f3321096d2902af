package io.windhover.netpoll.tls;

import java.net.InetAddress;
import java.security.cert.CertificateException;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.List;
import java.util.Locale;

/// Which servers a certificate is for: RFC 9525, which is stricter than the JDK.
///
/// Only subject alternative names count, never the common name. A host name matches a DNS name, an
/// address an IP name. A wildcard is a whole label, the leftmost, with two labels or more behind
/// it: neither `*.com` nor `a*.example.com`.
final class ServerNames {

  /// What the JDK calls the check of its own, which is made as well.
  static final String ALGORITHM = "HTTPS";

  private static final int DNS = 2; // RFC 5280, section 4.2.1.6: GeneralName
  private static final int IP = 7;
  private static final String WILDCARD = "*.";
  private static final int MAX_NAMES_SHOWN = 5;
  private static final int MAX_NAME_SHOWN = 100; // they are the peer's, and may be anything

  private ServerNames() {}

  /// @param host a name or the text of an address
  /// @throws CertificateException if the certificate is for others; its message says for whom
  static void check(X509Certificate certificate, String host) throws CertificateException {
    boolean address = TlsOptions.isAddress(host);
    var names = names(certificate);
    for (var name : names) {
      if (name.type == (address ? IP : DNS)
          && (address ? isAddress(name.text, host) : matches(name.text, host))) {
        return;
      }
    }
    throw new CertificateException(
        names.isEmpty()
            ? "the certificate names no host (a common name does not count), so it is not for "
                + host
            : "the certificate is for " + shown(names) + ", not for " + host);
  }

  private record Name(int type, String text) {}

  private static List<Name> names(X509Certificate certificate) throws CertificateParsingException {
    Collection<List<?>> names = certificate.getSubjectAlternativeNames();
    return names == null
        ? List.of()
        : names.stream()
            .filter(name -> name.get(1) instanceof String)
            .map(name -> new Name((Integer) name.get(0), (String) name.get(1)))
            .filter(name -> name.type == DNS || name.type == IP)
            .toList();
  }

  private static boolean isAddress(String name, String host) {
    return TlsOptions.isAddress(name)
        && InetAddress.ofLiteral(name).equals(InetAddress.ofLiteral(host));
  }

  static boolean matches(String pattern, String host) {
    var name = normal(host);
    var wanted = normal(pattern);
    if (!wanted.startsWith(WILDCARD)) {
      return wanted.indexOf('*') < 0 && wanted.equals(name);
    }
    var parent = wanted.substring(1); // with its dot
    int labelEnd = name.indexOf('.');
    return parent.indexOf('*') < 0
        && parent.indexOf('.', 1) > 0
        && labelEnd > 0
        && name.substring(labelEnd).equals(parent);
  }

  private static String normal(String name) {
    var lower = name.toLowerCase(Locale.ROOT);
    return lower.endsWith(".") ? lower.substring(0, lower.length() - 1) : lower;
  }

  private static String shown(List<Name> names) {
    var shown = new StringBuilder();
    for (var name : names.subList(0, Math.min(names.size(), MAX_NAMES_SHOWN))) {
      shown.append(shown.isEmpty() ? "" : ", ").append(printable(name.text));
    }
    return names.size() > MAX_NAMES_SHOWN ? shown.append(", ...").toString() : shown.toString();
  }

  private static String printable(String name) {
    var cut = name.length() > MAX_NAME_SHOWN ? name.substring(0, MAX_NAME_SHOWN) + "..." : name;
    return cut.replaceAll("[^\\x21-\\x7e]", "?");
  }
}
