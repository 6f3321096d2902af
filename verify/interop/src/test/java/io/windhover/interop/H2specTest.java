package io.windhover.interop;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.windhover.buffer.LinkBuffer;
import io.windhover.http2.Http2Options;
import io.windhover.http2.Http2Server;
import io.windhover.http2.Http2Stream;
import io.windhover.http2.RequestHead;
import io.windhover.http2.StreamListener;
import io.windhover.http2.hpack.HeaderField;
import io.windhover.netpoll.ConnectionOptions;
import io.windhover.netpoll.PollerGroup;
import io.windhover.netpoll.tls.TlsCredentials;
import io.windhover.netpoll.tls.TlsOptions;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.jar.JarFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// All of h2spec 2.2.0 against a server on [Http2Server], plain and with TLS. It checks RFC 7540
/// and 7541, whose rules on priority RFC 9113 has dropped; they are kept all the same.
///
/// The program is for Linux on amd64, out of the Maven plugin that carries it. Elsewhere this is
/// skipped; with `WINDHOVER_REQUIRE_PEERS=1` in the environment that fails.
@Timeout(300)
final class H2specTest {

  private static final Path JAR = Path.of("target/h2spec/h2spec.jar");
  private static final String ARCHIVE = "h2spec/2.2.0/h2spec_linux_amd64.tar.gz";
  private static final Duration PATIENCE = Duration.ofMinutes(4);
  private static final String PASSWORD = "secret";

  private static final List<HeaderField> OK =
      List.of(new HeaderField(":status", "200"), new HeaderField("content-length", "5"));

  @TempDir Path folder;

  @Test
  void passesOverPlainConnections() throws IOException {
    passes(ConnectionOptions.DEFAULT, List.of());
  }

  @Test
  void passesOverTls() throws IOException, GeneralSecurityException {
    passes(secured(), List.of("-t", "-k"));
  }

  private void passes(ConnectionOptions options, List<String> more) throws IOException {
    var program = program();
    try (var group = PollerGroup.start()) {
      var address = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
      var listener =
          group.listen(
              address, options, () -> new Http2Server(Http2Options.DEFAULT, H2specTest::answer));
      int port = ((InetSocketAddress) listener.address()).getPort();
      var command = new ArrayList<>(List.of(program.toString(), "-p", "" + port, "-S"));
      command.addAll(more);
      var log = folder.resolve("h2spec.log");

      int code = GoToolchain.run(new ProcessBuilder(command), log, PATIENCE);

      assertThat(code).as("%s", GoToolchain.read(log)).isZero();
      assertThat(GoToolchain.read(log)).contains("146 tests, 146 passed, 0 skipped, 0 failed");
    }
  }

  /// Answers every request once it is there, and reads over its body.
  private static void answer(Http2Stream stream, RequestHead head) {
    var listener =
        new StreamListener() {
          @Override
          public void readable(Http2Stream readable) {
            var data = readable.poll();
            if (data != null) {
              data.release();
            }
            if (readable.isInputDone()) {
              var body = head.method().equals("HEAD") ? "" : "hello";
              readable.respond(OK, LinkBuffer.wrap(body.getBytes(US_ASCII)), List.of());
            }
          }
        };
    stream.listener(listener);
    if (stream.isInputDone()) {
      listener.readable(stream);
    }
  }

  private Path program() throws IOException {
    boolean runs =
        System.getProperty("os.name").equals("Linux")
            && System.getProperty("os.arch").equals("amd64");
    if (!runs && "1".equals(System.getenv("WINDHOVER_REQUIRE_PEERS"))) {
      throw new AssertionError("h2spec is required and does not run on this system");
    }
    assumeTrue(runs, "SKIPPED: h2spec is for Linux on amd64");
    var archive = folder.resolve("h2spec.tar.gz");
    try (var jar = new JarFile(JAR.toFile());
        var in = jar.getInputStream(jar.getEntry(ARCHIVE))) {
      Files.copy(in, archive);
    }
    run("tar", "xzf", archive.toString(), "-C", folder.toString());
    return folder.resolve("h2spec");
  }

  private ConnectionOptions secured() throws IOException, GeneralSecurityException {
    var store = folder.resolve("store.p12");
    var keytool = Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
    run(
        (keytool
                + " -genkeypair -keyalg EC -groupname secp256r1 -alias it -dname CN=it"
                + " -storepass secret -keystore "
                + store)
            .split(" ", -1));
    var keys = KeyStore.getInstance(store.toFile(), PASSWORD.toCharArray());
    var credentials =
        TlsCredentials.builder()
            .key(
                pem("CERTIFICATE", keys.getCertificate("it").getEncoded()),
                pem("PRIVATE KEY", keys.getKey("it", PASSWORD.toCharArray()).getEncoded()))
            .load();
    return ConnectionOptions.builder()
        .tls(TlsOptions.builder(credentials).applicationProtocols("h2").build())
        .build();
  }

  private Path pem(String what, byte[] bytes) throws IOException {
    var text =
        "-----BEGIN %s-----%n%s%n-----END %s-----%n"
            .formatted(what, Base64.getMimeEncoder().encodeToString(bytes), what);
    return Files.writeString(folder.resolve(what + ".pem"), text, US_ASCII);
  }

  private void run(String... command) {
    var log = folder.resolve("command.log");
    int code = GoToolchain.run(new ProcessBuilder(command), log, PATIENCE);
    assertThat(code).as("%s", GoToolchain.read(log)).isZero();
  }
}
