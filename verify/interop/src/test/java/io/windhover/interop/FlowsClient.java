package io.windhover.interop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.StringValue;
import com.google.rpc.Status;
import io.windhover.interop.echoes.Failure;
import io.windhover.interop.echoes.Nothing;
import io.windhover.interop.echoes.Order;
import io.windhover.interop.echoes.Seen;
import io.windhover.interop.echoes.Text;
import io.windhover.rpc.CallOptions;
import io.windhover.rpc.Caller;
import io.windhover.rpc.Metadata;
import io.windhover.rpc.RpcException;
import io.windhover.rpc.Streams;
import io.windhover.rpc.client.Client;
import io.windhover.rpc.codec.MessageCall;
import io.windhover.rpc.grpc.GrpcClientOptions;
import io.windhover.rpc.grpc.GrpcClientTransport;
import io.windhover.rpc.grpc.GrpcCode;
import io.windhover.rpc.grpc.GrpcStatus;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;

/// The scenarios of Protobuf over gRPC, run by our client.
///
/// @param zipping one that compresses requests, for a server that reads them
record FlowsClient(Client client, Client zipping) implements AutoCloseable {
  static final String CALL_WITH_GZIP = "call with gzip";

  private static final int MAX_MESSAGE = 16 << 20; // unless told otherwise
  private static final Duration TIMEOUT = Duration.ofSeconds(10);
  private static final Duration SHORT_TIMEOUT = Duration.ofMillis(300);
  private static final String TEXT = "no way, 不";

  private static final List<Scenario<FlowsClient>> SCENARIOS =
      List.of(
          new Scenario<>("metadata in both directions", FlowsClient::lookAround),
          new Scenario<>("text under a key that ends like bytes", FlowsClient::textLikeBytes),
          new Scenario<>("every status", FlowsClient::everyStatus),
          new Scenario<>("error with a detail", FlowsClient::errorWithDetail),
          new Scenario<>("the server knows the deadline", FlowsClient::deadlineIsKnown),
          new Scenario<>("the deadline ends the handler", FlowsClient::deadlineEnds),
          new Scenario<>("a cancelled call ends the handler", FlowsClient::cancelCall),
          new Scenario<>(
              "message of 16 MiB", client -> echo(client.client, new byte[MAX_MESSAGE - 5])),
          new Scenario<>("reply over 16 MiB", FlowsClient::replyTooLarge),
          new Scenario<>(CALL_WITH_GZIP, FlowsClient::callWithGzip),
          new Scenario<>("stream with gzip", client -> chat(client.zipping, TEXT.repeat(1000))),
          new Scenario<>("client stream of Protobuf", FlowsClient::gather),
          new Scenario<>("server stream of Protobuf", FlowsClient::scatter),
          new Scenario<>("both ways, in Protobuf", client -> chat(client.client, TEXT)));

  /// The names of all scenarios.
  static List<String> scenarios() {
    return SCENARIOS.stream().map(Scenario::name).toList();
  }

  /// @param zipped the server to which requests go compressed
  static List<Outcome> call(InetSocketAddress server, InetSocketAddress zipped) {
    try (var client = to(server, zipped)) {
      return Scenario.run(SCENARIOS, client);
    }
  }

  /// Sends a message of zeros, and gets it back.
  static void callWithGzip(InetSocketAddress server) {
    try (var client = to(server, server)) {
      client.callWithGzip();
    }
  }

  private static FlowsClient to(InetSocketAddress server, InetSocketAddress zipped) {
    return new FlowsClient(
        client(server, GrpcClientOptions.DEFAULT),
        client(zipped, GrpcClientOptions.DEFAULT.withCompression(true)));
  }

  private static Client client(InetSocketAddress server, GrpcClientOptions options) {
    return Client.builder(server)
        .transport(GrpcClientTransport.create(options))
        .timeout(TIMEOUT)
        .build();
  }

  @Override
  public void close() {
    client.close();
    zipping.close();
  }

  private static Seen look(Caller caller) {
    return MessageCall.call(caller, FlowsCalls.NAME, FlowsCalls.LOOK, Nothing.getDefaultInstance());
  }

  private String lookAround() {
    var bytes = new byte[] {0, -1, -128, ','};
    var base64 = Base64.getEncoder().withoutPadding().encodeToString(bytes);
    var metadata =
        Metadata.builder()
            .transientValue("X-Name", "a name")
            .transientValue("x-bytes-bin", base64)
            .build();
    var back = new HashMap<String, String>();
    var options = CallOptions.builder().metadata(metadata).onReplyMetadata(back::putAll).build();

    var seen = look(client.with(options));

    assertThat(seen.getMetadataMap())
        .containsEntry("x-name", ByteString.copyFromUtf8("a name"))
        .containsEntry("x-bytes-bin", ByteString.copyFrom(bytes));
    assertThat(back).containsEntry("x-head", "a name").containsEntry("x-tail-bin", base64);
    return "";
  }

