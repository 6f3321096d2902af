package io.windhover.interop;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.logging.Level;
import java.util.logging.Logger;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Streams over TTHeader Streaming and gRPC between us and Kitex, in both directions.
@ExtendWith(InteropTable.Parameter.class)
final class StreamsTest {
  private static final Logger SERVER_LOG = Logger.getLogger("io.windhover.rpc");

  @BeforeAll
  static void silenceWhatIsMeantToFail() {
    SERVER_LOG.setLevel(Level.OFF);
  }

  @ParameterizedTest
  @EnumSource(names = {"TTHEADER_FRAMED", "GRPC"})
  void weCallKitex(Transport transport, InteropTable table) {
    try (var server = Kitex.orAbort().serve()) {
      table.check(
          new Column(
              Column.STREAMS,
              CallsHandler.NAME,
              server.name(),
              name(transport),
              () -> StreamScenarios.call(server, transport)));
    }
  }

  private static String name(Transport transport) {
    return transport == Transport.GRPC ? transport.toString() : "ttheader-streaming";
  }

  @ParameterizedTest
  @EnumSource(names = {"TTHEADER_FRAMED", "GRPC"})
  void kitexCallsUs(Transport transport, InteropTable table) {
    var kitex = Kitex.orAbort();
    try (var server = WindhoverServer.start()) {
      var outcomes =
          table.check(
              new Column(
                  Column.STREAMS,
                  kitex.name(),
                  server.name(),
                  name(transport),
                  () ->
                      kitex.call(
                          server.main(),
                          server.newer(),
                          name(transport),
                          "-theme=" + Column.STREAMS)));
      assertThat(outcomes)
          .extracting(Outcome::scenario)
          .containsExactlyElementsOf(StreamScenarios.scenarios());
    }
  }
}
