package io.windhover.netpoll.tls;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.CertPathBuilder;
import java.security.cert.CertStore;
import java.security.cert.CertificateException;
import java.security.cert.CollectionCertStoreParameters;
import java.security.cert.PKIXBuilderParameters;
import java.security.cert.PKIXRevocationChecker;
import java.security.cert.TrustAnchor;
import java.security.cert.X509CRL;
import java.security.cert.X509CertSelector;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import javax.net.ssl.CertPathTrustManagerParameters;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;

/// Which files hold keys and authorities, and how they become an [SSLContext].
///
/// @param keys none for a client that shows no certificate
/// @param trust none for the authorities of the JDK
/// @param revocationLists none for no look at revocation
record CredentialFiles(List<Key> keys, List<Trust> trust, List<Path> revocationLists) {

  /// Where a private key and its certificates are.
  sealed interface Key {}

  /// Where certificates of authorities are.
  sealed interface Trust {}

  record PemKey(Path chain, Path key) implements Key {}

  record PemTrust(Path file) implements Trust {}

  record Pkcs12(Path file, KeyStore.PasswordProtection password) implements Key, Trust {}

  /// Gives what is in a file.
  interface Contents {
    byte[] of(Path file) throws IOException;
  }

  private static final char[] NO_PASSWORD = {}; // of a key store that never leaves the memory
  private static final byte[] PROBE = {1, 2, 3};

  CredentialFiles {
    keys = List.copyOf(keys);
    trust = List.copyOf(trust);
    revocationLists = List.copyOf(revocationLists);
    if (trust.isEmpty() && !revocationLists.isEmpty()) {
      throw new IllegalArgumentException(
          "revocationLists: they need the authority that made them, by trust");
    }
  }

  List<Path> all() {
    var keyFiles =
        keys.stream()
            .flatMap(
                key ->
                    switch (key) {
                      case PemKey pem -> Stream.of(pem.chain, pem.key);
                      case Pkcs12 store -> Stream.of(store.file);
                    });
    var trustFiles =
        trust.stream()
            .map(
                source ->
                    switch (source) {
                      case PemTrust pem -> pem.file;
                      case Pkcs12 store -> store.file;
                    });
    return Stream.of(keyFiles, trustFiles, revocationLists.stream())
        .flatMap(files -> files)
        .distinct()
        .toList();
  }

  /// What the files hold.
  ///
  /// @param leaves the certificate of each key
  record Loaded(SSLContext context, List<X509Certificate> leaves) {}

  /// @throws IOException if anything is missing, cannot be understood or does not fit together; its
  ///   message names the file
  Loaded load(Contents contents) throws IOException {
    try {
      var keyStore = keyStore(contents);
      var leaves = new ArrayList<X509Certificate>();
      for (var alias : Collections.list(keyStore.aliases())) {
        leaves.add((X509Certificate) keyStore.getCertificate(alias));
      }
      var context = SSLContext.getInstance("TLS");
      context.init(
          keyManagers(keyStore),
          new TrustManager[] {new StrictTrust(trustManager(contents))},
          null);
      return new Loaded(context, leaves);
    } catch (GeneralSecurityException e) {
      throw new IOException(e.getMessage(), e);
    }
  }

  // ---- keys

  private KeyStore keyStore(Contents contents) throws IOException, GeneralSecurityException {
    var store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    for (var key : keys) {
      switch (key) {
        case PemKey pem -> add(pem, contents, store);
        case Pkcs12 file -> add(file, contents, store);
      }
    }
    return store;
  }

  private static KeyManager[] keyManagers(KeyStore store) throws GeneralSecurityException {
    var factory = KeyManagerFactory.getInstance("PKIX"); // the one that chooses a key by SNI
    factory.init(store, NO_PASSWORD);
    return factory.getKeyManagers();
  }

  private static void add(PemKey pem, Contents contents, KeyStore store)
      throws IOException, GeneralSecurityException {
    var chain = Pem.certificates(pem.chain, contents.of(pem.chain));
    var algorithm = chain.getFirst().getPublicKey().getAlgorithm();
    var key = Pem.privateKey(pem.key, contents.of(pem.key), algorithm);
    add(pem.chain, chain, key, store);
  }

