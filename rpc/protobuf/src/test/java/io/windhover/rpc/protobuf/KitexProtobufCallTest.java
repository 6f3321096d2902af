package io.windhover.rpc.protobuf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.Empty;
import com.google.protobuf.StringValue;
import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import io.windhover.rpc.ApplicationException;
import io.windhover.rpc.BusinessException;
import io.windhover.rpc.CallOptions;
import io.windhover.rpc.Caller;
import io.windhover.rpc.Compression;
import io.windhover.rpc.Invocation;
import io.windhover.rpc.Metadata;
import io.windhover.rpc.Method;
import io.windhover.rpc.Operation;
import io.windhover.rpc.Protocol;
import io.windhover.rpc.RpcException;
import io.windhover.rpc.Service;
import io.windhover.rpc.client.Client;
import io.windhover.rpc.client.ClientBuilder;
import io.windhover.rpc.server.Server;
import io.windhover.thrift.Scalars;
import io.windhover.thrift.call.Result;
import io.windhover.thrift.call.Signature;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

/// Calls between our own client and server over loopback.
@Timeout(20)
final class KitexProtobufCallTest {

  private final ArrayList<AutoCloseable> toClose = new ArrayList<>();

  @AfterEach
  void closeAll() throws Exception {
    for (var closeable : toClose.reversed()) {
      closeable.close();
    }
  }

  private <T extends AutoCloseable> T keep(T closeable) {
    toClose.add(closeable);
    return closeable;
  }

  private Server serve(UnaryOperator<String> handler) throws IOException {
    return keep(
        Server.builder()
            .port(0)
            .payloadCodec(new KitexProtobuf())
            .service(EchoService.serve(new EchoHandler(handler)))
            .start());
  }

  private static ClientBuilder client(Server server) {
    return Client.builder("127.0.0.1:" + server.port()).payloadCodec(new KitexProtobuf());
  }

  private Client client(Server server, Protocol protocol) {
    return keep(client(server).protocol(protocol).build());
  }

  private static String echo(Caller caller, String text) {
    return EchoService.on(caller).echo(StringValue.of(text)).getValue();
  }

  @ParameterizedTest
  @EnumSource(mode = Mode.EXCLUDE, names = "BUFFERED")
  void carriesMessages(Protocol protocol) throws Exception {
    var client = client(serve(text -> text + "!"), protocol);
    var struct =
        Struct.newBuilder()
            .putFields("a", Value.newBuilder().setNumberValue(1.5).build())
            .putFields("b", Value.newBuilder().setStringValue("x").build())
            .build();

    assertThat(echo(client, "hi")).isEqualTo("hi!");
    assertThat(echo(client, "x".repeat(3 << 20))).hasSize((3 << 20) + 1);
    assertThat(EchoService.on(client).merge(struct)).isEqualTo(struct);
    assertThat(EchoService.on(client).merge(Struct.getDefaultInstance()))
        .isEqualTo(Struct.getDefaultInstance());
    assertThat(client.openConnections()).isEqualTo(1);
  }

  @ParameterizedTest
  @EnumSource(mode = Mode.EXCLUDE, names = "BUFFERED")
  void carriesErrors(Protocol protocol) throws Exception {
    var server =
        serve(
            text -> {
              if (text.isEmpty()) {
                throw new IllegalStateException("crash");
              }
              throw new ApplicationException(4711, text);
            });
    var client = client(server, protocol);
    var unknown = new Method<>("Nope", false, EchoServiceCalls.ECHO.codec());

    assertThatExceptionOfType(RpcException.class)
        .isThrownBy(() -> echo(client, "as asked for"))
        .withMessageContaining("as asked for")
        .returns(4711, RpcException::remoteCode);
    assertThatExceptionOfType(RpcException.class)
        .isThrownBy(() -> echo(client, ""))
        .withMessageContaining("error id ")
        .returns(6, RpcException::remoteCode);
    assertThatExceptionOfType(RpcException.class)
        .isThrownBy(() -> client.call("EchoService", unknown, StringValue.of("hi")))
        .withMessageContaining("unknown method Nope")
        .returns(1, RpcException::remoteCode);
  }

