package io.windhover.interop;

import static org.assertj.core.api.Assertions.assertThat;

import io.windhover.rpc.server.Server;
import io.windhover.rpc.server.ServerBuilder;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// The tools of nghttp2 against our server of gRPC: nghttp, which tells each frame, and h2load,
/// which makes many requests at once. Both know HTTP/2 alone, and are given the bytes of a message.
@Timeout(120)
final class NghttpTest {

  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final String METHOD = "/" + GrpcSuite.SERVICE + "/EmptyCall";

  /// Not compressed, and of no bytes: a request, and a reply.
  private static final byte[] EMPTY_MESSAGE = new byte[5];

  private static final int CALLS = 20_000;

  @TempDir Path folder;

  @BeforeAll
  static void requireTools() {
    Requirement.orAbort("nghttp", "nghttp", "--version");
    Requirement.orAbort("h2load", "h2load", "--version");
  }

  @Test
  void nghttpSeesAHeadAMessageAndTrailers() throws IOException {
    try (var server = GrpcSuiteServer.start()) {
      var frames = run(List.of("nghttp", "--verbose", "--null-out"), "http", server);

      assertThat(frames)
          .containsSubsequence(
              ":status: 200",
              "content-type: application/grpc",
              "recv HEADERS frame",
              "recv DATA frame <length=5, flags=0x00",
              "grpc-status: 0",
              "recv HEADERS frame",
              "END_STREAM");
    }
  }

  @Test
  void h2loadHasAllItsCallsAnswered() throws IOException {
    loads("http", UnaryOperator.identity());
  }

  /// Which finds HTTP/2 by ALPN.
  @Test
  void h2loadHasAllItsCallsAnsweredOverTls() throws IOException {
    var tls = SuiteTls.server(folder);

    assertThat(loads("https", it -> it.tls(tls))).contains("Application protocol: h2");
  }

  private String loads(String scheme, UnaryOperator<ServerBuilder> options) throws IOException {
    try (var server = GrpcSuiteServer.start(options)) {
      var command = List.of("h2load", "-n", "" + CALLS, "-c", "10", "-m", "50");

      var report = run(command, scheme, server);

      assertThat(report)
          .contains(
              "%d succeeded, 0 failed, 0 errored, 0 timeout".formatted(CALLS),
              "status codes: %d 2xx".formatted(CALLS),
              "(%d) data".formatted(CALLS * EMPTY_MESSAGE.length)); // which no failed call has
      return report;
    }
  }

  private String run(List<String> tool, String scheme, Server server) throws IOException {
    var body = Files.write(folder.resolve("body"), EMPTY_MESSAGE);
    var command = new ArrayList<>(tool);
    command.addAll(List.of("-d", body.toString()));
    command.addAll(List.of("-H", "content-type: application/grpc", "-H", "te: trailers"));
    command.add(scheme + "://" + Kitex.text((InetSocketAddress) server.address()) + METHOD);
    var log = folder.resolve("log");
    int code = GoToolchain.run(new ProcessBuilder(command), log, PATIENCE);
    assertThat(code).as(GoToolchain.read(log)).isZero();
    return GoToolchain.read(log);
  }
}
