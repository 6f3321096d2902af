package io.windhover.conformance;

import static io.windhover.conformance.Bytes.EMPTY_HEADER;
import static io.windhover.conformance.Bytes.ascii;
import static io.windhover.conformance.Bytes.call;
import static io.windhover.conformance.Bytes.framed;
import static io.windhover.conformance.Bytes.hex;
import static io.windhover.conformance.Bytes.join;
import static io.windhover.conformance.Bytes.ttheader;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.windhover.buffer.LinkBuffer;
import io.windhover.buffer.NodePool;
import io.windhover.interop.everything.Interop;
import io.windhover.rpc.RpcException;
import io.windhover.rpc.client.Client;
import io.windhover.rpc.server.Server;
import io.windhover.rpc.server.ServerBuilder;
import io.windhover.rpc.wire.FrameCutter;
import io.windhover.rpc.wire.WireFormats;
import io.windhover.rpc.wire.WireLimits;
import io.windhover.thrift.Binary;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.logging.Level;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// What a server does with bad input: the rows of the table of bad inputs, by their numbers.
///
/// After each of them a healthy client is served at once, all buffers are back in the pool, and the
/// heap holds no more than before. The whole runs in 128 MiB.
@Timeout(30)
final class BadInputTest {

  private static final int MAX_ERROR_CHARS = 400; // 256 of the peer's, and what we say to them
  private static final int MAX_GROWTH_BYTES = 4 << 20;
  private static final String SERVER_LOG = "io.windhover.rpc.server";
  private static final byte[] ECHO_7 = call("echoI32", "080001 00000007 00");
  private static final Binary RESULT_7 = Binary.wrap(hex("080000 00000007 00"));

  private final CountDownLatch started = new CountDownLatch(1);
  private final CountDownLatch interrupted = new CountDownLatch(1);
  private Server server;
  private long liveBytesBefore;
  private long heldBytesBefore;

  @BeforeEach
  void start() throws IOException {
    heldBytesBefore = NodePool.shared().heldBytes();
    liveBytesBefore = liveBytes();
    server = server().start();
  }

  @AfterEach
  void leavesNothingBehind() {
    server.stop();
    assertThat(NodePool.shared().heldBytes()).as("lent memory").isEqualTo(heldBytesBefore);
    assertThat(liveBytes() - liveBytesBefore).as("heap growth").isLessThan(MAX_GROWTH_BYTES);
  }