  @Test
  void carriesABusinessStatusOverTTHeader() throws Exception {
    var server =
        serve(
            text -> {
              throw new BusinessException(404, text, Map.of("key", "value"));
            });

    assertThatExceptionOfType(BusinessException.class)
        .isThrownBy(() -> echo(client(server, Protocol.TTHEADER), "none"))
        .returns(404, BusinessException::code)
        .returns("none", BusinessException::text)
        .returns(Map.of("key", "value"), BusinessException::extra);
    assertThatExceptionOfType(RpcException.class)
        .isThrownBy(() -> echo(client(server, Protocol.FRAMED), "none"))
        .withMessageContaining("which FRAMED cannot carry: call it over TTHeader");
  }

  @Test
  void carriesMetadataBothWaysOverTTHeader() throws Exception {
    var server =
        serve(
            text -> {
              var invocation = Invocation.current().orElseThrow();
              invocation.replyMetadata().put("seen", "yes");
              return invocation.metadata().get(text).orElse("none");
            });
    var replies = new LinkedHashMap<String, String>();
    var client =
        client(server, Protocol.TTHEADER)
            .with(
                CallOptions.builder()
                    .metadata(Metadata.of("tenant", "blue"))
                    .onReplyMetadata(replies::putAll)
                    .build());

    assertThat(echo(client, "tenant")).isEqualTo("blue");
    assertThat(replies).containsEntry("seen", "yes");
  }

  @Test
  void carriesOnewayCalls() throws Exception {
    var notes = new LinkedBlockingQueue<String>();
    var note = new Method<>("Note", true, EchoServiceCalls.ECHO.codec());
    var operation =
        new Operation(
            note,
            (invocation, request) -> {
              notes.add(((StringValue) request).getValue());
              return Empty.getDefaultInstance();
            });
    var server =
        keep(
            Server.builder()
                .port(0)
                .payloadCodec(new KitexProtobuf())
                .service(new Service("Notes", List.of(operation)))
                .start());

    client(server, Protocol.FRAMED).call("Notes", note, StringValue.of("remember"));

    assertThat(notes.take()).isEqualTo("remember");
  }

  @Test
  void isSummedCompressedAndMultiplexedAsAnyPayload() throws Exception {
    var server =
        keep(
            Server.builder()
                .port(0)
                .payloadCodec(new KitexProtobuf())
                .checksums(true)
                .compressAbove(100)
                .service(EchoService.serve(new EchoHandler(text -> text + "!")))
                .start());
    var client =
        keep(
            client(server)
                .protocol(Protocol.TTHEADER)
                .multiplexed(1)
                .checksums(true)
                .compression(Compression.GZIP, 100)
                .build());

    for (int i = 0; i < 3; i++) {
      assertThat(echo(client, "x".repeat(10_000))).hasSize(10_001);
    }
    assertThat(client.openConnections()).isEqualTo(1);
  }

  @Test
  void isServedBesideThrift() throws Exception {
    var shout =
        new Method<>(
            "shout",
            false,
            Signature.builder()
                .argument(1, "text", Scalars.STRING)
                .returns(Scalars.STRING)
                .build());
    var thrift =
        new Service(
            "Shouts",
            List.of(
                new Operation(
                    shout,
                    (invocation, request) ->
                        shout.codec().run(request, in -> in.<String>get(0) + "!!"))));
    var server =
        keep(
            Server.builder()
                .port(0)
                .payloadCodec(new KitexProtobuf())
                .service(EchoService.serve(new EchoHandler(text -> text + "!")))
                .service(thrift)
                .start());
    for (var protocol : Protocol.values()) {
      var caller = keep(Client.builder("127.0.0.1:" + server.port()).protocol(protocol).build());
      var result = (Result) caller.call("Shouts", shout, shout.codec().arguments("hi"));

      assertThat(result.<String>orThrow()).isEqualTo("hi!!");
    }
    assertThat(echo(client(server, Protocol.FRAMED), "hi")).isEqualTo("hi!");
    assertThat(echo(client(server, Protocol.TTHEADER), "hi")).isEqualTo("hi!");
  }

