package io.windhover.netpoll;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

/// Rows 68 and 89 of the table of bad inputs: peers that are gone without a word are found, and
/// such as only hang are not taken for them.
@Timeout(60)
@EnabledOnOs(OS.LINUX)
final class DeadPeerTest {

  private static final Duration KEEP_ALIVE = Duration.ofSeconds(3);
  private static final ConnectionOptions OPTIONS =
      ConnectionOptions.builder()
          .keepAliveTimeout(KEEP_ALIVE)
          .writeStallTimeout(KEEP_ALIVE)
          .build();

  private final List<Recorder> accepted = new CopyOnWriteArrayList<>();
  private NetworkNamespace network;

  @BeforeEach
  void makeNetwork() throws IOException {
    network = new NetworkNamespace();
  }

  @AfterEach
  void removeNetwork() throws IOException {
    if (network != null) {
      network.close();
    }
  }

  private static PollerGroup start(Backend backend) {
    return PollerGroup.start(PollerOptions.builder().backend(backend).build());
  }

  private InetSocketAddress listen(PollerGroup group) throws IOException {
    var listener =
        group.listen(
            NetworkNamespace.here(),
            OPTIONS,
            () -> {
              var handler = new Recorder();
              accepted.add(handler);
              return handler;
            });
    return (InetSocketAddress) listener.address();
  }

  /// Connects and then neither sends nor ends.
  private Process silentPeer(InetSocketAddress address) throws IOException {
    var connect =
        "exec 3<>/dev/tcp/" + address.getAddress().getHostAddress() + "/" + address.getPort();
    return network.start(List.of("bash", "-c", connect + "; exec sleep 60"));
  }

  private Recorder firstAccepted() {
    Waiting.until("one is accepted", () -> !accepted.isEmpty());
    Waiting.until("and opened", () -> accepted.getFirst().connection != null);
    return accepted.getFirst();
  }

  @ParameterizedTest
  @EnumSource
  void row68FindsThatASilentPeerIsGone(Backend backend) throws IOException {
    try (var group = start(backend)) {
      var peer = silentPeer(listen(group));
      try {
        var handler = firstAccepted();
        network.cut();
        long start = System.nanoTime();

        handler.awaitClosed();

        assertThat(handler.closeReason).isEqualTo(CloseReason.RESET);
        assertThat(Duration.ofNanos(System.nanoTime() - start))
            .isLessThan(KEEP_ALIVE.plusSeconds(3));
      } finally {
        peer.destroyForcibly();
      }
    }
  }

  /// The system does not ask then: it sends again, and NIO cannot bound that.
  @ParameterizedTest
  @EnumSource(mode = Mode.EXCLUDE, names = "NIO")
  void row68FindsThatAPeerIsGoneWhichWasSentSomething(Backend backend) throws IOException {
    try (var group = start(backend)) {
      var peer = silentPeer(listen(group));
      try {
        var handler = firstAccepted();
        network.cut();

        handler.connection().write(Frames.of("are you there?"));

        handler.awaitClosed();
        assertThat(handler.closeReason).isEqualTo(CloseReason.RESET);
      } finally {
        peer.destroyForcibly();
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void row89DoesNotTakeAPeerThatHangsForGone(Backend backend) throws Exception {
    try (var group = start(backend)) {
      var peer = silentPeer(listen(group));
      try {
        var handler = firstAccepted();
        signal(peer, "STOP");
        handler.connection().write(Frames.of("are you there?"));

        boolean ended = peer.waitFor(KEEP_ALIVE.toSeconds() + 2, TimeUnit.SECONDS);

        assertThat(ended).isFalse();
        assertThat(handler.connection().isOpen()).isTrue();
      } finally {
        peer.destroyForcibly();
      }
    }
  }

  private static void signal(Process process, String name) throws Exception {
    var kill = new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).start();
    assertThat(kill.waitFor()).isZero();
  }
}
