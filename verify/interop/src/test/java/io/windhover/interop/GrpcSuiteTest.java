package io.windhover.interop;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/// gRPC's own interop suite: its client with our server, our client with its server.
@ExtendWith(InteropTable.Parameter.class)
final class GrpcSuiteTest {

  private static final String GRPC = "grpc";
  private static final String GRPC_TLS = "grpc, TLS";
  private static final String GRPC_MUTUAL_TLS = "grpc, mutual TLS";

  @TempDir private Path folder;

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

  @Test
  void grpcJavaCallsUsOverTls(InteropTable table) throws Exception {
    var tls = SuiteTls.server(folder);
    try (var server = GrpcSuiteServer.start(it -> it.tls(tls))) {
      var address = (InetSocketAddress) server.address();
      table.check(
          new Column(
              Column.GRPC_SUITE,
              GrpcJava.NAME,
              CallsHandler.NAME,
              GRPC_TLS,
              () -> GrpcJava.runSecured(address)));
    }
  }

  /// By what the suite leaves out, since its client has no certificate.
  @Test
  void grpcJavaCallsUsWithACertificate(InteropTable table) throws Exception {
    var tls = SuiteTls.serverThatAsks(folder);
    try (var server = GrpcSuiteServer.start(it -> it.tls(tls))) {
      var address = (InetSocketAddress) server.address();
      table.check(
          new Column(
              Column.GRPC_SUITE,
              GrpcJava.NAME,
              CallsHandler.NAME,
              GRPC_MUTUAL_TLS,
              () -> GrpcJavaClient.callSecured(address)));
    }
  }

  @Test
  void weCallGrpcJavaWithACertificate(InteropTable table) throws Exception {
    var tls = SuiteTls.client(folder);
    try (var server = GrpcJava.SuiteServer.secured()) {
      table.check(
          new Column(
              Column.GRPC_SUITE,
              CallsHandler.NAME,
              GrpcJava.NAME,
              GRPC_MUTUAL_TLS,
              () -> GrpcSuiteClient.callSecured(server.address(), tls)));
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
    callsUs(GrpcGo.orAbort().program(), table);
  }

  @Test
  void weCallGrpcGo(InteropTable table) throws Exception {
    weCall(GrpcGo.orAbort().program(), table);
  }

  @Test
  void grpcioCallsUs(InteropTable table) throws Exception {
    callsUs(Grpcio.orAbort(), table);
  }

  @Test
  void weCallGrpcio(InteropTable table) throws Exception {
    weCall(Grpcio.orAbort(), table);
  }

  @Test
  void grpcJsCallsUs(InteropTable table) throws Exception {
    callsUs(GrpcJs.orAbort(), table);
  }

  @Test
  void weCallGrpcJs(InteropTable table) throws Exception {
    weCall(GrpcJs.orAbort(), table);
  }

  private static void callsUs(GrpcProgram peer, InteropTable table) throws IOException {
    try (var server = GrpcSuiteServer.start()) {
      var address = (InetSocketAddress) server.address();
      table.check(
          new Column(
              Column.GRPC_SUITE, peer.name(), CallsHandler.NAME, GRPC, () -> peer.call(address)));
    }
  }

  private static void weCall(GrpcProgram peer, InteropTable table) throws IOException {
    try (var server = peer.serve()) {
      table.check(
          new Column(
              Column.GRPC_SUITE,
              CallsHandler.NAME,
              peer.name(),
              GRPC,
              () -> GrpcSuiteClient.call(server.address())));
    }
  }
}
