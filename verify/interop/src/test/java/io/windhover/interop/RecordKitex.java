package io.windhover.interop;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.DataInputStream;
import java.io.IOException;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Records what a Kitex client and a Kitex server say to each other, as the samples of
/// `verify/conformance`.
///
/// A line is what one side said until the other did; on a mux connection and one of streams it is a
/// frame.
///
/// Not part of a build, and so not named like a test. To record anew:
///
/// ```
/// mvn test -pl verify/interop -am -Dtest=RecordKitex -Dsurefire.failIfNoSpecifiedTests=false
/// ```
///
/// Maps come in another order each time, since Go's do.
final class RecordKitex {
  private static final Path SAMPLES =
      Path.of("..", "conformance", "src", "test", "resources", "kitex");
  private static final int MAX_BYTES = 4096;
  private static final int STRICT_VERSION = 0x8001;

  /// Scenarios with one call at a time and small values.
  private static final List<String> SCENARIOS =
      List.of(
          "bool",
          "byte",
          "i16",
          "i32",
          "i64",
          "double",
          "enum",
          "list",
          "set",
          "map",
          "struct",
          "struct of lists",
          "struct of sets",
          "struct of maps",
          "nested containers",
          "requiredness",
          "union",
          "recursive struct",
          "several arguments",
          "void",
          "declared exception",
          "exception of a void method",
          "failing handler",
          "crashing handler",
          "oneway",
          "timeout seen by the server",
          "unknown service",
          "unknown method",
          "second service",
          "method name of two services",
          "newer client, older server",
          "older client, newer server");

  /// Those about what goes along with a call.
  private static final List<String> CALL_SCENARIOS =
      List.of(
          "name of the caller",
          "transient metadata",
          "persistent metadata",
          "backward metadata",
          "business error");

  /// Those of streams with few and small notes, one stream at a time.
  private static final List<String> STREAM_SCENARIOS =
      List.of(
          "server stream",
          "server stream of none",
          "server stream, error",
          "server stream, crash",
          "server stream, business error",
          "client stream",
          "client stream of none",
          "client stream, error",
          "client stream, business error",
          "client stream, early answer",
          "both ways",
          "both ways, half close",
          "both ways, error",
          "both ways, business error",
          "both ways, server returns",
          "header and trailer",
          "metadata of a stream",
          "client cancels",
          "client cancels, both ways",
          "timeout of a stream",
          "timeout of a receive",
          "unknown method of a stream",
          "unary call beside streams");

