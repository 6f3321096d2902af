package io.windhover.interop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.protobuf.ByteString;
import io.windhover.interop.echoes.Failure;
import io.windhover.interop.echoes.Nothing;
import io.windhover.interop.echoes.Order;
import io.windhover.interop.echoes.Text;
import io.windhover.interop.everything.Interop;
import io.windhover.rpc.BusinessException;
import io.windhover.rpc.CallOptions;
import io.windhover.rpc.Metadata;
import io.windhover.rpc.RpcException;
import io.windhover.rpc.client.Client;
import io.windhover.rpc.client.ClientBuilder;
import io.windhover.rpc.proto.KitexProtobuf;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;

/// The scenarios of the service in Protobuf, run by our client.
///
/// @param thrift a client for the other services of the same port
record EchoesClient(Client client, Client thrift) implements AutoCloseable {
  private static final int LARGE = 3 << 20;
  private static final String TEXT = "no way, 不";

  private static final List<Scenario<EchoesClient>> SCENARIOS =
      List.of(
          new Scenario<>("message with everything", client -> client.echo(order())),
          new Scenario<>("message of defaults", client -> client.echo(Order.getDefaultInstance())),
          new Scenario<>("arms of a oneof", EchoesClient::armsOfAOneof),
          new Scenario<>("zero in a oneof", EchoesClient::zeroInAOneof),
          new Scenario<>("empty message", EchoesClient::empty),
          new Scenario<>("large request", EchoesClient::largeRequest),
          new Scenario<>("large response", EchoesClient::largeResponse),
          new Scenario<>("32 callers", EchoesClient::callers),
          new Scenario<>("error of a handler", client -> client.fail("error", 0)),
          new Scenario<>("error with a number", client -> client.fail("number", 4711)),
          new Scenario<>("handler that crashes", client -> client.fail("crash", 0)),
          new Scenario<>("unknown method", EchoesClient::unknownMethod),
          new Scenario<>("business status", EchoesClient::businessStatus),
          new Scenario<>("transient metadata", EchoesClient::transientValue),
          new Scenario<>("backward metadata", EchoesClient::backwardValue),
          new Scenario<>("Thrift on the same port", EchoesClient::thriftBeside));

  static List<Outcome> call(InetSocketAddress server, Transport transport) {
    boolean isGrpc = transport == Transport.GRPC;
    var protobuf = builder(server, transport);
    if (!isGrpc) {
      protobuf.payloadCodec(new KitexProtobuf());
    }
    var thrift = builder(server, transport);
    try (var client = new EchoesClient(protobuf.build(), thrift.build())) {
      return Scenario.run(SCENARIOS, client);
    }
  }

  private static ClientBuilder builder(InetSocketAddress server, Transport transport) {
    return transport.of(Client.builder(server)).timeout(Duration.ofSeconds(10));
  }

  @Override
  public void close() {
    client.close();
    thrift.close();
  }

  private static Order order() {
    return Order.newBuilder()
        .setId(-1)
        .setBuyer("Zoë 中 \ud83d\ude00")
        .addLines(
            Order.Line.newBuilder()
                .setArticle("a")
                .setPieces(-5)
                .addAllCodes(List.of(0L, 1L, -1L, 1L << 62)))
        .addLines(Order.Line.getDefaultInstance())
        .putByShelf("", Order.Line.newBuilder().setPieces(1).build())
        .putByShelf("k", Order.Line.newBuilder().setArticle("b").build())
        .putNotes(0, "zero")
        .putNotes(-1, "")
        .putNotes(7, "seven")
        .setState(Order.State.STATE_SENT)
        .setCard("4711")
        .setSeal(ByteString.copyFrom(new byte[] {0, -1, -128}))
        .setGift(false)
        .setWeight(-0.5)
        .setDiscount(1.25f)
        .setBalance(Integer.MIN_VALUE)
        .setStamp(-1)
        .addAllTicks(List.of(true, false, true))
        .setParent(Order.newBuilder().setParent(Order.newBuilder().setId(3)))
        .build();
  }

