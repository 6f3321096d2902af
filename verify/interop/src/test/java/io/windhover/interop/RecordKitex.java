package io.windhover.interop;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Records what a Kitex client and a Kitex server say to each other, as the samples of
/// `verify/conformance`.
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

  @ParameterizedTest
  @ValueSource(strings = {"buffered", "framed", "ttheader", "ttheader-framed"})
  void records(String transport) throws IOException {
    var kitex = Kitex.build().orElseThrow();
    Files.createDirectories(SAMPLES);
    try (var server = kitex.serve()) {
      for (var scenario : SCENARIOS) {
        var sample = record(kitex, server, transport, scenario);
        assertThat(sample).as(scenario).hasSizeLessThan(MAX_BYTES);
        var file = transport + "-" + scenario.replaceAll("[ ,]+", "-") + ".hex";
        Files.writeString(SAMPLES.resolve(file), sample);
      }
    }
  }

  private static String record(Kitex kitex, Peer server, String transport, String scenario) {
    var main = RecordingProxy.to(server.main());
    var newer = RecordingProxy.to(server.newer());
    try (main;
        newer) {
      assertThat(kitex.call(main.address(), newer.address(), transport, scenario))
          .singleElement()
          .satisfies(outcome -> assertThat(outcome.ok()).as(outcome.toString()).isTrue());
    }
    var text = new ArrayList<String>();
    text.add("# peer: " + kitex.name() + ", transport: " + transport + ", scenario: " + scenario);
    for (var connection : Stream.concat(main.turns().stream(), newer.turns().stream()).toList()) {
      text.add("# connection");
      for (var turn : connection) {
        var bytes = turn.bytes().toByteArray();
        var hex = HexFormat.of().formatHex(bytes);
        if (turn.isRequest()) {
          text.add("# call: " + method(bytes));
          text.add("> " + hex);
        } else {
          text.add("< " + hex);
        }
      }
    }
    return String.join("\n", text) + "\n";
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