  private static void add(Pkcs12 file, Contents contents, KeyStore store)
      throws IOException, GeneralSecurityException {
    var source = open(file, contents);
    boolean found = false;
    for (var alias : Collections.list(source.aliases())) {
      if (source.getKey(alias, file.password.getPassword()) instanceof PrivateKey key) {
        var chain =
            Stream.of(source.getCertificateChain(alias)).map(X509Certificate.class::cast).toList();
        add(file.file, chain, key, store);
        found = true;
      }
    }
    if (!found) {
      throw new IOException(file.file + ": no private key in it");
    }
  }

  private static void add(Path file, List<X509Certificate> chain, PrivateKey key, KeyStore store)
      throws IOException, GeneralSecurityException {
    if (!isPair(chain.getFirst(), key)) {
      throw new IOException(file + ": the private key is not the one of the first certificate");
    }
    store.setKeyEntry(
        "key" + store.size(), key, NO_PASSWORD, chain.toArray(X509Certificate[]::new));
  }

  /// Whether the certificate's key verifies what the private key has signed.
  private static boolean isPair(X509Certificate certificate, PrivateKey key)
      throws GeneralSecurityException {
    var algorithm =
        switch (key.getAlgorithm()) {
          case "RSA" -> "SHA256withRSA";
          case "EC" -> "SHA256withECDSA";
          case "EdDSA", "Ed25519", "Ed448" -> "EdDSA";
          default -> null;
        };
    if (algorithm == null) {
      return true; // rare; the handshake will tell
    }
    var signature = Signature.getInstance(algorithm);
    signature.initSign(key);
    signature.update(PROBE);
    var signed = signature.sign();
    signature.initVerify(certificate.getPublicKey());
    signature.update(PROBE);
    return signature.verify(signed);
  }

  private static KeyStore open(Pkcs12 file, Contents contents)
      throws IOException, GeneralSecurityException {
    try {
      var store = KeyStore.getInstance("PKCS12");
      store.load(new ByteArrayInputStream(contents.of(file.file)), file.password.getPassword());
      return store;
    } catch (IOException | CertificateException e) {
      throw new IOException(file.file + ": " + e.getMessage(), e);
    }
  }

  // ---- trust

  private X509ExtendedTrustManager trustManager(Contents contents)
      throws IOException, GeneralSecurityException {
    var factory = TrustManagerFactory.getInstance("PKIX");
    if (trust.isEmpty()) {
      factory.init((KeyStore) null);
    } else {
      var parameters = new PKIXBuilderParameters(anchors(contents), new X509CertSelector());
      checkRevocation(parameters, contents);
      factory.init(new CertPathTrustManagerParameters(parameters));
    }
    return (X509ExtendedTrustManager) factory.getTrustManagers()[0];
  }

  private Set<TrustAnchor> anchors(Contents contents) throws IOException, GeneralSecurityException {
    var anchors = new HashSet<TrustAnchor>();
    for (var source : trust) {
      switch (source) {
        case PemTrust pem -> {
          for (var certificate : Pem.certificates(pem.file, contents.of(pem.file))) {
            anchors.add(new TrustAnchor(certificate, null));
          }
        }
        case Pkcs12 file -> {
          var store = open(file, contents);
          for (var alias : Collections.list(store.aliases())) {
            if (store.isCertificateEntry(alias)) {
              anchors.add(new TrustAnchor((X509Certificate) store.getCertificate(alias), null));
            }
          }
        }
      }
    }
    if (anchors.isEmpty()) {
      throw new IOException(trust + ": no certificate of an authority in it");
    }
    return anchors;
  }

  /// The lists alone decide: nothing is asked over the network, and an authority without a list, or
  /// with an outdated one, vouches for nobody.
  private void checkRevocation(PKIXBuilderParameters parameters, Contents contents)
      throws IOException, GeneralSecurityException {
    parameters.setRevocationEnabled(false);
    if (revocationLists.isEmpty()) {
      return;
    }
    var lists = new ArrayList<X509CRL>();
    for (var file : revocationLists) {
      lists.addAll(Pem.revocationLists(file, contents.of(file)));
    }
    parameters.addCertStore(
        CertStore.getInstance("Collection", new CollectionCertStoreParameters(lists)));
    var checker =
        (PKIXRevocationChecker)
            Objects.requireNonNull(CertPathBuilder.getInstance("PKIX").getRevocationChecker());
    checker.setOptions(
        EnumSet.of(
            PKIXRevocationChecker.Option.PREFER_CRLS, PKIXRevocationChecker.Option.NO_FALLBACK));
    parameters.addCertPathChecker(checker);
  }
}
