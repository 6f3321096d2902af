package io.windhover.netpoll;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.windhover.netpoll.tls.Certificates;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.function.Supplier;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Rows 82 to 84 and 84c of the table of bad inputs, and TLS that meets no TLS.
/// [TlsCertificatesTest] has the others.
final class TlsBadInputTest extends TlsFixture {

  private static final byte[] PROTOCOL_VERSION = alert(70); // RFC 8446, section 6
  private static final byte[] HANDSHAKE_FAILURE = alert(40);
  private static final byte[] UNEXPECTED_MESSAGE = alert(10);

  private static byte[] alert(int description) {
    return new byte[] {21, 3, 3, 0, 2, 2, (byte) description};
  }

  private static byte[] readAll(Socket peer) throws IOException {
    try {
      return peer.getInputStream().readAllBytes();
    } catch (IOException e) {
      return new byte[0]; // a reset: it was still sending
    }
  }

  private static Socket plain(InetSocketAddress address) throws IOException {
    var socket = new Socket(address.getAddress(), address.getPort());
    socket.setSoTimeout((int) Waiting.LIMIT.toMillis());
    return socket;
  }

  // ---- 82: what is too old, or not agreed on

  enum OldHello {
    SSL_3(hello(0x0300, 0, 0xc02b), PROTOCOL_VERSION),
    TLS_1_0(hello(0x0301, 0, 0xc02b), PROTOCOL_VERSION),
    TLS_1_1(hello(0x0302, 0, 0xc02b), PROTOCOL_VERSION),
    RC4(hello(0x0303, 0, 0xc007, 0xc011, 0x0005), HANDSHAKE_FAILURE),
    CBC(hello(0x0303, 0, 0xc009, 0xc013, 0x002f), HANDSHAKE_FAILURE),
    NO_FORWARD_SECRECY(hello(0x0303, 0, 0x009c, 0x009d), HANDSHAKE_FAILURE),
    SSL_2(HexFormat.of().parseHex("802e0103010015000000100100800700c0"), UNEXPECTED_MESSAGE);

    private final byte[] bytes;
    private final byte[] reply;

    OldHello(byte[] bytes, byte[] reply) {
      this.bytes = bytes;
      this.reply = reply;
    }
  }

