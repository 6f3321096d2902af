package io.windhover.interop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import io.windhover.rpc.Protocol;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Runs every scenario between us and each peer, in both directions and over each protocol, and
/// prints one table at the end.
///
/// Kitex needs Go: on the PATH or in `/usr/local/go/bin`. Without it those columns are skipped;
/// with `WINDHOVER_REQUIRE_PEERS=1` in the environment that is a failure.
final class InteropTest {
  private static final InteropTable TABLE = new InteropTable();
  private static final Path FILE = Path.of("target", "interop-table.txt");
  private static final Logger SERVER_LOG = Logger.getLogger("io.windhover.rpc.server");
  private static final Optional<Kitex> KITEX = Kitex.build();
  private static final String NO_GO =
      "*** NOT TESTED AGAINST KITEX: there is no Go on this machine ***";

  @BeforeAll
  static void silenceWhatIsMeantToFail() {
    SERVER_LOG.setLevel(Level.OFF);
  }

  @AfterAll
  static void printTable() throws IOException {
    var text = TABLE.toString();
    System.out.println(KITEX.isPresent() ? text : text + NO_GO);
    Files.writeString(FILE, text);
  }

  @ParameterizedTest
  @EnumSource
  void weCallKitex(Protocol protocol) {
    var kitex = kitex();
    try (var server = kitex.serve()) {
      check(
          new Column(
              "windhover", server.name(), protocol, () -> WindhoverClient.call(server, protocol)));
    }
  }

  @ParameterizedTest
  @EnumSource
  void kitexCallsUs(Protocol protocol) {
    var kitex = kitex();
    try (var server = WindhoverServer.start()) {
      var transport = Column.transport(protocol);
      var outcomes =
          check(
              new Column(
                  kitex.name(),
                  server.name(),
                  protocol,
                  () -> kitex.call(server.main(), server.newer(), transport)));
      assertThat(outcomes)
          .extracting(Outcome::scenario)
          .containsExactlyElementsOf(WindhoverClient.scenarios());
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"BUFFERED", "FRAMED"})
  void weCallLibthrift(Protocol protocol) {
    try (var server = LibthriftServer.start(protocol == Protocol.FRAMED)) {
      check(
          new Column(
              "windhover", server.name(), protocol, () -> WindhoverClient.call(server, protocol)));
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"BUFFERED", "FRAMED"})
  void libthriftCallsUs(Protocol protocol) {
    try (var server = WindhoverServer.start()) {
      var isFramed = protocol == Protocol.FRAMED;
      check(
          new Column(
              Libthrift.name(),
              server.name(),
              protocol,
              () -> LibthriftClient.call(server, isFramed)));
    }
  }

  private static List<Outcome> check(Column column) {
    var outcomes = column.outcomes();
    TABLE.add(column, outcomes);
    assertThat(outcomes).as(column.toString()).isNotEmpty().allMatch(Outcome::ok);
    return outcomes;
  }

  private static Kitex kitex() {
    if (KITEX.isEmpty() && "1".equals(System.getenv("WINDHOVER_REQUIRE_PEERS"))) {
      fail(NO_GO);
    }
    return KITEX.orElseGet(() -> Assumptions.abort(NO_GO));
  }
}
