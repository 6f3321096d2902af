package io.windhover.interop;

import static org.assertj.core.api.Assertions.assertThat;

import io.windhover.interop.RecordingProxy.Turn;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.function.Consumer;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// What Protobuf over gRPC has besides what other transports have, between us and Kitex.
@ExtendWith(InteropTable.Parameter.class)
final class KitexGrpcTest {
  private static final String GRPC = Transport.GRPC.toString();
  private static final Logger SERVER_LOG = Logger.getLogger("io.windhover.rpc.server");

  @BeforeAll
  static void silenceWhatIsMeantToFail() {
    SERVER_LOG.setLevel(Level.OFF);
  }

  @Test
  void weCallKitex(InteropTable table) {
    var kitex = Kitex.orAbort();
    try (var server = kitex.serve();
        var zipped = kitex.serve("-gzip")) {
      table.check(
          new Column(
              Column.GRPC,
              CallsHandler.NAME,
              server.name(),
              GRPC,
              () -> FlowsClient.call(server.main(), zipped.main())));
      compresses(table, CallsHandler.NAME, zipped, FlowsClient::callWithGzip);
    }
  }

  @Test
  void kitexCallsUs(InteropTable table) {
    var kitex = Kitex.orAbort();
    try (var server = WindhoverServer.start(Transport.GRPC)) {
      var outcomes =
          table.check(
              new Column(
                  Column.GRPC,
                  kitex.name(),
                  server.name(),
                  GRPC,
                  () -> call(kitex, server.main(), "")));
      assertThat(outcomes)
          .extracting(Outcome::scenario)
          .containsExactlyElementsOf(FlowsClient.scenarios());
      compresses(
          table, kitex.name(), server, address -> call(kitex, address, FlowsClient.CALL_WITH_GZIP));
    }
  }

  private static List<Outcome> call(Kitex kitex, InetSocketAddress server, String only) {
    return kitex.call(server, server, GRPC, "-theme=" + Column.GRPC, "-only=" + only);
  }

  /// That a call succeeds does not say whether it was compressed.
  private static void compresses(
      InteropTable table, String caller, Peer server, Consumer<InetSocketAddress> call) {
    table.check(
        new Column(
            Column.GRPC,
            caller,
            server.name(),
            GRPC,
            () -> {
              var proxy = RecordingProxy.to(server.main());
              try (proxy) {
                call.accept(proxy.address());
              }
              int bytes =
                  proxy.turns().stream()
                      .flatMap(List::stream)
                      .map(Turn::bytes)
                      .mapToInt(said -> said.size())
                      .sum();
              return List.of(
                  new Outcome("zeros travel compressed", bytes < 32 << 10, bytes + " bytes"));
            }));
  }
}
