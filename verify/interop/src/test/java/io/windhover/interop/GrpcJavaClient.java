package io.windhover.interop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.grpc.ChannelCredentials;
import io.grpc.Grpc;
import io.grpc.InsecureChannelCredentials;
import io.grpc.ManagedChannel;
import io.grpc.ManagedChannelBuilder;
import io.grpc.Status.Code;
import io.grpc.StatusRuntimeException;
import io.grpc.TlsChannelCredentials;
import io.grpc.protobuf.StatusProto;
import io.grpc.stub.BlockingClientCall;
import io.grpc.testing.TlsTesting;
import io.grpc.testing.integration.Messages.BoolValue;
import io.grpc.testing.integration.Messages.EchoStatus;
import io.grpc.testing.integration.Messages.ResponseParameters;
import io.grpc.testing.integration.Messages.SimpleRequest;
import io.grpc.testing.integration.Messages.StreamingOutputCallRequest;
import io.grpc.testing.integration.Messages.StreamingOutputCallResponse;
import io.grpc.testing.integration.TestServiceGrpc;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/// What gRPC's interop suite leaves out, run by grpc-java.
record GrpcJavaClient(ManagedChannel channel) implements AutoCloseable {

  private static final int LARGEST = 16 << 20;
  private static final int MESSAGES = 10_000;
  private static final int SECONDS = 10;

  private static final List<Scenario<GrpcJavaClient>> SCENARIOS =
      List.of(
          new Scenario<>("compressed both ways", GrpcJavaClient::compressedBothWays),
          new Scenario<>("error with details", GrpcJavaClient::errorWithDetails),
          new Scenario<>("16 MiB both ways", GrpcJavaClient::largest),
          new Scenario<>("the server knows the deadline", GrpcJavaClient::deadline),
          new Scenario<>("the server hears of a cancel", GrpcJavaClient::cancel),
          new Scenario<>("10,000 messages both ways", GrpcJavaClient::many));

  static List<Outcome> call(InetSocketAddress server) {
    return run(channel(server, InsecureChannelCredentials.create()), SCENARIOS);
  }

  /// Runs some over TLS, with a client's certificate.
  static List<Outcome> callSecured(InetSocketAddress server) {
    try {
      var credentials =
          TlsChannelCredentials.newBuilder()
              .keyManager(TlsTesting.loadCert("client.pem"), TlsTesting.loadCert("client.key"))
              .trustManager(TlsTesting.loadCert("ca.pem"))
              .build();
      var channel = channel(server, credentials).overrideAuthority(SuiteTls.SERVER_NAME);
      return run(channel, SCENARIOS.subList(0, 2));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static ManagedChannelBuilder<?> channel(
      InetSocketAddress server, ChannelCredentials credentials) {
    return Grpc.newChannelBuilderForAddress(server.getHostString(), server.getPort(), credentials)
        .maxInboundMessageSize(GrpcSuiteServer.MAX_MESSAGE_BYTES);
  }

  private static List<Outcome> run(
      ManagedChannelBuilder<?> channel, List<Scenario<GrpcJavaClient>> scenarios) {
    try (var client = new GrpcJavaClient(channel.build())) {
      return Scenario.run(scenarios, client);
    }
  }

  @Override
  public void close() {
    channel.shutdownNow();
  }

  private TestServiceGrpc.TestServiceBlockingV2Stub stub() {
    return TestServiceGrpc.newBlockingV2Stub(channel);
  }

  private String compressedBothWays() throws Exception {
    var compressed = BoolValue.newBuilder().setValue(true).build();
    var request =
        SimpleRequest.newBuilder()
            .setExpectCompressed(compressed)
            .setResponseCompressed(compressed)
            .setResponseSize(314_159)
            .setPayload(GrpcSuite.zeros(271_828))
            .build();
    assertThat(stub().withCompression("gzip").unaryCall(request).getPayload())
        .isEqualTo(GrpcSuite.zeros(314_159));
    return "";
  }

  private String errorWithDetails() {
    var message = "not yet, 不";
    var said =
        EchoStatus.newBuilder().setCode(Code.FAILED_PRECONDITION.value()).setMessage(message);
    var request = SimpleRequest.newBuilder().setResponseStatus(said).build();
    var failure =
        catchThrowableOfType(
            StatusRuntimeException.class,
            () -> TestServiceGrpc.newBlockingStub(channel).unaryCall(request));
    assertThat(StatusProto.fromThrowable(failure)).isEqualTo(GrpcSuite.details(message));
    return "";
  }

  private String largest() throws Exception {
    var request =
        SimpleRequest.newBuilder()
            .setResponseSize(LARGEST)
            .setPayload(GrpcSuite.zeros(LARGEST))
            .build();
    assertThat(stub().unaryCall(request).getPayload().getBody().size()).isEqualTo(LARGEST);
    return "";
  }

  private String deadline() throws Exception {
    var request = SimpleRequest.newBuilder().setFillUsername(true).build();
    var seen = stub().withDeadlineAfter(SECONDS, TimeUnit.SECONDS).unaryCall(request);
    assertThat(Long.parseLong(seen.getUsername())).isBetween(1L, 1000L * SECONDS);
    return "";
  }

  private String cancel() throws Exception {
    var request = SimpleRequest.newBuilder().setFillOauthScope(true).build();
    var _ = stub().unaryCall(request); // forgets others
    var stream = stub().fullDuplexCall();
    stream.write(ping());
    assertThat(stream.read()).isNotNull();
    stream.cancel("enough", null);
    var ending = "";
    for (long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS);
        ending.isEmpty() && System.nanoTime() < end; ) {
      ending = stub().unaryCall(request).getOauthScope();
    }
    assertThat(ending).isEqualTo("cancelled");
    return "";
  }

  private static StreamingOutputCallRequest ping() {
    return StreamingOutputCallRequest.newBuilder()
        .addResponseParameters(ResponseParameters.newBuilder().setSize(100))
        .build();
  }

  private String many() throws Exception {
    var stream = stub().fullDuplexCall();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var sender = threads.submit(() -> send(stream));
      for (int i = 0; i < MESSAGES; i++) {
        assertThat(stream.read()).isNotNull();
      }
      assertThat(stream.read()).isNull();
      return sender.get();
    }
  }

  private static String send(
      BlockingClientCall<StreamingOutputCallRequest, StreamingOutputCallResponse> stream)
      throws Exception {
    for (int i = 0; i < MESSAGES; i++) {
      stream.write(ping());
    }
    stream.halfClose();
    return "";
  }
}
