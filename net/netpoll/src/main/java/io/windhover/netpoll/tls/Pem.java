package io.windhover.netpoll.tls;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.cert.CRLException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Pattern;

/// Reads PEM files (RFC 7468): certificates, revocation lists, private keys in PKCS8. What stands
/// between the blocks is left alone. The path of each file is for its error messages.
final class Pem {

  private static final Pattern BLOCK =
      Pattern.compile("-----BEGIN ([A-Z0-9 ]+)-----\\s([^-]*)-----END \\1-----");

  private static final class Block {
    final String label;
    final byte[] der;

    Block(String label, byte[] der) {
      this.label = label;
      this.der = der;
    }
  }

  private Pem() {}

  /// @throws IOException if it cannot be understood or has no certificate
  static List<X509Certificate> certificates(Path file, byte[] text) throws IOException {
    try {
      var factory = CertificateFactory.getInstance("X.509");
      var certificates = new ArrayList<X509Certificate>();
      for (var block : blocks(file, text, "CERTIFICATE")) {
        certificates.add(
            (X509Certificate) factory.generateCertificate(new ByteArrayInputStream(block.der)));
      }
      return certificates;
    } catch (CertificateException e) {
      throw new IOException(file + ": a certificate in it cannot be read: " + e.getMessage(), e);
    }
  }

  /// @throws IOException if it cannot be understood or has no revocation list
  static List<X509CRL> revocationLists(Path file, byte[] text) throws IOException {
    try {
      var factory = CertificateFactory.getInstance("X.509");
      var lists = new ArrayList<X509CRL>();
      for (var block : blocks(file, text, "X509 CRL")) {
        lists.add((X509CRL) factory.generateCRL(new ByteArrayInputStream(block.der)));
      }
      return lists;
    } catch (CertificateException | CRLException e) {
      throw new IOException(file + ": a revocation list cannot be read: " + e.getMessage(), e);
    }
  }

  /// @param algorithm of the certificate that the key is for
  /// @throws IOException if it cannot be understood or has no such key
  static PrivateKey privateKey(Path file, byte[] text, String algorithm) throws IOException {
    var der = blocks(file, text, "PRIVATE KEY").getFirst().der;
    try {
      return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(der));
    } catch (GeneralSecurityException e) {
      throw new IOException(
          file + ": no " + algorithm + " key, which the certificate wants: " + e.getMessage(), e);
    }
  }

  private static List<Block> blocks(Path file, byte[] text, String label) throws IOException {
    var all = blocks(file, text);
    var wanted = all.stream().filter(block -> block.label.equals(label)).toList();
    if (wanted.isEmpty()) {
      var labels = all.stream().map(block -> block.label).distinct().toList();
      throw new IOException(
          file + ": no " + label + " in it; it holds " + labels + cure(labels, file));
    }
    return wanted;
  }

  private static List<Block> blocks(Path file, byte[] text) throws IOException {
    var blocks = new ArrayList<Block>();
    var matcher = BLOCK.matcher(new String(text, ISO_8859_1));
    while (matcher.find()) {
      try {
        blocks.add(
            new Block(
                matcher.group(1),
                Base64.getDecoder().decode(matcher.group(2).replaceAll("\\s", ""))));
      } catch (IllegalArgumentException e) {
        throw new IOException(file + ": " + matcher.group(1) + " is not in Base64", e);
      }
    }
    return blocks;
  }

  private static String cure(List<String> labels, Path file) {
    boolean otherKey = labels.stream().anyMatch(label -> label.endsWith(" PRIVATE KEY"));
    return otherKey ? ". Make it PKCS8: openssl pkcs8 -topk8 -nocrypt -in " + file : "";
  }
}
