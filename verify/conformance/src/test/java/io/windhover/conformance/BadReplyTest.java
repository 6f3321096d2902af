package io.windhover.conformance;

import static io.windhover.conformance.Bytes.EMPTY_HEADER;
import static io.windhover.conformance.Bytes.ascii;
import static io.windhover.conformance.Bytes.framed;
import static io.windhover.conformance.Bytes.hex;
import static io.windhover.conformance.Bytes.message;
import static io.windhover.conformance.Bytes.ttheader;
import static org.assertj.core.api.Assertions.assertThat;

import io.windhover.interop.everything.Interop;
import io.windhover.rpc.RpcException;
import io.windhover.rpc.RpcException.Kind;
import io.windhover.rpc.client.Client;
import io.windhover.thrift.Binary;
import io.windhover.thrift.MessageHeader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// What a client makes of bad replies: the rows of the table of bad inputs, by their numbers. The
/// test is the server, and the client has one connection.
@Timeout(30)
final class BadReplyTest {

  private static final byte[] RESULT_7 = hex("080000 00000007 00");
  private static final byte[] BUSY = hex("0b0001 00000004 62757379 080002 00000006 00");
  private static final int CALL = MessageHeader.CALL;
  private static final int REPLY = MessageHeader.REPLY;
  private static final int EXCEPTION = MessageHeader.EXCEPTION;
  private static final int FIRST = 1; // sequence id of a client's first call

  private final ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();
  private ServerSocket server;
  private Client client;

  @BeforeEach
  void start() throws IOException {
    server = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
    client = client(Duration.ofSeconds(20));
  }

  @AfterEach
  void stop() throws IOException {
    client.close();
    executor.close();
    server.close();
  }

  private Client client(Duration timeout) {
    return Client.builder(server.getLocalSocketAddress())
        .timeout(timeout)
        .maxConnections(1)
        .maxMessageBytes(1 << 20)
        .build();
  }

  private Future<Integer> call() {
    return executor.submit(() -> Interop.on(client).echoI32(7));
  }

  private RawConnection accept() throws IOException {
    return new RawConnection(server.accept());
  }

  /// @param kept whether the connection may carry the next call
  record Row(String number, String reply, Binary bytes, Kind kind, String message, boolean kept) {
    @Override
    public String toString() {
      return number + ": " + reply;
    }
  }

  static Stream<Row> table() {
    return Stream.of(
        unreadable("51", "wrong sequence id", reply(99), "sequence id: 99 (expected: 1)"),
        unreadable("51", "sequence id 0", reply(0), "sequence id: 0 (expected: 1)"),
        unreadable(
            "51",
            "wrong method name",
            framed(message(REPLY, "other", FIRST, RESULT_7)),
            "method name: other (expected: echoI32)"),
        unreadable(
            "51",
            "a CALL",
            framed(message(CALL, "echoI32", FIRST, RESULT_7)),
            "message type: 1 (a client expects: 2 reply or 3 exception)"),
        unreadable(
            "51",
            "message type 9",
            framed(message(9, "echoI32", FIRST, RESULT_7)),
            "message type: 9"),
        new Row(
            "51",
            "an EXCEPTION with sequence id 0 and no name, as proxies send",
            Binary.wrap(framed(message(EXCEPTION, "", 0, BUSY))),
            Kind.REMOTE,
            "the server answered with error 6: busy",
            true),
        unreadable("43", "negative size", result("0b0063 ffffffff 00"), "size: -1"),
        unreadable("48", "STOP missing", result("080000 00000007"), "the message ends too early"),
        unreadable("40", "framed length 0", hex("00000000"), "unknown protocol"),
        unreadable("40", "over the limit", hex("000ffffd 80010002"), "limit: maxMessageBytes"),
        unreadable(
            "55",
            "protocol id 9",
            ttheader("0001 0900 0000", message(REPLY, "echoI32", FIRST, RESULT_7)),
            "protocol id: 9"),
        unreadable("4", "TLS alert", hex("15 0303 0002 0250"), "The server speaks TLS"),
        unreadable(
            "5", "an HTTP/1 response", ascii("HTTP/1.1 400 Bad"), "looks like an HTTP/1 response"));
  }

  private static Row unreadable(String number, String reply, byte[] bytes, String message) {
    return new Row(number, reply, Binary.wrap(bytes), Kind.PROTOCOL, message, false);
  }

  private static byte[] reply(int sequenceId) {
    return framed(message(REPLY, "echoI32", sequenceId, RESULT_7));
  }

  private static byte[] result(String hex) {
    return framed(message(REPLY, "echoI32", FIRST, hex(hex)));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("table")
  void failsThatCallOnly(Row row) throws Exception {
    var call = call();
    try (var connection = accept()) {
      connection.read();
      connection.send(row.bytes.toByteArray());

      var failure = failure(call);
      assertThat(failure.kind()).as(failure.getMessage()).isEqualTo(row.kind);
      assertThat(failure).hasMessageContaining(row.message);
      if (!row.kept) {
        connection.assertEndsWithoutAWord();
      }
      assertNextCallSucceeds(row.kept ? connection : null);
    }
  }

  private static RpcException failure(Future<Integer> call) throws InterruptedException {
    try {
      throw new AssertionError("answered with " + call.get());
    } catch (ExecutionException e) {
      return (RpcException) e.getCause();
    }
  }

  /// @param connection the one that it must use, or null for a new one
  private void assertNextCallSucceeds(RawConnection connection) throws Exception {
    var next = call();
    try (var used = connection != null ? connection : accept()) {
      var request = used.read();
      used.send(reply(request.header().sequenceId()));

      assertThat(next.get()).isEqualTo(7);
    }
  }

  @Test
  @DisplayName("51, 63: a late reply meets no other call")
  void closesTheConnectionOfACallThatWasGivenUp() throws Exception {
    client.close();
    client = client(Duration.ofMillis(50));
    var call = call();
    try (var connection = accept()) {
      connection.read();
      assertThat(failure(call).kind()).isEqualTo(Kind.TIMEOUT);

      connection.assertEndsWithoutAWord();
      connection.trySend(reply(FIRST));
    }
    client.close();
    client = client(Duration.ofSeconds(20));
    assertNextCallSucceeds(null);
  }

  @Test
  @DisplayName("51: a second reply to one call meets no other call")
  void closesTheConnectionOfAServerThatAnswersTwice() throws Exception {
    var call = call();
    try (var connection = accept()) {
      connection.read();
      connection.send(reply(FIRST));
      assertThat(call.get()).isEqualTo(7);

      connection.send(reply(FIRST + 1));

      connection.assertEndsWithoutAWord();
      assertNextCallSucceeds(null);
    }
  }

  @Test
  @DisplayName("51: header sequence id of a TTHeader reply does not matter")
  void goesByTheSequenceIdOfTheMessage() throws Exception {
    var call = call();
    try (var connection = accept()) {
      connection.read();
      connection.send(ttheader(EMPTY_HEADER, message(REPLY, "echoI32", FIRST, RESULT_7)));
      assertThat(call.get()).isEqualTo(7);

      call = call();
      connection.read();
      connection.send(ttheader(EMPTY_HEADER, message(REPLY, "echoI32", FIRST + 1, RESULT_7)));
      assertThat(call.get()).isEqualTo(7);
    }
  }
}