  private Echoes echoes() {
    return Echoes.on(client);
  }

  private String echo(Order order) {
    assertThat(echoes().echoOrder(order)).isEqualTo(order);
    return "";
  }

  private String armsOfAOneof() {
    echo(Order.newBuilder().setInvoice(1L << 63).build());
    return echo(Order.newBuilder().setBarter(Order.Line.newBuilder().setPieces(2)).build());
  }

  /// It is not the absence of it.
  private String zeroInAOneof() {
    var got = echoes().echoOrder(Order.newBuilder().setCard("").build());
    return got.hasCard() ? "kept" : "lost";
  }

  private String empty() {
    assertThat(echoes().nop(Nothing.getDefaultInstance())).isEqualTo(Nothing.getDefaultInstance());
    return "";
  }

  private String largeRequest() {
    return echo(Order.newBuilder().setSeal(ByteString.copyFrom(new byte[LARGE])).build());
  }

  private String largeResponse() {
    assertThat(echoes().grow(Order.newBuilder().setId(LARGE).build()).getText()).hasSize(LARGE);
    return "";
  }

  private String callers() throws Exception {
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var callers = new ArrayList<Callable<String>>();
      for (int caller = 0; caller < 32; caller++) {
        int first = 100 * caller;
        callers.add(() -> calls(first));
      }
      for (var caller : threads.invokeAll(callers)) {
        caller.get();
      }
    }
    return "";
  }

  private String calls(int first) {
    for (int call = 0; call < 20; call++) {
      echo(Order.newBuilder().setId(first + call).setBuyer("x").build());
    }
    return "";
  }

  private String fail(String kind, int code) {
    var failure = failure(kind, code);
    var error = catchThrowableOfType(RpcException.class, () -> echoes().fail(failure));
    echo(Order.newBuilder().setId(1).build());
    return error.remoteCode() + (error.getMessage().contains(TEXT) ? ", with its text" : "");
  }

  private static Failure failure(String kind, int code) {
    return Failure.newBuilder().setKind(kind).setCode(code).setText(TEXT).build();
  }

  private String unknownMethod() {
    var error =
        catchThrowableOfType(
            RpcException.class,
            () -> client.call("Outsiders", EchoesCalls.VANISH, Nothing.getDefaultInstance()));
    return Integer.toString(error.remoteCode());
  }

  private String businessStatus() {
    try {
      var _ = echoes().fail(failure("business", 404));
      return "lost";
    } catch (BusinessException e) {
      assertThat(e.code()).isEqualTo(404);
      assertThat(e.text()).isEqualTo(TEXT);
      assertThat(e.extra()).containsKey("by");
      return "told";
    } catch (RpcException e) {
      return "refused";
    } finally {
      echo(Order.newBuilder().setId(1).build());
    }
  }

  private String transientValue() {
    var options = CallOptions.builder().metadata(Metadata.of("KEY", "transient, 值")).build();
    try {
      var value = Echoes.on(client.with(options)).tell(key());
      assertThat(value.getText()).isIn("", "transient, 值");
      return value.getText().isEmpty() ? "not told" : "told";
    } catch (IllegalArgumentException e) { // the protocol cannot carry it
      assertThat(e).hasMessageContaining("metadata");
      return "refused";
    }
  }

  private static Text key() {
    return Text.newBuilder().setText("KEY").build();
  }

  private String backwardValue() {
    var backward = new HashMap<String, String>();
    var options = CallOptions.builder().onReplyMetadata(backward::putAll).build();
    var _ = Echoes.on(client.with(options)).tell(key());
    return backward.containsKey("ANSWERED") ? "told" : "not told";
  }

  private String thriftBeside() {
    Interop.on(thrift).nothing();
    return "";
  }
}