  @Test
  void showsMessagesToMiddleware() throws Exception {
    var seen = new ConcurrentLinkedQueue<Object>();
    var client =
        keep(
            client(serve(text -> text + "!"))
                .middleware(
                    next ->
                        (invocation, request) -> {
                          seen.add(request);
                          var response = next.call(invocation, request);
                          seen.add(response);
                          return response;
                        })
                .build());

    echo(client, "hi");

    assertThat(seen).containsExactly(StringValue.of("hi"), StringValue.of("hi!"));
  }

  @Test
  void isCalledInProcessToo() throws Exception {
    assertThat(echo(serve(text -> text + "!").inProcess(), "hi")).isEqualTo("hi!");
  }

  @Test
  void callsInTTHeaderFramedSinceKitexTakesNoOther() throws Exception {
    assertThat(client(serve(text -> text), Protocol.TTHEADER).explain())
        .contains("TTHEADER_FRAMED");
  }

  @Test
  void tellsACallerOfAResponseThatIsNone() throws Exception {
    var server =
        keep(
            Server.builder()
                .port(0)
                .payloadCodec(new KitexProtobuf())
                .middleware(
                    next ->
                        (invocation, request) -> {
                          next.call(invocation, request);
                          return Empty.getDefaultInstance();
                        })
                .service(EchoService.serve(new EchoHandler(text -> text)))
                .start());
    var client = client(server, Protocol.FRAMED);

    assertThatExceptionOfType(RpcException.class)
        .isThrownBy(() -> echo(client, "hi"))
        .withMessageContaining("the reply cannot be written")
        .withMessageContaining("a com.google.protobuf.Empty (expected: ")
        .returns(7, RpcException::remoteCode);
  }

  @Test
  @SuppressWarnings("NullAway") // what is tested
  void tellsACallerOfAHandlerThatReturnedNull() throws Exception {
    EchoService handler =
        new EchoService() {
          @Override
          public StringValue echo(StringValue request) {
            return null;
          }

          @Override
          public Struct merge(Struct request) {
            return request;
          }
        };
    var server =
        keep(
            Server.builder()
                .port(0)
                .exposeFailures(true)
                .payloadCodec(new KitexProtobuf())
                .service(EchoService.serve(handler))
                .start());

    assertThatExceptionOfType(RpcException.class)
        .isThrownBy(() -> echo(client(server, Protocol.FRAMED), "hi"))
        .withMessageContaining("the handler returned null")
        .returns(6, RpcException::remoteCode);
  }

  @Test
  void isHeldToTheSizeOfMessages() throws Exception {
    var server =
        keep(
            Server.builder()
                .port(0)
                .maxMessageBytes(4096)
                .payloadCodec(new KitexProtobuf())
                .service(EchoService.serve(new EchoHandler(text -> text.repeat(2))))
                .start());
    var client = client(server, Protocol.FRAMED);

    assertThatExceptionOfType(RpcException.class)
        .isThrownBy(() -> echo(client, "x".repeat(3000)))
        .withMessageContaining("limit: maxMessageBytes 4096");
    assertThatExceptionOfType(RpcException.class)
        .isThrownBy(() -> echo(client, "x".repeat(5000)))
        .returns(RpcException.Kind.DISCONNECTED, RpcException::kind);
  }

  @Test
  void saysWhereItIsNotSetUp() throws Exception {
    var withoutCodec = keep(Client.builder("127.0.0.1:1").build());

    assertThatThrownBy(() -> echo(withoutCodec, "hi"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("EchoService/Echo is not a Thrift method")
        .hasMessageContaining("payloadCodec(...)");
    assertThatThrownBy(
            () ->
                Server.builder()
                    .port(0)
                    .service(EchoService.serve(new EchoHandler(text -> text)))
                    .start())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("EchoService/Echo is not a Thrift method")
        .hasMessageContaining("payloadCodec(...)");
  }
}
