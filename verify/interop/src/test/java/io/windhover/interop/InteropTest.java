package io.windhover.interop;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetSocketAddress;
import java.util.List;
import java.util.function.Function;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Runs every scenario of values and of what goes along with calls between us and each peer, in
/// both directions and over each transport.
@ExtendWith(InteropTable.Parameter.class)
final class InteropTest {
  private static final Logger SERVER_LOG = Logger.getLogger("io.windhover.rpc.server");

  @BeforeAll
  static void silenceWhatIsMeantToFail() {
    SERVER_LOG.setLevel(Level.OFF);
  }

  @ParameterizedTest
  @EnumSource
  void weCallKitex(Transport transport, InteropTable table) {
    try (var server = Kitex.orAbort().serve(transport.serverFlags())) {
      table.check(
          new Column(
              Column.VALUES,
              CallsHandler.NAME,
              server.name(),
              transport.toString(),
              () -> WindhoverClient.call(server, transport)));
      table.check(
          new Column(
              Column.CALLS,
              CallsHandler.NAME,
              server.name(),
              transport.toString(),
              () -> CallsClient.call(server.main(), transport)));
    }
  }

  @ParameterizedTest
  @EnumSource
  void kitexCallsUs(Transport transport, InteropTable table) {
    var kitex = Kitex.orAbort();
    try (var server = WindhoverServer.start(transport)) {
      var values = kitexCalls(kitex, server, transport.toString(), Column.VALUES);
      assertThat(table.check(values))
          .extracting(Outcome::scenario)
          .containsExactlyElementsOf(WindhoverClient.scenarios());
      table.check(kitexCalls(kitex, server, transport.toString(), Column.CALLS));
    }
  }

  /// That calls succeed says nothing: who gets no checksum does not look for one.
  @Test
  void eachRequestAndReplyHasAChecksum(InteropTable table) {
    var kitex = Kitex.orAbort();
    var transport = Transport.TTHEADER_CHECKED;
    try (var server = kitex.serve(transport.serverFlags())) {
      checkSums(table, CallsHandler.NAME, server, address -> CallsClient.call(address, transport));
    }
    try (var server = WindhoverServer.start(transport)) {
      checkSums(
          table,
          kitex.name(),
          server,
          address -> kitex.call(address, address, transport.toString(), "-theme=calls"));
    }
  }

  private static void checkSums(
      InteropTable table,
      String caller,
      Peer server,
      Function<InetSocketAddress, List<Outcome>> call) {
    table.check(
        new Column(
            Column.CALLS,
            caller,
            server.name(),
            Transport.TTHEADER_CHECKED.toString(),
            () -> {
              var proxy = RecordingProxy.to(server.main());
              try (proxy) {
                assertThat(call.apply(proxy.address())).allMatch(Outcome::ok);
              }
              var messages = proxy.turns().stream().flatMap(List::stream).toList();
              boolean all = messages.stream().allMatch(InteropTest::hasChecksum);
              return List.of(
                  new Outcome("checksum of each message", all, messages.size() + " messages"));
            }));
  }

  private static boolean hasChecksum(RecordingProxy.Turn message) {
    return new String(message.bytes().toByteArray(), ISO_8859_1).contains("\0\6crc32c\0\10");
  }

  @ParameterizedTest
  @EnumSource(names = {"BUFFERED", "FRAMED"})
  void weCallLibthrift(Transport transport, InteropTable table) {
    try (var server = LibthriftServer.start(transport == Transport.FRAMED)) {
      table.check(
          new Column(
              Column.VALUES,
              CallsHandler.NAME,
              server.name(),
              transport.toString(),
              () -> WindhoverClient.call(server, transport)));
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"BUFFERED", "FRAMED"})
  void libthriftCallsUs(Transport transport, InteropTable table) {
    try (var server = WindhoverServer.start()) {
      var isFramed = transport == Transport.FRAMED;
      table.check(
          new Column(
              Column.VALUES,
              Libthrift.name(),
              server.name(),
              transport.toString(),
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
