package io.windhover.netpoll.tls;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/// Keys and certificates for tests, made by the JDK's keytool when they are first asked for, and
/// once in a JVM. A folder of their own, deleted at its end.
public final class Certificates {

  public static final String PASSWORD = "secret";
  public static final String LOCALHOST = "SAN=dns:localhost,ip:127.0.0.1,ip:0:0:0:0:0:0:0:1";

  private static final int KEYTOOL_SECONDS = 60;
  private static final Path FOLDER = folder();
  private static final Authority AUTHORITY = new Authority("authority", "authority");
  private static final Authority STRANGER = new Authority("stranger", "stranger");
  private static final Authority IMPOSTOR = new Authority("impostor", "authority");

  private Certificates() {}

  private static Path folder() {
    try {
      var folder = Files.createTempDirectory("certificates");
      folder.toFile().deleteOnExit();
      return folder;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// The authority that tests trust.
  public static Authority authority() {
    return AUTHORITY;
  }

  /// An authority that nobody trusts.
  public static Authority stranger() {
    return STRANGER;
  }

  /// An authority that calls itself as the trusted one does.
  public static Authority impostor() {
    return IMPOSTOR;
  }

  /// A key with its certificate, in three files.
  ///
  /// @param chain PEM
  /// @param key PEM, PKCS8
  /// @param store PKCS12
  public record Identity(Path chain, Path key, Path store) {

    public TlsCredentials.Builder credentials() {
      return TlsCredentials.builder().key(chain, key);
    }
  }

  /// Makes a certificate that its own key has signed.
  public static Identity selfSigned() {
    return STRANGER.made.computeIfAbsent(
        "self-signed",
        name -> {
          var store = file(name + ".p12");
          keytool(generate(store, name, "-dname", "CN=self-signed", "-ext", LOCALHOST));
          return pem(store, name);
        });
  }

  /// A certificate that signs others.
  public static final class Authority {
    private final String name;
    private final Path store;
    private final ConcurrentHashMap<String, Identity> made = new ConcurrentHashMap<>();

    private Authority(String name, String commonName) {
      this.name = name;
      this.store = file(name + ".p12");
      keytool(generate(store, "ca", "-dname", "CN=" + commonName, "-ext", "bc:c"));
    }

    /// PEM.
    public Path certificate() {
      var file = file(name + ".pem");
      if (!Files.exists(file)) {
        write(file, "CERTIFICATE", List.of(encoded(in(store, "ca"))));
      }
      return file;
    }

    public TlsCredentials.Builder trusted() {
      return TlsCredentials.builder().trust(certificate());
    }

    public Identity server() {
      return sign("server", "-ext", LOCALHOST);
    }

    public Identity client() {
      return sign("client");
    }

    /// Makes a certificate, or returns the one of this name that exists.
    ///
    /// @param more options of keytool
    public Identity sign(String subject, String... more) {
      return made.computeIfAbsent(
          subject,
          _ -> {
            var copy = file(name + "-" + subject + ".p12");
            try {
              Files.copy(store, copy, StandardCopyOption.REPLACE_EXISTING);
            } catch (IOException e) {
              throw new UncheckedIOException(e);
            }
            var arguments = new ArrayList<>(List.of("-signer", "ca", "-dname", "CN=" + subject));
            arguments.addAll(List.of(more));
            keytool(generate(copy, "it", arguments.toArray(String[]::new)));
            return pem(copy, "it");
          });
    }

    /// Says in a PEM file which certificates count no more.
    public Path revoke(Identity... revoked) {
      var file = file(name + "-" + revoked.length + ".crl");
      var command =
          new ArrayList<>(
              List.of("-gencrl", "-rfc", "-alias", "ca", "-keystore", store.toString()));
      for (var identity : revoked) {
        var certificate = (X509Certificate) in(identity.store, "it");
        command.addAll(List.of("-id", certificate.getSerialNumber().toString()));
      }
      command.addAll(List.of("-file", file.toString(), "-storepass", PASSWORD));
      keytool(command);
      file.toFile().deleteOnExit();
      return file;
    }
  }

  private static List<String> generate(Path store, String alias, String... more) {
    var command =
        new ArrayList<>(
            List.of("-genkeypair", "-keyalg", "EC", "-groupname", "secp256r1", "-alias", alias));
    command.addAll(List.of("-keystore", store.toString(), "-storepass", PASSWORD));
    command.addAll(Arrays.asList(more));
    return command;
  }

  private static void keytool(List<String> arguments) {
    var command = new ArrayList<String>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
    command.addAll(List.of("-J-XX:TieredStopAtLevel=1", "-J-Xshare:auto"));
    command.addAll(arguments);
    try {
      var log = file("keytool-" + System.nanoTime() + ".log");
      var process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(log.toFile())
              .start();
      if (!process.waitFor(KEYTOOL_SECONDS, TimeUnit.SECONDS) || process.exitValue() != 0) {
        process.destroyForcibly();
        throw new AssertionError(command + ": " + Files.readString(log));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  // ---- files

  private static Path file(String name) {
    var file = FOLDER.resolve(name);
    file.toFile().deleteOnExit();
    return file;
  }

  private static Identity pem(Path store, String alias) {
    try {
      var keys = open(store);
      var chain = new ArrayList<byte[]>();
      for (var certificate : keys.getCertificateChain(alias)) {
        chain.add(encoded(certificate));
      }
      var name = store.getFileName().toString().replace(".p12", "");
      var identity = new Identity(file(name + ".pem"), file(name + ".key"), store);
      write(identity.chain, "CERTIFICATE", chain);
      var key = keys.getKey(alias, PASSWORD.toCharArray());
      write(identity.key, "PRIVATE KEY", List.of(key.getEncoded()));
      return identity;
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  private static Certificate in(Path store, String alias) {
    try {
      return open(store).getCertificate(alias);
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  private static byte[] encoded(Certificate certificate) {
    try {
      return certificate.getEncoded();
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  public static KeyStore open(Path store) {
    try (var in = Files.newInputStream(store)) {
      var keys = KeyStore.getInstance("PKCS12");
      keys.load(in, PASSWORD.toCharArray());
      return keys;
    } catch (IOException | GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  private static void write(Path file, String label, List<byte[]> blocks) {
    var text = new StringBuilder();
    var base64 = Base64.getMimeEncoder(64, "\n".getBytes(US_ASCII));
    for (var block : blocks) {
      text.append("-----BEGIN ").append(label).append("-----\n");
      text.append(base64.encodeToString(block)).append('\n');
      text.append("-----END ").append(label).append("-----\n");
    }
    try {
      Files.writeString(file, text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
