package io.windhover.interop;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// Chains of three hops: the one in the middle passes on what has to go on, and no more.
@ExtendWith(InteropTable.Parameter.class)
final class ChainTest {
  private static final String TRANSPORT = Transport.TTHEADER_FRAMED.toString();
  private static final String STREAMING = "ttheader-streaming";

  @Test
  void goesFromKitexByUsToKitex(InteropTable table) {
    var kitex = Kitex.orAbort();
    try (var last = kitex.serve();
        var middle = WindhoverServer.start()) {
      table.check(
          new Column(
              Column.CHAIN,
              kitex.name(),
              middle.name() + ", " + last.name(),
              TRANSPORT,
              () ->
                  kitex.call(
                      middle.main(),
                      middle.newer(),
                      TRANSPORT,
                      "-theme=" + Column.CHAIN,
                      "-route=" + Kitex.text(last.main()))));
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

  @Test
  void goesFromUsByKitexToUs(InteropTable table) {
    try (var last = WindhoverServer.start();
        var middle = Kitex.orAbort().serve()) {
      table.check(
          new Column(
              Column.CHAIN,
              CallsHandler.NAME,
              middle.name() + ", " + last.name(),
              TRANSPORT,
              () -> CallsClient.chain(middle.main(), Kitex.text(last.main()))));
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