  /// A ClientHello (RFC 5246, section 7.4.1.2) in one record.
  private static byte[] hello(int version, int compression, int... suites) {
    try {
      var body = new ByteArrayOutputStream();
      var out = new DataOutputStream(body);
      out.writeShort(version);
      out.write(new byte[32]); // random
      out.writeByte(0); // no session
      out.writeShort(2 * suites.length);
      for (int suite : suites) {
        out.writeShort(suite);
      }
      out.writeByte(1);
      out.writeByte(compression);
      out.writeShort(8 + 12); // extensions
      out.write(HexFormat.of().parseHex("000a000400020017")); // curve secp256r1
      out.write(HexFormat.of().parseHex("000d00080006040305030401")); // SHA-256, SHA-384
      return record(handshake(body.toByteArray()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static byte[] handshake(byte[] body) {
    byte[] message = new byte[4 + body.length];
    message[0] = 1; // client_hello
    message[1] = (byte) (body.length >> 16);
    message[2] = (byte) (body.length >> 8);
    message[3] = (byte) body.length;
    System.arraycopy(body, 0, message, 4, body.length);
    return message;
  }

  private static byte[] record(byte[] content) {
    byte[] bytes = new byte[5 + content.length];
    bytes[0] = 22; // handshake
    bytes[1] = 3;
    bytes[2] = 1;
    bytes[3] = (byte) (content.length >> 8);
    bytes[4] = (byte) content.length;
    System.arraycopy(content, 0, bytes, 5, content.length);
    return bytes;
  }

  /// Row 82.
  @ParameterizedTest
  @EnumSource
  void row82Refuses(OldHello hello) throws IOException {
    var address = listen(server(), Recorder::new);

    try (var peer = plain(address)) {
      peer.getOutputStream().write(hello.bytes);

      byte[] reply = readAll(peer);
      if (reply.length > 0) {
        reply[2] = 3; // the minor version of the record says nothing
      }
      assertThat(reply).isEqualTo(hello.reply);
    }
    Waiting.until("counted", () -> group.usage().failedTlsHandshakes() == 1);
    assertThat(accepted).isEmpty();
  }

  /// The refusals of [OldHello] are for what their names say: the same hello is answered when it is
  /// sound. Row 82: and if it asks for compression, there is none.
  @ParameterizedTest
  @ValueSource(ints = {0, 1})
  void row82DoesNotCompress(int compression) throws IOException {
    var address = listen(server(), Recorder::new);

    try (var peer = plain(address)) {
      peer.getOutputStream().write(hello(0x0303, compression, 0xc02b));

      var in = new DataInputStream(peer.getInputStream());
      assertThat(in.readByte()).as("handshake").isEqualTo((byte) 22);
      in.skipNBytes(2 + 2);
      assertThat(in.readByte()).as("server_hello").isEqualTo((byte) 2);
      in.skipNBytes(3 + 2 + 32);
      in.skipNBytes(in.readUnsignedByte());
      assertThat(in.readShort()).isEqualTo((short) 0xc02b);
      assertThat(in.readByte()).as("compression").isZero();
    }
  }

  /// Row 82: another handshake on an open connection, which TLS 1.2 allows for.
  @Test
  void row82RefusesRenegotiationByAClient() throws IOException {
    var address = listen(server(), PollerFixture::echo);

    try (var peer = connect(address, "TLSv1.2")) {
      peer.getOutputStream().write(Frames.bytes("a"));
      Waiting.until("it is open", () -> !accepted.isEmpty());
      peer.startHandshake();
      assertThatThrownBy(() -> peer.getInputStream().readAllBytes())
          .isInstanceOf(IOException.class);
    } catch (SSLException e) {
      // it may have seen the end even earlier
    }

    firstAccepted().awaitClosed();
    assertThat(firstAccepted().closeReason).isEqualTo(CloseReason.TLS_FAILED);
  }

  @Test
  void row82RefusesRenegotiationByAServer() throws Exception {
    try (var server = foreignServer("TLSv1.2")) {
      var client = new Recorder();
      var serves =
          Thread.ofVirtual()
              .start(
                  () -> {
                    try (var peer = (SSLSocket) server.accept()) {
                      peer.startHandshake();
                      peer.startHandshake(); // again
                      peer.getInputStream().read();
                    } catch (IOException e) {
                      // the client has left
                    }
                  });

      dial(named(server.getLocalSocketAddress()), client(), client);

      client.awaitClosed();
      Waiting.on(serves);
      assertThat(client.closeReason).isEqualTo(CloseReason.TLS_FAILED);
    }
  }

  private static ConnectionOptions offering(String... protocols) {
    return options(Certificates.authority().trusted(), tls -> tls.applicationProtocols(protocols));
  }

  private static ConnectionOptions serving(boolean required, String... protocols) {
    return options(
        Certificates.authority().server().credentials(),
        tls -> tls.applicationProtocols(protocols).requiresApplicationProtocol(required));
  }

  @Test
  void row82AgreesOnAnApplicationProtocol() {
    var address = listen(serving(true, "h2", "ttheader"), Recorder::new);

    var connection = dial(address, offering("grpc-exp", "ttheader", "h2"), new Recorder());

    assertThat(connection.tls().orElseThrow().applicationProtocol()).contains("h2");
    firstAccepted();
    assertThat(firstAccepted().connection().tls().orElseThrow().applicationProtocol())
        .contains("h2");
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void row82RefusesWhenThereIsNoneInCommon(boolean required) {
    var address = listen(serving(required, "h2"), Recorder::new);

    failsToDial(address, offering("ttheader"), "there is no application protocol (ALPN) in common");
  }

  @Test
  void row82RefusesAClientWithoutAlpn() throws IOException {
    try (var log = new LogRecorder(Handshakes.class)) {
      var address = listen(serving(true, "h2"), Recorder::new);

      try (var peer = connect(address)) {
        assertThat(peer.getInputStream().read()).isEqualTo(-1);
      } catch (SSLException e) {
        // the same, seen later
      }

      Waiting.until("logged", () -> !log.lines().isEmpty());
      assertThat(log.lines())
          .singleElement()
          .asString()
          .contains("the peer names no application protocol (ALPN), and one of [h2] is required");
    }
  }

  @Test
  void row82RefusesAServerWithoutAlpn() {
    var address = listen(server(), Recorder::new);

    failsToDial(address, offering("h2"), "the peer names no application protocol (ALPN)");
  }

  @Test
  void takesAClientWithoutAlpnIfToldSo() {
    var address = listen(serving(false, "h2"), Recorder::new);

    assertThat(dial(address, client(), new Recorder()).tls().orElseThrow().applicationProtocol())
        .isEmpty();
  }

  // ---- 83: silence

  /// Row 83: a thousand that connect, and send nothing or half a ClientHello.
  @Test
  void row83ClosesTheSilentAndServesOthers() throws IOException {
    byte[] hello = hello(0x0303, 0, 0xc02b);
    try (var large =
        PollerGroup.start(2, starter(), clock, Duration.ofMillis(1), 2_000, names::resolve)) {
      var address = named(large.listen(tcp(), server(), PollerFixture::echo).address());
      var silent = new ArrayList<Socket>();
      for (int i = 0; i < 1_000; i++) {
        var peer = plain(address);
        peer.getOutputStream().write(hello, 0, i % 2 == 0 ? 0 : 1 + i % (hello.length - 1));
        silent.add(peer);
      }
      Waiting.until("all are in", () -> large.openConnections() == silent.size());

      var client = new Recorder();
      large.dial(address, DIAL_TIMEOUT, client(), client).write(Frames.of("a"));
      Waiting.until("it comes back", () -> client.events.contains("frame a"));
      clock.turn(Duration.ofSeconds(9));
      assertThat(large.openConnections()).isEqualTo(silent.size() + 2);
      clock.turn(Duration.ofSeconds(1));

      Waiting.until(
          "the silent are gone",
          () -> {
            clock.turn(Duration.ofMillis(10)); // what they have sent may be read only now
            return large.openConnections() == 2;
          });
      assertThat(large.usage().failedTlsHandshakes()).isEqualTo(silent.size());
      for (var peer : silent) {
        assertThat(readAll(peer)).isEmpty();
        peer.close();
      }
    }
  }

  /// A whole record, which is the engine's then, with half of a greeting in it.
  @Test
  void countsUnfinishedHandshakesAgainstTheBudget() throws IOException {
    var address = listen(server(), PollerFixture::echo);
    var half = new byte[5 + 4 + 1_000];
    System.arraycopy(new byte[] {22, 3, 3, 3, (byte) 0xec, 1, 0, 0x10, 0}, 0, half, 0, 9);

    try (var peer = plain(address)) {
      peer.getOutputStream().write(half);

      Waiting.until("it is counted", () -> group.usage().waitingBytes() == half.length);
    }
    Waiting.until("and given back", () -> group.usage().waitingBytes() == 0);
  }

  @Test
  void closesAtTheFrameTimeoutInTheMiddleOfARecord() throws IOException {
    var address = listen(server(), Recorder::new);

    try (var plain = plain(address);
        var peer =
            (SSLSocket)
                foreign(Certificates.authority().client())
                    .getSocketFactory()
                    .createSocket(plain, "localhost", address.getPort(), true)) {
      peer.getOutputStream().write(Frames.bytes("whole"));
      Waiting.until("it is served", () -> firstAccepted().events.contains("frame whole"));
      plain.getOutputStream().write(new byte[] {23, 3, 3, 1, 0, 7}); // of a record of 256 bytes
      Waiting.until("that is read", () -> group.usage().waitingBytes() > 0);

      clock.turn(ConnectionOptions.DEFAULT.frameTimeout());

      firstAccepted().awaitClosed();
      assertThat(firstAccepted().closeReason).isEqualTo(CloseReason.FRAME_STALLED);
    }
  }

  @Test
  void row83GivesUpOnASilentServer() throws IOException {
    try (var server = new ServerSocket(0, 8, ((InetSocketAddress) tcp()).getAddress())) {
      var address = named(server.getLocalSocketAddress());

      assertThatThrownBy(
              () -> group.dial(address, Duration.ofMillis(300), client(), new Recorder()))
          .isInstanceOf(SocketTimeoutException.class)
          .hasMessage("no TLS handshake within 300 ms");

      assertThat(group.openConnections()).isZero();
      try (var peer = server.accept()) {
        peer.setSoTimeout((int) Waiting.LIMIT.toMillis());
        assertThat(readAll(peer)).startsWith(22, 3);
      }
    }
  }

  // ---- 84: a handshake that is too large

  enum LargeHello {
    /// A message of 1 MB in records of 16 KiB.
    ONE_MEGABYTE(() -> split(handshake(new byte[1 << 20]), 16 << 10)),
    /// A message of 10 KB in records of one byte.
    ONE_BYTE_RECORDS(() -> split(handshake(new byte[10_000]), 1)),
    /// A record that says it is as large as can be, and does not come.
    PROMISED(() -> new byte[] {22, 3, 1, 0x40, 0}),
    /// A record that is larger than any may be.
    OVERSIZE(() -> new byte[] {22, 3, 1, -1, -1});

    private final Supplier<byte[]> bytes;

    LargeHello(Supplier<byte[]> bytes) {
      this.bytes = bytes;
    }

    private static byte[] split(byte[] message, int recordBytes) {
      var all = new ByteArrayOutputStream();
      for (int at = 0; at < message.length; at += recordBytes) {
        all.writeBytes(
            record(Arrays.copyOfRange(message, at, Math.min(message.length, at + recordBytes))));
      }
      return all.toByteArray();
    }
  }

  /// Row 84: the limit is 16 KiB.
  @ParameterizedTest
  @EnumSource
  void row84Refuses(LargeHello hello) throws IOException {
    try (var log = new LogRecorder(Handshakes.class)) {
      var address = listen(server(), Recorder::new);

      try (var peer = plain(address)) {
        try {
          peer.getOutputStream().write(hello.bytes.get());
        } catch (IOException e) {
          // it is closed already
        }
        readAll(peer);
      }

      Waiting.until("logged", () -> !log.lines().isEmpty());
      assertThat(log.lines())
          .singleElement()
          .asString()
          .containsAnyOf("the peer sends more than maxHandshakeBytes allows", "a TLS record of");
    }
  }

  // ---- 84c: an end that is none

  /// Row 84c: half a reply, then the end of the TCP connection, for which anybody on the way is
  /// able to care.
  @ParameterizedTest
  @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
  void row84cTruncationIsNoEnd(String protocol) throws Exception {
    try (var server = new ServerSocket(0, 8, ((InetSocketAddress) tcp()).getAddress())) {
      var client = new Recorder();
      var foreign = foreign(Certificates.authority().server()).getSocketFactory();
      var serves =
          Thread.ofVirtual()
              .start(
                  () -> {
                    try (var below = server.accept()) {
                      var peer = (SSLSocket) foreign.createSocket(below, "", 0, false);
                      peer.setUseClientMode(false);
                      peer.setEnabledProtocols(new String[] {protocol});
                      peer.getOutputStream().write(Frames.bytes("whole"));
                      peer.getOutputStream().write(Frames.bytes("half"), 0, 6);
                      below.shutdownOutput();
                      assertThat(below.getInputStream().readAllBytes()).isNotNull();
                    } catch (IOException e) {
                      throw new UncheckedIOException(e);
                    }
                  });

      dial(named(server.getLocalSocketAddress()), client(), client);

      client.awaitClosed();
      Waiting.on(serves);
      assertThat(client.events).containsExactly("opened", "frame whole", "closed: TRUNCATED");
    }
  }

  @Test
  void row84cTruncationBetweenFramesIsNoEndEither() throws IOException {
    var address = listen(server(), PollerFixture::echo);
    try (var below = plain(address)) {
      var peer =
          foreign(Certificates.authority().client())
              .getSocketFactory()
              .createSocket(below, "localhost", address.getPort(), false);
      peer.getOutputStream().write(Frames.bytes("a"));
      Waiting.until("it is open", () -> !accepted.isEmpty());
      below.shutdownOutput();

      firstAccepted().awaitClosed();
    }
    assertThat(firstAccepted().events).containsExactly("opened", "closed: TRUNCATED");
  }

  @Test
  void refusesARecordThatWasTamperedWith() throws IOException {
    var address = listen(server(), Recorder::new);
    try (var below = plain(address)) {
      var peer =
          (SSLSocket)
              foreign(Certificates.authority().client())
                  .getSocketFactory()
                  .createSocket(below, "localhost", address.getPort(), false);
      peer.startHandshake();
      firstAccepted();
      byte[] forged = new byte[5 + 40];
      System.arraycopy(new byte[] {23, 3, 3, 0, 40}, 0, forged, 0, 5);

      below.getOutputStream().write(forged);

      firstAccepted().awaitClosed();
      assertThatThrownBy(() -> peer.getInputStream().read()).hasMessageContaining("bad_record_mac");
    }
    assertThat(firstAccepted().closeReason).isEqualTo(CloseReason.TLS_FAILED);
  }

  // ---- TLS meets none

  @ParameterizedTest
  @ValueSource(strings = {"GET / HTTP/1.1\r\n\r\n", "\0\0\0\5hello", "\r"})
  void saysThatAPlainPeerSpeaksNoTls(String text) throws IOException {
    try (var log = new LogRecorder(Handshakes.class)) {
      var address = listen(server(), Recorder::new);

      try (var peer = plain(address)) {
        peer.getOutputStream().write(text.getBytes(US_ASCII));
        assertThat(readAll(peer)).isEqualTo(UNEXPECTED_MESSAGE);
      }

      Waiting.until("logged", () -> !log.lines().isEmpty());
      assertThat(log.lines())
          .singleElement()
          .asString()
          .startsWith("FINE the TLS handshake with /127.0.0.1:")
          .contains(
              "the peer does not speak TLS here: its first byte is 0x%02x (expected: 0x16)"
                  .formatted((int) text.charAt(0)));
      assertThat(group.usage().failedTlsHandshakes()).isEqualTo(1);
    }
  }

  /// Row 4b: more than the buffers of both kernels hold, so that the peer is still writing when it
  /// is refused.
  @ParameterizedTest
  @EnumSource
  void row4bTellsAPlainPeerThatIsStillSending(Backend backend) throws IOException {
    assumeTrue(backend.isAvailable());
    try (var server =
        PollerGroup.start(1, backend.starter(0), clock, Duration.ofMillis(1), 10, names::resolve)) {
      var address = (InetSocketAddress) server.listen(tcp(), server(), Recorder::new).address();

      try (var peer = plain(address)) {
        peer.getOutputStream().write(new byte[32 << 20]);

        assertThat(peer.getInputStream().readAllBytes()).isEqualTo(UNEXPECTED_MESSAGE);
      }
      Waiting.until("it is gone", () -> server.openConnections() == 0);
    }
  }

  /// Row 4b: no end comes, and it is closed on all the same.
  @Test
  void row4bClosesOnAPlainPeerThatStays() throws IOException {
    var address = listen(server(), Recorder::new);

    try (var peer = plain(address)) {
      peer.getOutputStream().write(new byte[5]);
      assertThat(peer.getInputStream().readAllBytes()).isEqualTo(UNEXPECTED_MESSAGE);
      Waiting.until(
          "it is gone",
          () -> {
            clock.turn(Duration.ofSeconds(1));
            return group.openConnections() == 0;
          });
    }
    assertThat(accepted).isEmpty();
  }

  /// As seen by a client of ours that was set up without TLS.
  @Test
  void closesOnAPlainClient() {
    var client = new Recorder();

    dial(listen(server(), Recorder::new), client).write(Frames.of("hello"));

    client.awaitClosed();
    assertThat(accepted).isEmpty();
  }

  @Test
  void saysThatAPlainServerClosed() {
    var address = named(listen(tcp(), PollerFixture::echo)); // takes the hello for a huge frame

    failsToDial(address, client(), "the peer closed the connection in the middle of it");
  }

  @Test
  void saysThatAPlainServerAnswersWithoutTls() throws Exception {
    try (var server = new ServerSocket(0, 8, ((InetSocketAddress) tcp()).getAddress())) {
      var serves =
          Thread.ofVirtual()
              .start(
                  () -> {
                    try (var peer = server.accept()) {
                      peer.getOutputStream().write("HTTP/1.1 400 Bad\r\n".getBytes(US_ASCII));
                      readAll(peer);
                    } catch (IOException e) {
                      throw new UncheckedIOException(e);
                    }
                  });

      failsToDial(
          named(server.getLocalSocketAddress()), client(), "the peer does not speak TLS here");
      Waiting.on(serves);
    }
  }
}