  private String textLikeBytes() {
    var options = CallOptions.builder().metadata(Metadata.of("SEAL_BIN", TEXT)).build();
    var key = Text.newBuilder().setText("SEAL_BIN").build();
    assertThat(Echoes.on(client.with(options)).tell(key).getText()).isEqualTo(TEXT);
    return "";
  }

  private GrpcStatus refusal(int code, String detail) {
    var failure = Failure.newBuilder().setCode(code).setText(TEXT).setKind(detail).build();
    var error =
        catchThrowableOfType(
            RpcException.class,
            () -> MessageCall.call(client, FlowsCalls.NAME, FlowsCalls.REFUSE, failure));
    var status = GrpcStatus.of(error).orElseThrow();
    assertThat(status.code().number()).isEqualTo(code);
    assertThat(status.message()).startsWith(TEXT); // Kitex adds to it
    return status;
  }

  private String everyStatus() {
    for (int code = 1; code <= 16; code++) {
      assertThat(refusal(code, "").details().size()).isZero();
    }
    return "";
  }

  private String errorWithDetail() throws InvalidProtocolBufferException {
    int code = GrpcCode.FAILED_PRECONDITION.number();
    var details = Status.parseFrom(refusal(code, "detail, 不").details().toByteArray());
    assertThat(details.getCode()).isEqualTo(code);
    assertThat(details.getDetails(0).unpack(StringValue.class).getValue()).isEqualTo("detail, 不");
    return "";
  }

  private String deadlineIsKnown() {
    var options = CallOptions.builder().timeout(Duration.ofSeconds(3)).build();
    assertThat(look(client.with(options)).getTimeoutMillis()).isBetween(1L, 3000L);
    return "";
  }

  private static Nothing await(Caller caller) {
    return MessageCall.call(caller, FlowsCalls.NAME, FlowsCalls.WAIT, Nothing.getDefaultInstance());
  }

  private String deadlineEnds() {
    var hurried = client.with(CallOptions.builder().timeout(SHORT_TIMEOUT).build());
    var error = catchThrowableOfType(RpcException.class, () -> await(hurried));
    assertThat(error.kind()).isEqualTo(RpcException.Kind.TIMEOUT);
    assertThat(tidings()).isEqualTo("begun");
    return tidings();
  }

  private String tidings() {
    var nothing = Nothing.getDefaultInstance();
    return MessageCall.call(client, FlowsCalls.NAME, FlowsCalls.TIDINGS, nothing).getText();
  }

  private String cancelCall() throws InterruptedException {
    var error = new AtomicReference<RpcException>();
    var call =
        Thread.startVirtualThread(
            () -> error.set(catchThrowableOfType(RpcException.class, () -> await(client))));
    assertThat(tidings()).isEqualTo("begun");
    call.interrupt();
    assertThat(call.join(TIMEOUT)).isTrue();
    assertThat(error.get().kind()).isEqualTo(RpcException.Kind.CANCELLED);
    return tidings();
  }

  private static String echo(Caller caller, byte[] seal) {
    var order = Order.newBuilder().setSeal(ByteString.copyFrom(seal)).build();
    assertThat(Echoes.on(caller).echoOrder(order).equals(order)).isTrue();
    return "";
  }

  private String replyTooLarge() {
    var order = Order.newBuilder().setId(MAX_MESSAGE).build();
    var error = catchThrowableOfType(RpcException.class, () -> Echoes.on(client).grow(order));
    assertThat(error).hasMessageContaining("" + MAX_MESSAGE);
    return echo(client, new byte[1]);
  }

  private String callWithGzip() {
    echo(zipping, new byte[1 << 19]);
    return "";
  }

  private String gather() {
    var opened = client.open(FlowsCalls.NAME, FlowsCalls.GATHER);
    try (var stream = Streams.<Text, Text>clientStream(opened)) {
      for (int i = 0; i < 1000; i++) {
        stream.send(Text.newBuilder().setText("不").build());
      }
      assertThat(stream.finish().getText()).isEqualTo("不".repeat(1000));
    }
    return "";
  }

  private String scatter() {
    var order = Order.newBuilder().setId(1000).setBuyer("Zoë").build();
    var opened = client.open(FlowsCalls.NAME, FlowsCalls.SCATTER);
    try (var stream = Streams.<Text>serverStream(opened, order)) {
      for (int i = 0; i < 1000; i++) {
        assertThat(stream.receive().orElseThrow().getText()).isEqualTo("Zoë");
      }
      assertThat(stream.receive()).isEmpty();
    }
    return "";
  }

  private static String chat(Client client, String text) {
    var opened = client.open(FlowsCalls.NAME, FlowsCalls.CHAT);
    try (var stream = Streams.<Text, Text>bidiStream(opened)) {
      for (var sent : List.of(text, "", text + text)) {
        stream.send(Text.newBuilder().setText(sent).build());
        assertThat(stream.receive().orElseThrow().getText()).isEqualTo(sent);
      }
      stream.end();
      assertThat(stream.receive()).isEmpty();
    }
    return "";
  }
}
