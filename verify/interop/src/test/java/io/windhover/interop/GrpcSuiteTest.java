package io.windhover.interop;

import java.net.InetSocketAddress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// gRPC's own interop suite: its client with our server, our client with its server.
@ExtendWith(InteropTable.Parameter.class)
final class GrpcSuiteTest {

  private static final String GRPC = "grpc";

  @Test
  void grpcJavaCallsUs(InteropTable table) throws Exception {
    try (var server = GrpcSuiteServer.start()) {
      var address = (InetSocketAddress) server.address();
      table.check(
          new Column(
              Column.GRPC_SUITE,
              GrpcJava.NAME,
              CallsHandler.NAME,
              GRPC,
              () -> GrpcJava.runSuite(address)));
    }
  }

  @Test
  void weCallGrpcJava(InteropTable table) throws Exception {
    try (var server = new GrpcJava.SuiteServer()) {
      table.check(
          new Column(
              Column.GRPC_SUITE,
              CallsHandler.NAME,
              GrpcJava.NAME,
              GRPC,
              () -> GrpcSuiteClient.call(server.address())));
    }
  }

  /// The servers of others do not look whether a message was compressed.
  @Test
  void weCallOurselves(InteropTable table) throws Exception {
    try (var server = GrpcSuiteServer.start()) {
      var address = (InetSocketAddress) server.address();
      table.check(
          new Column(
              Column.GRPC_SUITE,
              CallsHandler.NAME,
              CallsHandler.NAME,
              GRPC,
              () -> GrpcSuiteClient.callAndProbe(address)));
    }
  }

  @Test
  void grpcGoCallsUs(InteropTable table) throws Exception {
    var go = GrpcGo.orAbort();
    try (var server = GrpcSuiteServer.start()) {
      var address = (InetSocketAddress) server.address();
      table.check(
          new Column(
              Column.GRPC_SUITE, go.name(), CallsHandler.NAME, GRPC, () -> go.call(address)));
    }
  }

  @Test
  void weCallGrpcGo(InteropTable table) throws Exception {
    var go = GrpcGo.orAbort();
    try (var server = go.serve()) {
      table.check(
          new Column(
              Column.GRPC_SUITE,
              CallsHandler.NAME,
              go.name(),
              GRPC,
              () -> GrpcSuiteClient.call(server.address())));
    }
  }
}
