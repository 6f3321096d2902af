package io.windhover.interop;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Chains of three hops: the one in the middle passes on what has to go on, and no more. It calls
/// the last one over TTHeader, however it was called.
@ExtendWith(InteropTable.Parameter.class)
final class ChainTest {
  private static final String STREAMING = "ttheader-streaming";

  @ParameterizedTest
  @EnumSource(names = {"TTHEADER_FRAMED", "GRPC"})
  void goesFromKitexByUsToKitex(Transport transport, InteropTable table) {
    var kitex = Kitex.orAbort();
    try (var last = kitex.serve();
        var middle = WindhoverServer.start()) {
      table.check(
          new Column(
              Column.CHAIN,
              kitex.name(),
              middle.name() + ", " + last.name(),
              transport.toString(),
              () ->
                  kitex.call(
                      middle.main(),
                      middle.newer(),
                      transport.toString(),
                      "-theme=" + Column.CHAIN,
                      "-route=" + Kitex.text(last.main()))));
    }
  }

  @Test
  void streamsGoFromKitexByUsToKitex(InteropTable table) {
    var kitex = Kitex.orAbort();
    try (var last = kitex.serve();
        var middle = WindhoverServer.start()) {
      table.check(
          new Column(
              Column.CHAIN,
              kitex.name(),
              middle.name() + ", " + last.name(),
              STREAMING,
              () ->
                  kitex.call(
                      middle.main(),
                      middle.newer(),
                      STREAMING,
                      "-theme=relay",
                      "-route=" + Kitex.text(last.main()))));
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"TTHEADER_FRAMED", "GRPC"})
  void goesFromUsByKitexToUs(Transport transport, InteropTable table) {
    try (var last = WindhoverServer.start();
        var middle = Kitex.orAbort().serve()) {
      table.check(
          new Column(
              Column.CHAIN,
              CallsHandler.NAME,
              middle.name() + ", " + last.name(),
              transport.toString(),
              () -> CallsClient.chain(middle.main(), transport, Kitex.text(last.main()))));
    }
  }

  @Test
  void streamsGoFromUsByKitexToUs(InteropTable table) {
    try (var last = WindhoverServer.start();
        var middle = Kitex.orAbort().serve()) {
      table.check(
          new Column(
              Column.CHAIN,
              CallsHandler.NAME,
              middle.name() + ", " + last.name(),
              STREAMING,
              () -> StreamScenarios.relay(middle, Kitex.text(last.main()))));
    }
  }
}
