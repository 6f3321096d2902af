package io.windhover.rpc.protobuf;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.Empty;
import com.google.protobuf.StringValue;
import com.google.protobuf.Struct;
import io.windhover.rpc.ApplicationException;
import io.windhover.rpc.BusinessException;
import io.windhover.rpc.Method;
import io.windhover.rpc.Protocol;
import io.windhover.rpc.RpcException;
import io.windhover.rpc.client.Client;
import io.windhover.rpc.proto.KitexProtobuf;
import io.windhover.rpc.server.Server;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

/// Calls that do not end with a response, between our own client and server over loopback.
@Timeout(20)
final class KitexProtobufFailureTest {

  private final EchoSides sides = new EchoSides();

  @AfterEach
  void close() throws Exception {
    sides.close();
  }

  @ParameterizedTest
  @EnumSource(mode = Mode.EXCLUDE, names = "BUFFERED")
  void carriesErrors(Protocol protocol) throws Exception {
    var server =
        sides.serve(
            text -> {
              if (text.isEmpty()) {
                throw new IllegalStateException("crash");
              }
              throw new ApplicationException(4711, text);
            });
    var client = sides.client(server, protocol);
    var unknown = new Method<>("Nope", false, EchoServiceCalls.ECHO.codec());

    assertThatExceptionOfType(RpcException.class)
        .isThrownBy(() -> EchoSides.echo(client, "as asked for"))
        .withMessageContaining("as asked for")
        .returns(4711, RpcException::remoteCode);
    assertThatExceptionOfType(RpcException.class)
        .isThrownBy(() -> EchoSides.echo(client, ""))
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
        sides.serve(
            text -> {
              throw new BusinessException(404, text, Map.of("key", "value"));
            });

    assertThatExceptionOfType(BusinessException.class)
        .isThrownBy(() -> EchoSides.echo(sides.client(server, Protocol.TTHEADER), "none"))
        .returns(404, BusinessException::code)
        .returns("none", BusinessException::text)
        .returns(Map.of("key", "value"), BusinessException::extra);
    assertThatExceptionOfType(RpcException.class)
        .isThrownBy(() -> EchoSides.echo(sides.client(server, Protocol.FRAMED), "none"))
        .withMessageContaining("which FRAMED cannot carry: call it over TTHeader");
  }

  @Test
  void tellsACallerOfAResponseThatIsNone() throws Exception {
    var server =
        sides.keep(
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
    var client = sides.client(server, Protocol.FRAMED);

    assertThatExceptionOfType(RpcException.class)
        .isThrownBy(() -> EchoSides.echo(client, "hi"))
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
        sides.keep(
            Server.builder()
                .port(0)
                .exposeFailures(true)
                .payloadCodec(new KitexProtobuf())
                .service(EchoService.serve(handler))
                .start());

    assertThatExceptionOfType(RpcException.class)
        .isThrownBy(() -> EchoSides.echo(sides.client(server, Protocol.FRAMED), "hi"))
        .withMessageContaining("the handler returned null")
        .returns(6, RpcException::remoteCode);
  }

  @Test
  void isHeldToTheSizeOfMessages() throws Exception {
    var server =
        sides.keep(
            Server.builder()
                .port(0)
                .maxMessageBytes(4096)
                .payloadCodec(new KitexProtobuf())
                .service(EchoService.serve(new EchoHandler(text -> text.repeat(2))))
                .start());
    var client = sides.client(server, Protocol.FRAMED);

    assertThatExceptionOfType(RpcException.class)
        .isThrownBy(() -> EchoSides.echo(client, "x".repeat(3000)))
        .withMessageContaining("limit: maxMessageBytes 4096");
    assertThatExceptionOfType(RpcException.class)
        .isThrownBy(() -> EchoSides.echo(client, "x".repeat(5000)))
        .returns(RpcException.Kind.DISCONNECTED, RpcException::kind);
  }

  @Test
  void saysWhereItIsNotSetUp() throws Exception {
    var withoutCodec = sides.keep(Client.builder("127.0.0.1:1").build());

    assertThatThrownBy(() -> EchoSides.echo(withoutCodec, "hi"))
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
