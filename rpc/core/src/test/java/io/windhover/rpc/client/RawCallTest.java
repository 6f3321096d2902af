package io.windhover.rpc.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.windhover.rpc.BusinessException;
import io.windhover.rpc.CallOptions;
import io.windhover.rpc.Invocation;
import io.windhover.rpc.Metadata;
import io.windhover.rpc.Method;
import io.windhover.rpc.Protocol;
import io.windhover.rpc.RpcException;
import io.windhover.rpc.RpcException.Kind;
import io.windhover.rpc.fixture.EchoFixture;
import io.windhover.rpc.fixture.ToClose;
import io.windhover.rpc.server.RawHandler;
import io.windhover.rpc.server.Server;
import io.windhover.thrift.Binary;
import io.windhover.thrift.call.CallCodec;
import io.windhover.thrift.call.RawCall;
import java.io.IOException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// A proxy that knows no types between a client and a server that do.
@Timeout(20)
final class RawCallTest {

  @RegisterExtension final ToClose toClose = new ToClose();

  @ParameterizedTest
  @EnumSource
  void passesOnWhatItDoesNotKnow(Protocol protocol) throws IOException {
    var proxy = proxy(backend(text -> text + "!"));
    var client = client(proxy, protocol);

    assertThat(EchoFixture.echo(client, "hi")).isEqualTo("hi!");
    assertThat(EchoFixture.echo(client, "x".repeat(1 << 20))).hasSize((1 << 20) + 1);
  }

  @Test
  void passesOnOnewayCalls() throws Exception {
    var notes = new LinkedBlockingQueue<String>();
    var proxy =
        proxy(
            backend(
                text -> {
                  notes.add(text);
                  return text;
                }));

    EchoFixture.note(client(proxy, Protocol.TTHEADER), "remember");

    assertThat(notes.poll(10, TimeUnit.SECONDS)).isEqualTo("remember");
  }

  @Test
  void passesOnDeadlineAndMetadata() throws IOException {
    var proxy =
        proxy(
            backend(
                text -> {
                  var call = Invocation.current().orElseThrow();
                  return call.metadata().get("chain").orElse("none")
                      + (call.deadline().remainingNanos() < 1_000_000_000);
                }));
    var metadata = Metadata.builder().persistentValue("chain", "all ").build();
    var caller =
        client(proxy, Protocol.TTHEADER).with(CallOptions.builder().metadata(metadata).build());

    assertThat(EchoFixture.echo(caller, "")).isEqualTo("all true");
  }

  @Test
  void passesOnABusinessStatus() throws IOException {
    var proxy =
        proxy(
            backend(
                text -> {
                  throw new BusinessException(404, "no such order");
                }));

    assertThatThrownBy(() -> EchoFixture.echo(client(proxy, Protocol.TTHEADER), ""))
        .isInstanceOf(BusinessException.class)
        .hasMessage("404: no such order");
  }

  @Test
  void passesOnTheCodeOfAnError() throws IOException {
    var client = client(proxy(backend(UnaryOperator.identity())), Protocol.TTHEADER);

    assertThatThrownBy(() -> EchoFixture.callUnknown(client))
        .isInstanceOfSatisfying(
            RpcException.class, e -> assertThat(e.remoteCode()).isEqualTo(1)) // unknown method
        .hasMessageContaining("the server behind this one answered Echo/nope with error 1");
  }

  @Test
  void answersFromItsOwnServicesFirst() throws IOException {
    var proxy =
        toClose.keep(
            Server.builder()
                .port(0)
                .service(EchoFixture.serve("Near", text -> "near"))
                .unknown((call, arguments) -> arguments)
                .start());
    var client = client(proxy, Protocol.TTHEADER);

    assertThat(EchoFixture.echo(client, "Near", "far")).isEqualTo("near");
    assertThat(EchoFixture.echo(client, "Far", "far")).isEqualTo("far");
  }

  @Test
  void sendsNothingThatIsNoStruct() throws IOException {
    var client = client(backend(UnaryOperator.identity()), Protocol.FRAMED);
    var method = new Method<CallCodec>("echo", false, RawCall.CODEC);

    for (var bytes : new byte[][] {{}, {11, 0, 1}, {0, 0}}) {
      assertThatThrownBy(() -> client.call("Echo", method, Binary.wrap(bytes)))
          .isInstanceOfSatisfying(
              RpcException.class, e -> assertThat(e.kind()).isEqualTo(Kind.PROTOCOL))
          .hasMessageContaining("the request cannot be written");
    }
    assertThat(client.call("Echo", method, Binary.wrap(new byte[] {0})))
        .isEqualTo(Binary.wrap(new byte[] {11, 0, 1, 0, 0, 0, 0, 0})); // an empty text
  }

  private Server backend(UnaryOperator<String> handler) throws IOException {
    return toClose.keep(Server.builder().port(0).service(EchoFixture.serve(handler)).start());
  }

  private Server proxy(Server backend) throws IOException {
    var onward = client(backend, Protocol.TTHEADER);
    RawHandler handler =
        (call, arguments) -> {
          var method =
              new Method<CallCodec>(call.method().name(), call.method().oneway(), RawCall.CODEC);
          var result = onward.call(call.service(), method, arguments);
          return result instanceof Binary bytes ? bytes : Binary.EMPTY; // of a oneway call
        };
    return toClose.keep(Server.builder().port(0).unknown(handler).start());
  }

  private Client client(Server server, Protocol protocol) {
    return toClose.keep(Client.builder("127.0.0.1:" + server.port()).protocol(protocol).build());
  }
}
