package io.windhover.rpc.protobuf;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Empty;
import com.google.protobuf.StringValue;
import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import io.windhover.rpc.CallOptions;
import io.windhover.rpc.Compression;
import io.windhover.rpc.Invocation;
import io.windhover.rpc.Metadata;
import io.windhover.rpc.Method;
import io.windhover.rpc.Operation;
import io.windhover.rpc.Protocol;
import io.windhover.rpc.Service;
import io.windhover.rpc.client.Client;
import io.windhover.rpc.proto.KitexProtobuf;
import io.windhover.rpc.server.Server;
import io.windhover.thrift.Scalars;
import io.windhover.thrift.call.Result;
import io.windhover.thrift.call.Signature;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

/// Calls between our own client and server over loopback.
@Timeout(20)
final class KitexProtobufCallTest {

  private final EchoSides sides = new EchoSides();

  @AfterEach
  void close() throws Exception {
    sides.close();
  }

  @ParameterizedTest
  @EnumSource(mode = Mode.EXCLUDE, names = "BUFFERED")
  void carriesMessages(Protocol protocol) throws Exception {
    var client = sides.client(sides.serve(text -> text + "!"), protocol);
    var struct =
        Struct.newBuilder()
            .putFields("a", Value.newBuilder().setNumberValue(1.5).build())
            .putFields("b", Value.newBuilder().setStringValue("x").build())
            .build();

    assertThat(EchoSides.echo(client, "hi")).isEqualTo("hi!");
    assertThat(EchoSides.echo(client, "x".repeat(3 << 20))).hasSize((3 << 20) + 1);
    assertThat(EchoService.on(client).merge(struct)).isEqualTo(struct);
    assertThat(EchoService.on(client).merge(Struct.getDefaultInstance()))
        .isEqualTo(Struct.getDefaultInstance());
    assertThat(client.openConnections()).isEqualTo(1);
  }

  @Test
  void carriesMetadataBothWaysOverTTHeader() throws Exception {
    var server =
        sides.serve(
            text -> {
              var invocation = Invocation.current().orElseThrow();
              invocation.replyMetadata().put("seen", "yes");
              return invocation.metadata().get(text).orElse("none");
            });
    var replies = new LinkedHashMap<String, String>();
    var client =
        sides
            .client(server, Protocol.TTHEADER)
            .with(
                CallOptions.builder()
                    .metadata(Metadata.of("tenant", "blue"))
                    .onReplyMetadata(replies::putAll)
                    .build());

    assertThat(EchoSides.echo(client, "tenant")).isEqualTo("blue");
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
        sides.keep(
            Server.builder()
                .port(0)
                .payloadCodec(new KitexProtobuf())
                .service(new Service("Notes", List.of(operation)))
                .start());

    sides.client(server, Protocol.FRAMED).call("Notes", note, StringValue.of("remember"));

    assertThat(notes.take()).isEqualTo("remember");
  }

  @Test
  void isSummedCompressedAndMultiplexedAsAnyPayload() throws Exception {
    var server =
        sides.keep(
            Server.builder()
                .port(0)
                .payloadCodec(new KitexProtobuf())
                .checksums(true)
                .compressAbove(100)
                .service(EchoService.serve(new EchoHandler(text -> text + "!")))
                .start());
    var client =
        sides.keep(
            sides
                .client(server)
                .protocol(Protocol.TTHEADER)
                .multiplexed(1)
                .checksums(true)
                .compression(Compression.GZIP, 100)
                .build());

    for (int i = 0; i < 3; i++) {
      assertThat(EchoSides.echo(client, "x".repeat(10_000))).hasSize(10_001);
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
        sides.keep(
            Server.builder()
                .port(0)
                .payloadCodec(new KitexProtobuf())
                .service(EchoService.serve(new EchoHandler(text -> text + "!")))
                .service(thrift)
                .start());
    for (var protocol : Protocol.values()) {
      var caller =
          sides.keep(Client.builder("127.0.0.1:" + server.port()).protocol(protocol).build());
      var result = (Result) caller.call("Shouts", shout, shout.codec().arguments("hi"));

      assertThat(result.<String>orThrow()).isEqualTo("hi!!");
    }
    assertThat(EchoSides.echo(sides.client(server, Protocol.FRAMED), "hi")).isEqualTo("hi!");
    assertThat(EchoSides.echo(sides.client(server, Protocol.TTHEADER), "hi")).isEqualTo("hi!");
  }

  @Test
  void showsMessagesToMiddleware() throws Exception {
    var seen = new ConcurrentLinkedQueue<Object>();
    var client =
        sides.keep(
            sides
                .client(sides.serve(text -> text + "!"))
                .middleware(
                    next ->
                        (invocation, request) -> {
                          seen.add(request);
                          var response = next.call(invocation, request);
                          seen.add(response);
                          return response;
                        })
                .build());

    EchoSides.echo(client, "hi");

    assertThat(seen).containsExactly(StringValue.of("hi"), StringValue.of("hi!"));
  }

  @Test
  void isCalledInProcessToo() throws Exception {
    assertThat(EchoSides.echo(sides.serve(text -> text + "!").inProcess(), "hi")).isEqualTo("hi!");
  }

  @Test
  void callsInTTHeaderFramedSinceKitexTakesNoOther() throws Exception {
    assertThat(sides.client(sides.serve(text -> text), Protocol.TTHEADER).explain())
        .contains("TTHEADER_FRAMED");
  }
}
