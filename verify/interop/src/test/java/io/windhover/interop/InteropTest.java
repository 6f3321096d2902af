package io.windhover.interop;

import static org.assertj.core.api.Assertions.assertThat;

import io.windhover.rpc.Protocol;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Runs every scenario of values and of what goes along with calls between us and each peer, in
/// both directions and over each protocol.
@ExtendWith(InteropTable.Parameter.class)
final class InteropTest {
  private static final Logger SERVER_LOG = Logger.getLogger("io.windhover.rpc.server");

  @BeforeAll
  static void silenceWhatIsMeantToFail() {
    SERVER_LOG.setLevel(Level.OFF);
  }

  @ParameterizedTest
  @EnumSource
  void weCallKitex(Protocol protocol, InteropTable table) {
    try (var server = Kitex.orAbort().serve()) {
      table.check(
          new Column(
              Column.VALUES,
              CallsHandler.NAME,
              server.name(),
              Column.transport(protocol),
              () -> WindhoverClient.call(server, protocol)));
      table.check(
          new Column(
              Column.CALLS,
              CallsHandler.NAME,
              server.name(),
              Column.transport(protocol),
              () -> CallsClient.call(server, protocol)));
    }
  }

  @ParameterizedTest
  @EnumSource
  void kitexCallsUs(Protocol protocol, InteropTable table) {
    var kitex = Kitex.orAbort();
    try (var server = WindhoverServer.start()) {
      var values = kitexCalls(kitex, server, Column.transport(protocol), Column.VALUES);
      assertThat(table.check(values))
          .extracting(Outcome::scenario)
          .containsExactlyElementsOf(WindhoverClient.scenarios());
      table.check(kitexCalls(kitex, server, Column.transport(protocol), Column.CALLS));
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"BUFFERED", "FRAMED"})
  void weCallLibthrift(Protocol protocol, InteropTable table) {
    try (var server = LibthriftServer.start(protocol == Protocol.FRAMED)) {
      table.check(
          new Column(
              Column.VALUES,
              CallsHandler.NAME,
              server.name(),
              Column.transport(protocol),
              () -> WindhoverClient.call(server, protocol)));
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"BUFFERED", "FRAMED"})
  void libthriftCallsUs(Protocol protocol, InteropTable table) {
    try (var server = WindhoverServer.start()) {
      var isFramed = protocol == Protocol.FRAMED;
      table.check(
          new Column(
              Column.VALUES,
              Libthrift.name(),
              server.name(),
              Column.transport(protocol),
              () -> LibthriftClient.call(server, isFramed)));
    }
  }

  private static Column kitexCalls(Kitex kitex, Peer server, String transport, String theme) {
    return new Column(
        theme,
        kitex.name(),
        server.name(),
        transport,
        () -> kitex.call(server.main(), server.newer(), transport, "-theme=" + theme));
  }
}
