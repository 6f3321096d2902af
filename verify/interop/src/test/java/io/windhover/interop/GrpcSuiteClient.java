package io.windhover.interop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.rpc.Status;
import io.grpc.testing.integration.EmptyProtos.Empty;
import io.grpc.testing.integration.Messages.BoolValue;
import io.grpc.testing.integration.Messages.EchoStatus;
import io.grpc.testing.integration.Messages.ResponseParameters;
import io.grpc.testing.integration.Messages.SimpleRequest;
import io.grpc.testing.integration.Messages.SimpleResponse;
import io.grpc.testing.integration.Messages.StreamingInputCallRequest;
import io.grpc.testing.integration.Messages.StreamingInputCallResponse;
import io.grpc.testing.integration.Messages.StreamingOutputCallRequest;
import io.grpc.testing.integration.Messages.StreamingOutputCallResponse;
import io.windhover.netpoll.tls.TlsOptions;
import io.windhover.rpc.BidiStream;
import io.windhover.rpc.CallOptions;
import io.windhover.rpc.Caller;
import io.windhover.rpc.ClientStream;
import io.windhover.rpc.Metadata;
import io.windhover.rpc.RpcException;
import io.windhover.rpc.RpcException.Kind;
import io.windhover.rpc.StreamCaller;
import io.windhover.rpc.Streams;
import io.windhover.rpc.client.Client;
import io.windhover.rpc.client.ClientBuilder;
import io.windhover.rpc.codec.MessageCall;
import io.windhover.rpc.grpc.CompressionPolicy;
import io.windhover.rpc.grpc.GrpcClientOptions;
import io.windhover.rpc.grpc.GrpcClientTransport;
import io.windhover.rpc.grpc.GrpcCode;
import io.windhover.rpc.grpc.GrpcStatus;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/// The cases of gRPC's interop suite, run by our client, as `interop-test-descriptions.md` has
/// them, and more with what [GrpcSuiteServer] adds. Numbers are those of the descriptions.
///
/// @param compressing one that compresses what its server expects so
record GrpcSuiteClient(InetSocketAddress server, Client client, Client compressing)
    implements AutoCloseable {

  private static final int LARGE_REQUEST = 271_828;
  private static final int LARGE_RESPONSE = 314_159;
  private static final int[] REQUESTS = {27_182, 8, 1_828, 45_904};
  private static final int[] RESPONSES = {31_415, 9, 2_653, 58_979};
  private static final int SOAK_CALLS = 200;
  private static final int LARGEST = 16 << 20;
  private static final int MESSAGES = 10_000;
  private static final Duration TIMEOUT = Duration.ofSeconds(20);

  private static final List<Scenario<GrpcSuiteClient>> CASES =
      List.of(
          new Scenario<>("empty_unary", GrpcSuiteClient::emptyUnary),
          new Scenario<>("large_unary", GrpcSuiteClient::largeUnary),
          new Scenario<>("client_compressed_unary_noprobe", GrpcSuiteClient::clientCompressedUnary),
          new Scenario<>("server_compressed_unary", GrpcSuiteClient::serverCompressedUnary),
          new Scenario<>("client_streaming", GrpcSuiteClient::clientStreaming),
          new Scenario<>(
              "client_compressed_streaming_noprobe", GrpcSuiteClient::clientCompressedStreaming),
          new Scenario<>("server_streaming", GrpcSuiteClient::serverStreaming),
          new Scenario<>("server_compressed_streaming", GrpcSuiteClient::serverCompressedStreaming),
          new Scenario<>("ping_pong", GrpcSuiteClient::pingPong),
          new Scenario<>("empty_stream", GrpcSuiteClient::emptyStream),
          new Scenario<>("custom_metadata", GrpcSuiteClient::customMetadata),
          new Scenario<>("status_code_and_message", GrpcSuiteClient::statusCodeAndMessage),
          new Scenario<>("special_status_message", GrpcSuiteClient::specialStatusMessage),
          new Scenario<>("unimplemented_method", GrpcSuiteClient::unimplementedMethod),
          new Scenario<>("unimplemented_service", GrpcSuiteClient::unimplementedService),
          new Scenario<>("cancel_after_begin", GrpcSuiteClient::cancelAfterBegin),
          new Scenario<>("cancel_after_first_response", GrpcSuiteClient::cancelAfterFirstResponse),
          new Scenario<>("timeout_on_sleeping_server", GrpcSuiteClient::timeoutOnSleepingServer),
          new Scenario<>("concurrent_large_unary", GrpcSuiteClient::concurrentLargeUnary),
          new Scenario<>("rpc_soak", GrpcSuiteClient::rpcSoak),
          new Scenario<>("channel_soak", GrpcSuiteClient::channelSoak),
          new Scenario<>("compressed both ways", GrpcSuiteClient::compressedBothWays),
          new Scenario<>("error with details", GrpcSuiteClient::errorWithDetails),
          new Scenario<>("16 MiB both ways", GrpcSuiteClient::largest),
          new Scenario<>("the server knows the deadline", GrpcSuiteClient::deadline),
          new Scenario<>("the server hears of a cancel", GrpcSuiteClient::cancel),
          new Scenario<>("10,000 messages both ways", GrpcSuiteClient::many));

  /// Probing is for servers that look whether a message was compressed.
  private static final List<Scenario<GrpcSuiteClient>> PROBING_CASES =
      List.of(
          new Scenario<>("client_compressed_unary", GrpcSuiteClient::probeCompressedUnary),
          new Scenario<>("client_compressed_streaming", GrpcSuiteClient::probeCompressedStreaming));

  static List<Outcome> call(InetSocketAddress server) {
    try (var cases = new GrpcSuiteClient(server, client(server), compressing(server))) {
      return Scenario.run(CASES, cases);
    }
  }

  /// Runs the cases that probe the server, too.
  static List<Outcome> callAndProbe(InetSocketAddress server) {
    try (var cases = new GrpcSuiteClient(server, client(server), compressing(server))) {
      var outcomes = new ArrayList<>(Scenario.run(PROBING_CASES, cases));
      outcomes.addAll(Scenario.run(CASES, cases));
      return outcomes;
    }
  }

  /// Runs some of the cases over TLS.
  static List<Outcome> callSecured(InetSocketAddress server, TlsOptions tls) {
    var secured =
        CASES.stream().filter(one -> GrpcSuite.SECURED_CASES.contains(one.name())).toList();
    var client = builder(server, GrpcClientOptions.DEFAULT).tls(tls).build();
    try (var cases = new GrpcSuiteClient(server, client, client)) {
      return Scenario.run(secured, cases);
    }
  }

  private static Client client(InetSocketAddress server) {
    return builder(server, GrpcClientOptions.DEFAULT).build();
  }

  /// One that compresses what the server expects so.
  private static Client compressing(InetSocketAddress server) {
    CompressionPolicy asExpected =
        (_, message) ->
            switch (message) {
              case SimpleRequest one -> one.getExpectCompressed().getValue();
              case StreamingInputCallRequest one -> one.getExpectCompressed().getValue();
              default -> false;
            };
    return builder(server, GrpcClientOptions.DEFAULT.withCompression(asExpected)).build();
  }

  private static ClientBuilder builder(InetSocketAddress server, GrpcClientOptions options) {
    return Client.builder(server)
        .transport(GrpcClientTransport.create(options))
        .maxMessageBytes(GrpcSuiteServer.MAX_MESSAGE_BYTES)
        .timeout(TIMEOUT);
  }

  @Override
  public void close() {
    client.close();
    compressing.close();
  }

  // ---- calls

  private String emptyUnary() {
    var reply =
        MessageCall.call(
            client, GrpcSuite.SERVICE, GrpcSuite.EMPTY_CALL, Empty.getDefaultInstance());
    assertThat(reply).isEqualTo(Empty.getDefaultInstance());
    return "";
  }

  private String largeUnary() {
    return large(client, large());
  }

  private static SimpleRequest.Builder large() {
    return SimpleRequest.newBuilder()
        .setResponseSize(LARGE_RESPONSE)
        .setPayload(GrpcSuite.zeros(LARGE_REQUEST));
  }

  private static String large(Caller caller, SimpleRequest.Builder request) {
    assertThat(unary(caller, request).getPayload()).isEqualTo(GrpcSuite.zeros(LARGE_RESPONSE));
    return "";
  }

  private static SimpleResponse unary(Caller caller, SimpleRequest.Builder request) {
    return MessageCall.call(caller, GrpcSuite.SERVICE, GrpcSuite.UNARY_CALL, request.build());
  }

  private static BoolValue expecting(boolean compressed) {
    return BoolValue.newBuilder().setValue(compressed).build();
  }

  private String clientCompressedUnary() {
    large(compressing, large().setExpectCompressed(expecting(true)));
    return large(compressing, large().setExpectCompressed(expecting(false)));
  }

  private String probeCompressedUnary() {
    var probe = large().setExpectCompressed(expecting(true));
    assertThat(status(() -> unary(client, probe)).code()).isEqualTo(GrpcCode.INVALID_ARGUMENT);
    return clientCompressedUnary();
  }

  private String serverCompressedUnary() {
    large(client, large().setResponseCompressed(expecting(true)));
    return large(client, large().setResponseCompressed(expecting(false)));
  }

  // ---- streams

  private static ClientStream<StreamingInputCallRequest, StreamingInputCallResponse> input(
      StreamCaller caller) {
    return Streams.clientStream(caller.open(GrpcSuite.SERVICE, GrpcSuite.INPUT));
  }

  private static StreamingInputCallRequest.Builder input(int bytes) {
    return StreamingInputCallRequest.newBuilder().setPayload(GrpcSuite.zeros(bytes));
  }

  private String clientStreaming() {
    try (var stream = input(client)) {
      for (int bytes : REQUESTS) {
        stream.send(input(bytes).build());
      }
      assertThat(stream.finish().getAggregatedPayloadSize()).isEqualTo(74_922);
    }
    return "";
  }

  private String clientCompressedStreaming() {
    try (var stream = input(compressing)) {
      stream.send(input(27_182).setExpectCompressed(expecting(true)).build());
      stream.send(input(45_904).setExpectCompressed(expecting(false)).build());
      assertThat(stream.finish().getAggregatedPayloadSize()).isEqualTo(73_086);
    }
    return "";
  }

  private String probeCompressedStreaming() {
    var probe = input(27_182).setExpectCompressed(expecting(true)).build();
    try (var stream = input(client)) {
      var status =
          status(
              () -> {
                stream.send(probe); // which may hear of the end, too
                stream.finish();
              });
      assertThat(status.code()).isEqualTo(GrpcCode.INVALID_ARGUMENT);
    }
    return clientCompressedStreaming();
  }

  private static ResponseParameters response(int bytes) {
    return ResponseParameters.newBuilder().setSize(bytes).build();
  }

  private String serverStreaming() {
    var request = StreamingOutputCallRequest.newBuilder();
    for (int bytes : RESPONSES) {
      request.addResponseParameters(response(bytes));
    }
    return output(request, RESPONSES);
  }

  private String output(StreamingOutputCallRequest.Builder request, int... expected) {
    var opened = client.open(GrpcSuite.SERVICE, GrpcSuite.OUTPUT);
    try (var stream = Streams.<StreamingOutputCallResponse>serverStream(opened, request.build())) {
      for (int bytes : expected) {
        assertThat(stream.receive().orElseThrow().getPayload()).isEqualTo(GrpcSuite.zeros(bytes));
      }
      assertThat(stream.receive()).isEmpty();
    }
    return "";
  }

  private String serverCompressedStreaming() {
    var request =
        StreamingOutputCallRequest.newBuilder()
            .addResponseParameters(response(31_415).toBuilder().setCompressed(expecting(true)))
            .addResponseParameters(response(92_653).toBuilder().setCompressed(expecting(false)));
    return output(request, 31_415, 92_653);
  }

  private static BidiStream<StreamingOutputCallRequest, StreamingOutputCallResponse> duplex(
      StreamCaller caller) {
    return Streams.bidiStream(caller.open(GrpcSuite.SERVICE, GrpcSuite.FULL_DUPLEX));
  }

  private static StreamingOutputCallRequest ping(int requestBytes, int responseBytes) {
    return StreamingOutputCallRequest.newBuilder()
        .addResponseParameters(response(responseBytes))
        .setPayload(GrpcSuite.zeros(requestBytes))
        .build();
  }

  private String pingPong() {
    try (var stream = duplex(client)) {
      for (int i = 0; i < REQUESTS.length; i++) {
        stream.send(ping(REQUESTS[i], RESPONSES[i]));
        assertThat(stream.receive().orElseThrow().getPayload())
            .isEqualTo(GrpcSuite.zeros(RESPONSES[i]));
      }
      stream.end();
      assertThat(stream.receive()).isEmpty();
    }
    return "";
  }

  private String emptyStream() {
    try (var stream = duplex(client)) {
      stream.end();
      assertThat(stream.receive()).isEmpty();
    }
    return "";
  }

  // ---- metadata

  private String customMetadata() {
    var trailing =
        Base64.getEncoder()
            .withoutPadding()
            .encodeToString(ByteString.fromHex("0a0b0a0b0a0b").toByteArray());
    var metadata =
        Metadata.builder()
            .transientValue(GrpcSuite.ECHO_INITIAL, "test_initial_metadata_value")
            .transientValue(GrpcSuite.ECHO_TRAILING, trailing)
            .build();
    var back = new HashMap<String, String>();
    var options = CallOptions.builder().metadata(metadata).onReplyMetadata(back::putAll).build();
    var caller = client.with(options);

    large(caller, large());

    assertThat(back)
        .containsEntry(GrpcSuite.ECHO_INITIAL, "test_initial_metadata_value")
        .containsEntry(GrpcSuite.ECHO_TRAILING, trailing);
    try (var stream = duplex(caller)) {
      stream.send(ping(LARGE_REQUEST, LARGE_RESPONSE));
      assertThat(stream.header().get(GrpcSuite.ECHO_INITIAL))
          .contains("test_initial_metadata_value");
      stream.end();
      assertThat(stream.receive()).isPresent();
      assertThat(stream.receive()).isEmpty();
      assertThat(stream.trailer().get(GrpcSuite.ECHO_TRAILING)).contains(trailing);
    }
    return "";
  }

  // ---- endings

  private static GrpcStatus status(ThrowingCallable steps) {
    var failure = catchThrowableOfType(RpcException.class, steps);
    assertThat(failure).isNotNull();
    return GrpcStatus.of(failure).orElseThrow(() -> failure);
  }

  private static EchoStatus unknown(String message) {
    return EchoStatus.newBuilder().setCode(GrpcCode.UNKNOWN.number()).setMessage(message).build();
  }

  private String statusCodeAndMessage() {
    var expected = new GrpcStatus(GrpcCode.UNKNOWN, "test status message");
    var request = SimpleRequest.newBuilder().setResponseStatus(unknown(expected.message()));
    assertThat(status(() -> unary(client, request))).isEqualTo(expected);
    var failing =
        StreamingOutputCallRequest.newBuilder()
            .setResponseStatus(unknown(expected.message()))
            .build();
    try (var stream = duplex(client)) {
      var status =
          status(
              () -> {
                stream.send(failing); // which may hear of the end, too
                stream.end();
                stream.receive();
              });
      assertThat(status).isEqualTo(expected);
    }
    return "";
  }

  private String specialStatusMessage() {
    var message = "\t\ntest with whitespace\r\nand Unicode BMP ☺ and non-BMP \ud83d\ude08\t\n";
    var request = SimpleRequest.newBuilder().setResponseStatus(unknown(message));
    assertThat(status(() -> unary(client, request)))
        .isEqualTo(new GrpcStatus(GrpcCode.UNKNOWN, message));
    return "";
  }

  private String unimplementedMethod() {
    return unimplemented(GrpcSuite.SERVICE);
  }

  private String unimplementedService() {
    return unimplemented(GrpcSuite.UNKNOWN_SERVICE);
  }

  private String unimplemented(String service) {
    var status =
        status(
            () ->
                MessageCall.call(
                    client, service, GrpcSuite.UNIMPLEMENTED_CALL, Empty.getDefaultInstance()));
    assertThat(status.code()).isEqualTo(GrpcCode.UNIMPLEMENTED);
    return "";
  }

  private String cancelAfterBegin() {
    var stream = input(client);
    stream.close();
    var failure = catchThrowableOfType(RpcException.class, stream::finish);
    assertThat(failure.kind()).isEqualTo(Kind.CANCELLED);
    return "";
  }

  private String cancelAfterFirstResponse() {
    var stream = duplex(client);
    stream.send(ping(27_182, 31_415));
    assertThat(stream.receive().orElseThrow().getPayload()).isEqualTo(GrpcSuite.zeros(31_415));
    stream.close();
    var failure = catchThrowableOfType(RpcException.class, stream::receive);
    assertThat(failure.kind()).isEqualTo(Kind.CANCELLED);
    return "";
  }

  private String timeoutOnSleepingServer() {
    var options = CallOptions.builder().timeout(Duration.ofMillis(1)).build();
    var failure =
        catchThrowableOfType(
            RpcException.class,
            () -> {
              try (var stream = duplex(client.with(options))) {
                stream.send(
                    StreamingOutputCallRequest.newBuilder()
                        .setPayload(GrpcSuite.zeros(27_182))
                        .build());
                stream.receive();
              }
            });
    assertThat(failure.isDeadlinePassed()).as(failure.getMessage()).isTrue();
    return "";
  }

  // ---- many

  private String concurrentLargeUnary() throws Exception {
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Callable<String> call = this::largeUnary;
      for (var caller : threads.invokeAll(Collections.nCopies(64, call))) {
        caller.get();
      }
    }
    return "";
  }

  private String rpcSoak() {
    for (int i = 0; i < SOAK_CALLS; i++) {
      largeUnary();
    }
    return "";
  }

  /// Each call on a connection of its own.
  private String channelSoak() {
    for (int i = 0; i < SOAK_CALLS / 10; i++) {
      try (var fresh = client(server)) {
        large(fresh, large());
      }
    }
    return "";
  }

  // ---- more than the suite has

  private String compressedBothWays() {
    var request = large().setExpectCompressed(expecting(true));
    return large(compressing, request.setResponseCompressed(expecting(true)));
  }

  private String errorWithDetails() throws InvalidProtocolBufferException {
    var message = "not yet, 不";
    var said =
        EchoStatus.newBuilder().setCode(GrpcCode.FAILED_PRECONDITION.number()).setMessage(message);
    var status = status(() -> unary(client, SimpleRequest.newBuilder().setResponseStatus(said)));
    assertThat(status.code()).isEqualTo(GrpcCode.FAILED_PRECONDITION);
    assertThat(status.message()).isEqualTo(message);
    assertThat(Status.parseFrom(status.details().toByteArray()))
        .isEqualTo(GrpcSuite.details(message));
    return "";
  }

  private String largest() {
    var request =
        SimpleRequest.newBuilder().setResponseSize(LARGEST).setPayload(GrpcSuite.zeros(LARGEST));
    assertThat(unary(client, request).getPayload().getBody().size()).isEqualTo(LARGEST);
    return "";
  }

  private String deadline() {
    var options = CallOptions.builder().timeout(Duration.ofSeconds(10)).build();
    var seen = unary(client.with(options), SimpleRequest.newBuilder().setFillUsername(true));
    assertThat(Long.parseLong(seen.getUsername())).isBetween(1L, 10_000L);
    return "";
  }

  private String cancel() {
    var ask = SimpleRequest.newBuilder().setFillOauthScope(true);
    var _ = unary(client, ask); // forgets others
    cancelAfterFirstResponse();
    var ending = "";
    for (long end = System.nanoTime() + TIMEOUT.toNanos();
        ending.isEmpty() && System.nanoTime() < end; ) {
      ending = unary(client, ask).getOauthScope();
    }
    assertThat(ending).isEqualTo("cancelled");
    return "";
  }

  private String many() throws Exception {
    try (var threads = Executors.newVirtualThreadPerTaskExecutor();
        var stream = duplex(client)) {
      var sender =
          threads.submit(
              () -> {
                for (int i = 0; i < MESSAGES; i++) {
                  stream.send(ping(1, 100));
                }
                stream.end();
              });
      for (int i = 0; i < MESSAGES; i++) {
        assertThat(stream.receive()).isPresent();
      }
      assertThat(stream.receive()).isEmpty();
      sender.get();
    }
    return "";
  }
}
