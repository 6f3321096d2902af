package io.windhover.netpoll.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.windhover.netpoll.LogRecorder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.KeyStore;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class TlsCredentialsTest {

  private static final Duration DUE = Duration.ofSeconds(5);

  @TempDir private Path directory;
  private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 1); // it may run over
  private final LogRecorder log = new LogRecorder(TlsCredentials.class);
  private Path chain = Path.of("");
  private Path key = Path.of("");

  @BeforeEach
  void copies() throws IOException {
    chain = directory.resolve("chain.pem");
    key = directory.resolve("key.pem");
    put(Certificates.authority().server());
  }

  @AfterEach
  void closesTheLog() {
    log.close();
  }

  private void put(Certificates.Identity identity) throws IOException {
    Files.copy(identity.chain(), chain, StandardCopyOption.REPLACE_EXISTING);
    Files.copy(identity.key(), key, StandardCopyOption.REPLACE_EXISTING);
  }

  private TlsCredentials credentials() throws IOException {
    return TlsCredentials.builder().key(chain, key).nanoClock(nanos::get).load();
  }

  private static Certificates.Identity other() {
    return Certificates.authority().client();
  }

  // ---- 80: files that change

  @Test
  void row80ReadsAgainWhatHasChanged() throws IOException {
    var credentials = credentials();
    var first = credentials.current();
    put(other());

    assertThat(credentials.current()).as("not due yet").isSameAs(first);
    nanos.addAndGet(DUE.toNanos());

    var second = credentials.current();
    assertThat(second).isNotSameAs(first);
    nanos.addAndGet(DUE.toNanos());
    assertThat(credentials.current()).as("nothing new").isSameAs(second);
    assertThat(log.lines()).singleElement().asString().startsWith("INFO TLS credentials");
  }

  @Test
  void row80KeepsTheOldWhileTheNewIsBroken() throws IOException {
    var credentials = credentials();
    var first = credentials.current();

    Files.writeString(chain, "half a certi");
    for (int i = 0; i < 3; i++) {
      nanos.addAndGet(DUE.toNanos());
      assertThat(credentials.current()).isSameAs(first);
    }
    Files.delete(chain);
    nanos.addAndGet(DUE.toNanos());
    assertThat(credentials.current()).isSameAs(first);

    assertThat(log.lines())
        .as("one line for each change")
        .satisfiesExactly(
            line ->
                assertThat(line)
                    .isEqualTo(
                        "WARNING TLS credentials have changed, but the old stay in use: "
                            + chain
                            + ": no CERTIFICATE in it; it holds []"),
            line -> assertThat(line).contains(chain + ": cannot be read: ").contains("NoSuchFile"));
    put(other());
    nanos.addAndGet(DUE.toNanos());
    assertThat(credentials.current()).isNotSameAs(first);
  }

  @Test
  void row80KeepsTheOldWhileOnlyTheCertificateIsNew() throws IOException {
    var credentials = credentials();
    var first = credentials.current();
    Files.copy(other().chain(), chain, StandardCopyOption.REPLACE_EXISTING);
    nanos.addAndGet(DUE.toNanos());

    assertThat(credentials.current()).isSameAs(first);

    assertThat(log.lines())
        .singleElement()
        .asString()
        .endsWith(chain + ": the private key is not the one of the first certificate");
    put(other());
    nanos.addAndGet(DUE.toNanos());
    assertThat(credentials.current()).isNotSameAs(first);
  }

  @Test
  void row80KeepsTheOldWhenTheNewHasExpired() throws IOException {
    var credentials = credentials();
    var first = credentials.current();
    put(expired());
    nanos.addAndGet(DUE.toNanos());

    assertThat(credentials.current()).isSameAs(first);

    assertThat(log.lines())
        .singleElement()
        .asString()
        .contains("the certificate of CN=expired is valid from ");
  }

  private static Certificates.Identity expired() {
    return Certificates.authority()
        .sign("expired", "-ext", Certificates.LOCALHOST, "-startdate", "-10d", "-validity", "5");
  }

  @Test
  void startsWithAnExpiredCertificateButSaysSo() throws IOException {
    put(expired());

    assertThat(credentials().current()).isNotNull();

    assertThat(log.lines()).singleElement().asString().startsWith("WARNING the certificate of CN=");
  }

  @Test
  void row80ReadsPkcs12Again() throws IOException {
    var store = directory.resolve("store.p12");
    Files.copy(Certificates.authority().server().store(), store);
    var credentials =
        TlsCredentials.builder()
            .keyPkcs12(store, Certificates.PASSWORD)
            .nanoClock(nanos::get)
            .load();
    var first = credentials.current();
    Files.copy(other().store(), store, StandardCopyOption.REPLACE_EXISTING);
    nanos.addAndGet(DUE.toNanos());

    assertThat(credentials.current()).isNotSameAs(first);
  }

  // ---- files that cannot be used

  private void failsToLoad(TlsCredentials.Builder builder, String message) {
    assertThatThrownBy(builder::load).isInstanceOf(IOException.class).hasMessageContaining(message);
  }

  @Test
  void saysWhichFileIsMissing() {
    var missing = directory.resolve("missing.pem");

    failsToLoad(TlsCredentials.builder().trust(missing), missing + ": cannot be read");
  }

  @Test
  void saysWhatAFileHoldsInstead() {
    failsToLoad(
        TlsCredentials.builder().key(key, key),
        key + ": no CERTIFICATE in it; it holds [PRIVATE KEY]");
    failsToLoad(
        TlsCredentials.builder().key(chain, chain),
        chain + ": no PRIVATE KEY in it; it holds [CERTIFICATE]");
  }

  @Test
  void saysHowToMakePkcs8() throws IOException {
    Files.writeString(key, Files.readString(key).replace("PRIVATE KEY", "EC PRIVATE KEY"));

    failsToLoad(
        TlsCredentials.builder().key(chain, key),
        "it holds [EC PRIVATE KEY]. Make it PKCS8: openssl pkcs8 -topk8 -nocrypt -in " + key);
  }

  @Test
  void saysThatAKeyIsOfAnotherKind() throws IOException {
    Files.writeString(key, "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n");

    failsToLoad(
        TlsCredentials.builder().key(chain, key), key + ": no EC key, which the certificate wants");
  }

  @Test
  void saysThatATextIsNoBase64() throws IOException {
    Files.writeString(chain, "-----BEGIN CERTIFICATE-----\n!!!!\n-----END CERTIFICATE-----\n");

    failsToLoad(TlsCredentials.builder().trust(chain), chain + ": CERTIFICATE is not in Base64");
  }

  @Test
  void saysThatABlockIsNoCertificate() throws IOException {
    Files.writeString(chain, "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n");

    failsToLoad(
        TlsCredentials.builder().trust(chain), chain + ": a certificate in it cannot be read");
  }

  @Test
  void saysThatAPasswordIsWrong() {
    var store = Certificates.authority().server().store();

    failsToLoad(TlsCredentials.builder().keyPkcs12(store, "wrong"), store + ": keystore password");
    failsToLoad(
        TlsCredentials.builder().trustPkcs12(store, "wrong"), store + ": keystore password");
  }

  @Test
  void readsPemAmongOtherText() throws IOException {
    Files.writeString(
        chain,
        "Bag Attributes\n  friendlyName: it\nsubject=CN=server\n"
            + Files.readString(chain).replace("\n", "\r\n")
            + "trailing words\n");

    assertThat(credentials().hasKey()).isTrue();
  }

  @Test
  void trustsWhatAPkcs12FileTrusts() throws Exception {
    var store = directory.resolve("trust.p12");
    var keys = KeyStore.getInstance("PKCS12");
    keys.load(null, null);
    failsToLoad(trusting(keys, store), "no certificate of an authority in it");
    keys.setCertificateEntry(
        "ca", Certificates.open(Certificates.authority().server().store()).getCertificate("ca"));

    assertThat(trusting(keys, store).load().hasTrust()).isTrue();
  }

  private static TlsCredentials.Builder trusting(KeyStore keys, Path store) throws Exception {
    try (var out = Files.newOutputStream(store)) {
      keys.store(out, Certificates.PASSWORD.toCharArray());
    }
    return TlsCredentials.builder().trustPkcs12(store, Certificates.PASSWORD);
  }
}
