package io.windhover.bench.contestant;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.windhover.bench.harness.Contestant;
import io.windhover.bench.harness.Rehearsal;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Each contestant does its work. Their servers live as long as the process.
final class ContestantsTest {

  private static final int TIMEOUT_MILLIS = 10_000;

  static Stream<String> rpcs() {
    return names(contestant -> !(contestant instanceof RawEcho));
  }

  static Stream<String> rawEchos() {
    return names(RawEcho.class::isInstance);
  }

  private static Stream<String> names(Predicate<Contestant> predicate) {
    return Contestants.BY_NAME.entrySet().stream()
        .filter(entry -> predicate.test(entry.getValue().get()))
        .map(entry -> entry.getKey())
        .sorted();
  }

  @ParameterizedTest
  @MethodSource("rpcs")
  void answersCallsOfAllKinds(String name) throws Exception {
    Rehearsal.of(contestant(name));
  }

  @ParameterizedTest
  @MethodSource("rawEchos")
  void sendsFramesBack(String name) throws Exception {
    int port = contestant(name).serve(0);

    try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.setSoTimeout(TIMEOUT_MILLIS);
      for (var body : new String[] {Body.ofBytes(1024).text(), "", Body.ofBytes(1 << 20).text()}) {
        assertThat(echo(socket, body)).isEqualTo(body);
      }
    }
  }

  private static String echo(Socket socket, String body) throws Exception {
    var out = new DataOutputStream(socket.getOutputStream());
    out.writeInt(body.length());
    out.write(body.getBytes(US_ASCII));
    var in = new DataInputStream(socket.getInputStream());
    return new String(in.readNBytes(in.readInt()), US_ASCII);
  }

  @ParameterizedTest
  @MethodSource("rawEchos")
  void namesTheClientOfRawServers(String name) {
    assertThatThrownBy(() -> contestant(name).connect(4711))
        .isInstanceOf(UnsupportedOperationException.class)
        .hasMessageContaining("target/bench/c/echo client epoll-echo 4711");
  }

  @ParameterizedTest
  @MethodSource("rpcs")
  void refusesAPortThatIsTaken(String name) throws Exception {
    int port = contestant(name).serve(0);

    assertThatThrownBy(() -> contestant(name).serve(port)).isInstanceOf(Exception.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"abd", "ab", "abcd", ""})
  void noticesAWrongReply(String reply) {
    assertThatThrownBy(() -> Body.ofBytes(3).check(reply))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("body of the reply: ");
  }

  private static Contestant contestant(String name) {
    return requireNonNull(Contestants.BY_NAME.get(name), name).get();
  }
}