  private ServerBuilder server() {
    return Server.builder()
        .address(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
        .service(Interops.serve(this::waitToBeInterrupted));
  }

  private void waitToBeInterrupted() {
    started.countDown();
    try {
      new CountDownLatch(1).await();
    } catch (InterruptedException e) {
      interrupted.countDown();
      Thread.currentThread().interrupt();
    }
  }

  private static long liveBytes() {
    System.gc();
    var runtime = Runtime.getRuntime();
    return runtime.totalMemory() - runtime.freeMemory() - NodePool.shared().idleBytes();
  }

  static Stream<BadInput> table() {
    return Stream.of(
            BadInput.atTheFrontDoor(),
            BadInput.inThriftSizes(),
            BadInput.inThriftNesting(),
            BadInput.inThriftFields(),
            BadInput.inMessageHeaders(),
            BadInput.inTTHeaderLengths(),
            BadInput.inTTHeaderBlocks())
        .flatMap(rows -> rows);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("table")
  void survives(BadInput row) throws IOException {
    try (var peer = RawConnection.to(server.port())) {
      peer.trySend(row.bytes().get());

      switch (row.then()) {
        case ANSWERS_AND_GOES_ON -> {
          assertAnswer(row, peer.read());
          assertHealthy();
          peer.send(framed(ECHO_7));
          assertThat(peer.read().struct()).isEqualTo(RESULT_7);
        }
        case ANSWERS_AND_CLOSES -> {
          assertAnswer(row, peer.read());
          peer.assertEndsWithoutAWord();
          assertHealthy();
        }
        case CLOSES_WITHOUT_A_WORD -> {
          peer.assertEndsWithoutAWord();
          assertHealthy();
        }
      }
    }
  }

  private static void assertAnswer(BadInput row, Answer answer) {
    assertThat(answer.header().sequenceId()).isEqualTo(1);
    if (row.result() != null) {
      assertThat(HexFormat.of().formatHex(answer.struct().toByteArray()))
          .isEqualTo(row.result().replace(" ", ""));
    } else {
      assertThat(answer.isException()).isTrue();
      var message = answer.error().message();
      assertThat(answer.error().type()).as(message).isEqualTo(row.code());
      assertThat(message).doesNotMatch("(?s).*\\p{Cntrl}.*").hasSizeLessThan(MAX_ERROR_CHARS);
    }
  }

  /// Another client has its answer within a second, whatever happens beside it.
  private void assertHealthy() {
    try (var client = Client.builder(server.address()).timeout(Duration.ofSeconds(1)).build()) {
      assertThat(Interop.on(client).echoI32(7)).isEqualTo(7);
    }
  }

  @Test
  @DisplayName("2: connects and says nothing")
  void closesSilentConnections() throws IOException {
    try (var impatient = server().firstByteTimeout(Duration.ofMillis(1)).start();
        var peer = RawConnection.to(impatient.port())) {
      peer.assertEndsWithoutAWord();
    }
  }

  @Test
  @DisplayName("4: TLS ClientHello on a plain port")
  void namesTlsInTheLog() throws IOException {
    try (var log = new LogCapture(SERVER_LOG);
        var peer = RawConnection.to(server.port())) {
      peer.send(join(hex("16 0301 0200 01 0001fc 0303"), new byte[506]));

      peer.assertEndsWithoutAWord();
      assertThat(log.records())
          .anySatisfy(record -> assertThat(log.text(record)).contains("looks like TLS"))
          .allSatisfy(record -> assertThat(record.getLevel()).isEqualTo(Level.FINE));
    }
    assertHealthy();
  }

  @Test
  @DisplayName("5: GET / HTTP/1.1 on an RPC port")
  void answersHttpInItsOwnLanguage() throws IOException {
    try (var peer = RawConnection.to(server.port())) {
      peer.send(ascii("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n"));

      assertThat(peer.readToEnd())
          .startsWith("HTTP/1.1 400 Bad Request\r\n")
          .endsWith("\r\n\r\nThis port speaks RPC, not HTTP/1\n");
    }
    assertHealthy();
  }

  @Test
  @DisplayName("7: half a frame, then silence")
  void closesAtTheFrameTimeout() throws IOException {
    try (var impatient = server().frameTimeout(Duration.ofMillis(1)).start();
        var peer = RawConnection.to(impatient.port())) {
      peer.send(framed(ECHO_7));
      assertThat(peer.read().struct()).isEqualTo(RESULT_7);

      peer.send(hex("00fffffc 80010001"));

      peer.assertEndsWithoutAWord();
    }
  }

  static Stream<byte[]> echoInEachProtocol() {
    return Stream.of(
        ECHO_7,
        framed(ECHO_7),
        ttheader(EMPTY_HEADER, ECHO_7),
        ttheader(EMPTY_HEADER, framed(ECHO_7)));
  }

  @ParameterizedTest(name = "8: valid traffic in 1-byte segments, protocol {index}")
  @MethodSource("echoInEachProtocol")
  void readsByteByByte(byte[] request) throws IOException {
    try (var peer = RawConnection.to(server.port())) {
      for (int i = 0; i < 3; i++) {
        peer.sendInPieces(request, 1);
        assertThat(peer.read().struct()).isEqualTo(RESULT_7);
      }
    }
  }

  @Test
  @DisplayName("9: RST in the middle of a frame")
  void forgetsHalfAFrame() throws IOException {
    try (var peer = RawConnection.to(server.port())) {
      peer.send(join(framed(ECHO_7), hex("00fffffc 80010001"), new byte[100_000]));
      assertThat(peer.read().struct()).isEqualTo(RESULT_7);

      peer.reset();
    }
    assertHealthy();
  }

  @Test
  @DisplayName("9: RST while the handler runs")
  void interruptsTheHandler() throws Exception {
    try (var log = new LogCapture(SERVER_LOG);
        var peer = RawConnection.to(server.port())) {
      peer.send(framed(call("sleep", "080001 00000000 00")));
      started.await();

      peer.reset();

      interrupted.await();
      assertHealthy();
      server.stop();
      assertThat(log.records())
          .filteredOn(record -> !record.getMessage().startsWith("stop")) // the server's own
          .allSatisfy(record -> assertThat(record.getLevel()).isEqualTo(Level.FINE));
    }
  }

  @Test
  @DisplayName("10: request, then FIN")
  void answersAPeerThatSaysNoMore() throws IOException {
    try (var peer = RawConnection.to(server.port())) {
      peer.send(join(framed(ECHO_7), framed(ECHO_7)));
      peer.endOutput();

      assertThat(peer.read().struct()).isEqualTo(RESULT_7);
      assertThat(peer.read().struct()).isEqualTo(RESULT_7);
      peer.assertEndsWithoutAWord();
    }
    assertHealthy();
  }

  @Test
  @DisplayName("46: writing a request at depth 65")
  void refusesToSendADeepRequest() {
    try (var client = Client.builder(server.address()).build()) {
      var interop = Interop.on(client);

      assertThat(interop.echoTree(Interops.nested(63))).isEqualTo(Interops.nested(63));
      assertThatExceptionOfType(RpcException.class)
          .isThrownBy(() -> interop.echoTree(Interops.nested(64)))
          .withMessageContaining("PROTOCOL at SEND")
          .withMessageContaining("nested more than 64 levels deep");
    }
  }

  @Test
  @DisplayName("50: 16 MiB in 1-byte segments, as the poller sees them")
  void looksAtEachByteOnce() {
    var field = hex("0a0063 0000000000000000");
    var head = call("echoI32", "");
    int fields = ((16 << 20) - 64) / field.length;
    int message = head.length + fields * field.length + 1;
    for (var prefix : List.of(new byte[0], hex("%08x".formatted(message)))) {
      var cutter = new FrameCutter(WireLimits.ofMessageBytes(16 << 20), WireFormats.PLAIN);
      try (var input = new LinkBuffer()) {
        feed(prefix, input, cutter);
        feed(head, input, cutter);
        for (int i = 0; i < fields; i++) {
          feed(field, input, cutter);
          assertThat(Thread.interrupted()).as("too slow").isFalse();
        }
        input.writeByte(0);

        assertThat(cutter.frameBytes(input)).isEqualTo(prefix.length + message);
      }
    }
  }

  private static void feed(byte[] bytes, LinkBuffer input, FrameCutter cutter) {
    for (byte b : bytes) {
      input.writeByte(b);
      if (cutter.frameBytes(input) != 0) {
        throw new AssertionError("an end after " + input.size() + " bytes");
      }
    }
  }

  @Test
  @DisplayName("50: a 16 MiB frame in 1 KiB segments")
  void takesTheLargestFrameInSmallSegments() throws IOException {
    int size = 16 << 20;
    var head = call("echoI32", hex("080001 00000007 0b0063"));
    int unknown = size - 4 - head.length - 4 - 1;
    try (var peer = RawConnection.to(server.port())) {
      peer.send(join(hex("%08x".formatted(size - 4)), head, hex("%08x".formatted(unknown))));
      var kibibyte = new byte[1024];
      for (int left = unknown; left > 0; left -= kibibyte.length) {
        peer.send(left >= kibibyte.length ? kibibyte : new byte[left]);
      }
      peer.send(hex("00"));

      assertThat(peer.read().struct()).isEqualTo(RESULT_7);
    }
    assertHealthy();
  }

  @Test
  @DisplayName("60: a good frame, then garbage")
  void answersTheGoodFrameBeforeGarbage() throws IOException {
    for (var good : echoInEachProtocol().toList()) {
      try (var peer = RawConnection.to(server.port())) {
        peer.send(join(good, hex("0000001e 20000001 00000000")));

        assertThat(peer.read().struct()).isEqualTo(RESULT_7);
        peer.assertEndsWithoutAWord();
      }
    }
    assertHealthy();
  }
}
