package io.windhover.http2;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.windhover.netpoll.ConnectionOptions;
import io.windhover.netpoll.tls.TlsCredentials;
import io.windhover.netpoll.tls.TlsOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Base64;
import java.util.concurrent.TimeUnit;

/// A certificate for localhost that the JDK's keytool makes, and what server and client do with it.
///
/// @param certificate PEM
/// @param key PEM
record SelfSigned(Path certificate, Path key) {

  private static final String PASSWORD = "secret";

  /// @param folder for the files
  static SelfSigned make(Path folder)
      throws IOException, InterruptedException, GeneralSecurityException {
    var store = folder.resolve("store.p12");
    var keytool = Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
    var process =
        new ProcessBuilder(
                (keytool
                        + " -genkeypair -keyalg EC -groupname secp256r1 -alias it -dname CN=it"
                        + " -ext SAN=dns:localhost,ip:127.0.0.1 -storepass secret -keystore "
                        + store)
                    .split(" "))
            .inheritIO()
            .start();
    if (!process.waitFor(60, TimeUnit.SECONDS) || process.exitValue() != 0) {
      throw new AssertionError("keytool failed");
    }
    var keys = KeyStore.getInstance(store.toFile(), PASSWORD.toCharArray());
    return new SelfSigned(
        pem(folder, "CERTIFICATE", keys.getCertificate("it").getEncoded()),
        pem(folder, "PRIVATE KEY", keys.getKey("it", PASSWORD.toCharArray()).getEncoded()));
  }

  private static Path pem(Path folder, String what, byte[] bytes) throws IOException {
    var text =
        "-----BEGIN %s-----%n%s%n-----END %s-----%n"
            .formatted(what, Base64.getMimeEncoder().encodeToString(bytes), what);
    return Files.writeString(folder.resolve(what.replace(" ", "") + ".pem"), text, US_ASCII);
  }

  ConnectionOptions server() throws IOException {
    return options(TlsCredentials.builder().key(certificate, key));
  }

  ConnectionOptions client() throws IOException {
    return options(TlsCredentials.builder().trust(certificate));
  }

  private static ConnectionOptions options(TlsCredentials.Builder credentials) throws IOException {
    return ConnectionOptions.builder()
        .tls(TlsOptions.builder(credentials.load()).applicationProtocols("h2").build())
        .build();
  }
}