  @ParameterizedTest
  @ValueSource(strings = {"buffered", "framed", "ttheader", "ttheader-framed"})
  void records(String transport) throws IOException {
    var kitex = Kitex.build().orElseThrow();
    try (var server = kitex.serve()) {
      for (var scenario : SCENARIOS) {
        write(transport + "-" + scenario, record(kitex, server, transport, scenario, "values"));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"ttheader-framed", "ttheader-checked", "ttheader-mux"})
  void recordsWhatGoesAlong(String transport) throws IOException {
    var kitex = Kitex.build().orElseThrow();
    var flags =
        transport.equals("ttheader-framed")
            ? new String[0]
            : new String[] {transport.replace("ttheader", "")};
    try (var server = kitex.serve(flags)) {
      for (var scenario : CALL_SCENARIOS) {
        write(
            "calls/" + transport + "-" + scenario,
            record(kitex, server, transport, scenario, "calls"));
      }
    }
  }

  @Test
  void recordsMux() throws IOException {
    var kitex = Kitex.build().orElseThrow();
    var transport = "ttheader-mux";
    try (var server = kitex.serve("-mux")) {
      for (var scenario : SCENARIOS) {
        write("mux/" + scenario, record(kitex, server, transport, scenario, "values"));
      }
    }
  }

  /// Keeps a connection open while its server stops.
  @Test
  void recordsTheEndOfMux() throws IOException {
    var kitex = Kitex.build().orElseThrow();
    var call = Files.readAllLines(SAMPLES.resolve("mux/void.hex")).get(2);
    var text = new ArrayList<String>();
    text.add("# peer: " + kitex.name() + ", transport: ttheader-mux, the server stops");
    text.addAll(List.of("# connection", call));
    var server = kitex.serve("-mux");
    try (server;
        var connection = new Socket(server.main().getAddress(), server.main().getPort())) {
      connection.getOutputStream().write(HexFormat.of().parseHex(call.substring(2)));
      text.add("< " + HexFormat.of().formatHex(readFrame(connection)));
      Thread.startVirtualThread(server::close);
      text.add("< " + HexFormat.of().formatHex(readFrame(connection)));
      assertThat(connection.getInputStream().read()).isEqualTo(-1);
    }
    write("mux/server-stops", String.join("\n", text) + "\n");
  }

  private static byte[] readFrame(Socket connection) throws IOException {
    var in = new DataInputStream(connection.getInputStream());
    int length = in.readInt();
    return ByteBuffer.allocate(Integer.BYTES + length)
        .putInt(length)
        .put(in.readNBytes(length))
        .array();
  }

  @Test
  void recordsStreams() throws IOException {
    var kitex = Kitex.build().orElseThrow();
    var transport = "ttheader-streaming";
    try (var server = kitex.serve()) {
      for (var scenario : STREAM_SCENARIOS) {
        write("streams/" + scenario, record(kitex, server, transport, scenario, "streams"));
      }
    }
  }

  private static void write(String name, String sample) throws IOException {
    assertThat(sample).as(name).hasSizeLessThan(MAX_BYTES);
    var file = SAMPLES.resolve(name.replaceAll("[ ,]+", "-") + ".hex");
    Files.createDirectories(file.getParent());
    Files.writeString(file, sample);
  }

  private static String record(
      Kitex kitex, Peer server, String transport, String scenario, String theme) {
    var main = RecordingProxy.to(server.main());
    var newer = RecordingProxy.to(server.newer());
    try (main;
        newer) {
      var flags = new String[] {"-only=" + scenario, "-theme=" + theme};
      assertThat(kitex.call(main.address(), newer.address(), transport, flags))
          .singleElement()
          .satisfies(outcome -> assertThat(outcome.ok()).as(outcome.toString()).isTrue());
    }
    var text = new ArrayList<String>();
    text.add("# peer: " + kitex.name() + ", transport: " + transport + ", scenario: " + scenario);
    for (var connection : Stream.concat(main.turns().stream(), newer.turns().stream()).toList()) {
      text.add("# connection");
      for (var turn : connection) {
        if (transport.endsWith("mux") || theme.equals("streams")) {
          frames(turn).forEach(frame -> text.add(line(turn, frame)));
        } else {
          if (turn.isRequest()) {
            text.add("# call: " + method(turn.bytes().toByteArray()));
          }
          text.add(line(turn, turn.bytes().toByteArray()));
        }
      }
    }
    return String.join("\n", text) + "\n";
  }

  private static String line(RecordingProxy.Turn turn, byte[] bytes) {
    return (turn.isRequest() ? "> " : "< ") + HexFormat.of().formatHex(bytes);
  }

  /// The frames of one side's turn: both sides may send several on such a connection.
  private static List<byte[]> frames(RecordingProxy.Turn turn) {
    var rest = ByteBuffer.wrap(turn.bytes().toByteArray());
    var frames = new ArrayList<byte[]>();
    while (rest.hasRemaining()) {
      var frame = new byte[Integer.BYTES + rest.getInt(rest.position())];
      rest.get(frame);
      frames.add(frame);
    }
    return frames;
  }

  /// Finds the method's name: it follows the message's version and type.
  private static String method(byte[] request) {
    for (int at = 0; at + 8 < request.length; at++) {
      if (unsignedShort(request, at) == STRICT_VERSION && request[at + 2] == 0) {
        int length = unsignedShort(request, at + 6);
        return new String(request, at + 8, length, StandardCharsets.US_ASCII);
      }
    }
    throw new AssertionError("no Thrift message in " + HexFormat.of().formatHex(request));
  }

  private static int unsignedShort(byte[] bytes, int at) {
    return (bytes[at] & 0xff) << 8 | bytes[at + 1] & 0xff;
  }
}
