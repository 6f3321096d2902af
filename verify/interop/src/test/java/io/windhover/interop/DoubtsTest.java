package io.windhover.interop;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// What reading Kitex's sources left open, seen between two Kitex programs. A row that fails tells
/// that another version does otherwise; what follows is in `docs/wire/kitex-observed.md`.
@ExtendWith(InteropTable.Parameter.class)
final class DoubtsTest {
  private static final String TTHEADER = "ttheader-framed";

  private interface Look {
    /// @return what was seen
    String look(Kitex kitex, Peer server) throws IOException;
  }

  @Test
  void onewayCallsAreOfTypeFour(InteropTable table) {
    check(
        table,
        TTHEADER,
        "type of a oneway call",
        "80010004",
        (kitex, server) -> {
          var hex = request(kitex, server, TTHEADER, "-only=oneway");
          return hex.substring(hex.indexOf(hex("\0\0\0\4tick\0")) - 8).substring(0, 8);
        });
  }

  @Test
  void tellsThatAHandlerPanicked(InteropTable table) {
    check(
        table,
        TTHEADER,
        "text of a panic",
        "remote or network error[remote]: panic: [happened in biz handler,"
            + " method=Interop.crash, please check the panic at the server side] broken, 坏",
        (kitex, server) -> call(kitex, server, TTHEADER, "-only=crashing handler"));
  }

  @Test
  void answersNoStreamOfNoService(InteropTable table) {
    checkDoubt(table, "ttheader-streaming", "stream of no service", "no answer");
  }

  /// The pool of connections keeps its lock when it cannot connect.
  @Test
  void hangsAtTheSecondStreamToADeadAddress(InteropTable table) {
    checkDoubt(table, "ttheader-streaming", "streams to a dead address", "the second hangs");
  }

  /// So that a retry is not known as one behind a hop of gRPC.
  @Test
  void changesTheCaseOfNamesOverGrpc(InteropTable table) {
    checkDoubt(table, TTHEADER, "name of a persistent value", "RetryReq");
    checkDoubt(table, "grpc", "name of a persistent value", "RETRYREQ");
  }

  @Test
  void wrapsArgumentsOverGrpc(InteropTable table) {
    check(
        table,
        "grpc",
        "arguments over gRPC",
        "a struct with one field",
        (kitex, server) -> {
          assertThat(request(kitex, server, "grpc", "-theme=doubts", "-only=arguments"))
              .contains("00" + "00000008" + "0800011122334400");
          return "a struct with one field";
        });
  }

  @Test
  void ignoresTheFrameTypeOfACall(InteropTable table) {
    check(
        table,
        TTHEADER,
        "frame type of a call",
        "answered",
        (kitex, server) -> {
          var call = "80010001 00000007 6e6f7468696e67 00000001 00".replace(" ", "");
          var header = "10000000 00000001 0003 0000 10 0001 001b 0001 33 0000".replace(" ", "");
          try (var connection = new Socket(server.main().getAddress(), server.main().getPort())) {
            var frame = header + call;
            var length = "%08x".formatted(frame.length() / 2);
            connection.getOutputStream().write(HexFormat.of().parseHex(length + frame));
            var reply = new DataInputStream(connection.getInputStream());
            assertThat(HexFormat.of().formatHex(reply.readNBytes(reply.readInt())))
                .contains("80010002");
            return "answered";
          }
        });
  }

  /// The client reads a control frame with what it has not set up, and drops the connection.
  @Test
  void losesCallsOverMuxWhenTheServerStops(InteropTable table) {
    var kitex = Kitex.orAbort();
    try (var server = StoppingServer.of(kitex.serve("-mux"))) {
      table.check(
          new Column(
              Column.DOUBTS,
              kitex.name(),
              kitex.name(),
              "ttheader-mux",
              () -> {
                server.stopWithCallsInFlight();
                var detail =
                    kitex
                        .call(
                            server.address(),
                            server.address(),
                            "ttheader-mux",
                            "-theme=load",
                            "-only=calls in flight",
                            "-for=500ms")
                        .getFirst()
                        .detail();
                return List.of(
                    row(
                        "calls over mux in flight",
                        detail,
                        "after 0 calls: remote or network error: conn closed"));
              }));
    }
  }

  @Test
  void postsFramesOverHttp(InteropTable table) throws IOException {
    var kitex = Kitex.orAbort();
    var posted = new AtomicReference<>("");
    var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          var request = HexFormat.of().formatHex(exchange.getRequestBody().readAllBytes());
          posted.set(exchange.getRequestMethod() + " " + exchange.getRequestURI() + " " + request);
          var reply =
              HexFormat.of()
                  .parseHex(request.replace("80010001", "80010002").replace("080001", "080000"));
          exchange.sendResponseHeaders(200, reply.length);
          exchange.getResponseBody().write(reply);
          exchange.close();
        });
    server.start();
    try {
      table.check(
          new Column(
              Column.DOUBTS,
              kitex.name(),
              "HTTP",
              "http",
              () -> {
                var outcomes =
                    kitex.call(
                        server.getAddress(),
                        server.getAddress(),
                        "http",
                        "-theme=doubts",
                        "-only=arguments");
                assertThat(outcomes).allMatch(Outcome::ok);
                return List.of(
                    row(
                        "request over HTTP",
                        posted.get(),
                        "POST /echoI32"
                            + " 0000001b80010001000000076563686f493332000000010800011122334400"));
              }));
    } finally {
      server.stop(0);
    }
  }

  private static void checkDoubt(
      InteropTable table, String transport, String scenario, String wanted) {
    check(
        table,
        transport,
        scenario,
        wanted,
        (kitex, server) -> call(kitex, server, transport, "-theme=doubts", "-only=" + scenario));
  }

  private static void check(
      InteropTable table, String transport, String scenario, String wanted, Look look) {
    var kitex = Kitex.orAbort();
    try (var server = kitex.serve()) {
      table.check(
          new Column(
              Column.DOUBTS,
              kitex.name(),
              server.name(),
              transport,
              () -> List.of(row(scenario, look(look, kitex, server), wanted))));
    }
  }

  private static String look(Look look, Kitex kitex, Peer server) {
    try {
      return look.look(kitex, server);
    } catch (IOException e) {
      return e.toString();
    }
  }

  private static Outcome row(String scenario, String seen, String wanted) {
    return new Outcome(scenario, seen.equals(wanted), seen);
  }

  private static String call(Kitex kitex, Peer server, String transport, String... flags) {
    return kitex.call(server.main(), server.newer(), transport, flags).stream()
        .map(Outcome::detail)
        .collect(Collectors.joining());
  }

  /// All that the client says, in hex.
  private static String request(Kitex kitex, Peer server, String transport, String... flags) {
    var proxy = RecordingProxy.to(server.main());
    try (proxy) {
      assertThat(kitex.call(proxy.address(), server.newer(), transport, flags))
          .allMatch(Outcome::ok);
    }
    return proxy.turns().stream()
        .flatMap(List::stream)
        .filter(RecordingProxy.Turn::isRequest)
        .map(turn -> HexFormat.of().formatHex(turn.bytes().toByteArray()))
        .collect(Collectors.joining());
  }

  private static String hex(String text) {
    return HexFormat.of().formatHex(text.getBytes(UTF_8));
  }
}
