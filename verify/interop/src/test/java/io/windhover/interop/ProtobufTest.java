package io.windhover.interop;

import java.util.logging.Level;
import java.util.logging.Logger;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Protobuf between us and Kitex, in both directions: Kitex' own and over gRPC.
@ExtendWith(InteropTable.Parameter.class)
final class ProtobufTest {
  private static final Logger SERVER_LOG = Logger.getLogger("io.windhover.rpc.server");

  @BeforeAll
  static void silenceWhatIsMeantToFail() {
    SERVER_LOG.setLevel(Level.OFF);
  }

  /// TTHeader here means Framed inside, too: Kitex takes no other.
  @ParameterizedTest
  @EnumSource(names = "BUFFERED", mode = EnumSource.Mode.EXCLUDE)
  void weCallKitex(Transport transport, InteropTable table) {
    try (var server = Kitex.orAbort().serve(transport.serverFlags())) {
      table.check(
          new Column(
              Column.PROTOBUF,
              CallsHandler.NAME,
              server.name(),
              transport.toString(),
              () -> EchoesClient.call(server.main(), transport)));
    }
  }

  /// Kitex' clients write Protobuf over TTHeader with Framed inside, whatever they are asked for.
  @ParameterizedTest
  @EnumSource(names = {"TTHEADER_FRAMED", "TTHEADER_MUX", "TTHEADER_CHECKED", "GRPC"})
  void kitexCallsUs(Transport transport, InteropTable table) {
    var kitex = Kitex.orAbort();
    try (var server = WindhoverServer.start(transport)) {
      table.check(
          new Column(
              Column.PROTOBUF,
              kitex.name(),
              server.name(),
              transport.toString(),
              () ->
                  kitex.call(
                      server.main(),
                      server.newer(),
                      transport.toString(),
                      "-theme=" + Column.PROTOBUF)));
    }
  }
}
