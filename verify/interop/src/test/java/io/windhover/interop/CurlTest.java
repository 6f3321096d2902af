package io.windhover.interop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.windhover.buffer.LinkBuffer;
import io.windhover.http2.Http2Options;
import io.windhover.http2.Http2Server;
import io.windhover.http2.Http2Stream;
import io.windhover.http2.RequestHead;
import io.windhover.http2.hpack.HeaderField;
import io.windhover.netpoll.ConnectionOptions;
import io.windhover.netpoll.PollerGroup;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// curl, on nghttp2, against a server that sends back what it gets. One request a connection: the
/// 7.88.1 of Debian 12 cannot use one again that it knew to be HTTP/2 beforehand, which its 8.0.0
/// mends.
///
/// Where there is no curl with HTTP/2 this is skipped; with `WINDHOVER_REQUIRE_PEERS=1` in the
/// environment that fails.
@Timeout(120)
final class CurlTest {

  private static final Duration LIMIT = Duration.ofSeconds(30);
  private static final List<HeaderField> OK = List.of(new HeaderField(":status", "200"));

  @TempDir Path folder;

  /// More than any window, in both directions at once.
  @Test
  void getsBackALargeBody() throws IOException {
    byte[] body = new byte[5 << 20];
    new Random(1).nextBytes(body);

    assertThat(post(body)).containsExactly(body);
  }

  private byte[] post(byte[] body) throws IOException {
    requireCurl();
    var sent = Files.write(folder.resolve("sent"), body);
    var received = folder.resolve("received");
    try (var group = PollerGroup.start()) {
      var listener =
          group.listen(
              new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
              ConnectionOptions.DEFAULT,
              () -> new Http2Server(Http2Options.DEFAULT, CurlTest::opened));
      var url = "http://127.0.0.1:" + ((InetSocketAddress) listener.address()).getPort() + "/";
      var command =
          List.of("curl", "-sS", "--http2-prior-knowledge", "--data-binary", "@" + sent, url);
      int code = GoToolchain.run(new ProcessBuilder(command), received, LIMIT);
      assertThat(code).as("exit code of curl").isZero();
    }
    return Files.readAllBytes(received);
  }

  private static void opened(Http2Stream stream, RequestHead head) {
    stream.start("echo", () -> echo(stream));
  }

  private static void echo(Http2Stream stream) {
    try {
      stream.sendHead(OK, false);
      for (var piece = stream.read(LIMIT); piece != null; piece = stream.read(LIMIT)) {
        stream.write(piece, false, LIMIT);
      }
      stream.send(new LinkBuffer(), true);
    } catch (InterruptedException | TimeoutException e) {
      throw new IllegalStateException(e);
    }
  }

  private void requireCurl() throws IOException {
    var log = folder.resolve("version");
    boolean there;
    try {
      GoToolchain.run(new ProcessBuilder("curl", "--version"), log, LIMIT);
      there = Files.readString(log).contains("HTTP2");
    } catch (UncheckedIOException e) {
      there = false;
    }
    if (!there && "1".equals(System.getenv("WINDHOVER_REQUIRE_PEERS"))) {
      throw new AssertionError("curl with HTTP/2 is required and not there");
    }
    assumeTrue(there, "SKIPPED: no curl with HTTP/2");
  }
}
