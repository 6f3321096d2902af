package io.windhover.interop;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.logging.Level;
import java.util.logging.Logger;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// Streams over TTHeader Streaming between us and Kitex, in both directions.
@ExtendWith(InteropTable.Parameter.class)
final class StreamsTest {
  private static final String TRANSPORT = "ttheader-streaming";
  private static final Logger SERVER_LOG = Logger.getLogger("io.windhover.rpc");

  @BeforeAll
  static void silenceWhatIsMeantToFail() {
    SERVER_LOG.setLevel(Level.OFF);
  }

  @Test
  void weCallKitex(InteropTable table) {
    try (var server = Kitex.orAbort().serve()) {
      table.check(
          new Column(
              Column.STREAMS,
              CallsHandler.NAME,
              server.name(),
              TRANSPORT,
              () -> StreamScenarios.call(server)));
    }
  }

  @Test
  void kitexCallsUs(InteropTable table) {
    var kitex = Kitex.orAbort();
    try (var server = WindhoverServer.start()) {
      var outcomes =
          table.check(
              new Column(
                  Column.STREAMS,
                  kitex.name(),
                  server.name(),
                  TRANSPORT,
                  () ->
                      kitex.call(
                          server.main(), server.newer(), TRANSPORT, "-theme=" + Column.STREAMS)));
      assertThat(outcomes)
          .extracting(Outcome::scenario)
          .containsExactlyElementsOf(StreamScenarios.scenarios());
    }
  }
}
