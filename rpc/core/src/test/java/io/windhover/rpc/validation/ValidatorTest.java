package io.windhover.rpc.validation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.windhover.rpc.Caller;
import io.windhover.rpc.Method;
import io.windhover.rpc.Operation;
import io.windhover.rpc.RpcException;
import io.windhover.rpc.RpcException.Kind;
import io.windhover.rpc.RpcException.Stage;
import io.windhover.rpc.Service;
import io.windhover.rpc.client.Client;
import io.windhover.rpc.fixture.EchoFixture;
import io.windhover.rpc.fixture.TestCall;
import io.windhover.rpc.fixture.Text;
import io.windhover.rpc.fixture.ToClose;
import io.windhover.rpc.server.Server;
import io.windhover.rpc.wire.ErrorCode;
import io.windhover.thrift.StructCodec;
import io.windhover.thrift.ThriftReader;
import io.windhover.thrift.ThriftWriter;
import io.windhover.thrift.call.CallCodec;
import io.windhover.thrift.validation.Validated;
import io.windhover.thrift.validation.Validation;
import io.windhover.thrift.validation.ValidationException;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/// Whole calls whose text must not be longer than five characters.
@Timeout(20)
final class ValidatorTest {
  private static final Method<CallCodec> ECHO =
      new Method<>("echo", false, new TestCall<>(Ruled.CODEC));
  private static final Method<CallCodec> NOTE =
      new Method<>("note", true, new TestCall<>(Ruled.CODEC));

  @RegisterExtension final ToClose toClose = new ToClose();
  private final LinkedBlockingQueue<String> handled = new LinkedBlockingQueue<>();

  @Test
  void aServerRefusesABadRequestAndGoesOn() throws Exception {
    var client = client(server(text -> text, Validator.ofServer()));

    assertThatThrownBy(() -> echo(client, "too long"))
        .isInstanceOfSatisfying(
            RpcException.class,
            e -> {
              assertThat(e.kind()).isEqualTo(Kind.INVALID);
              assertThat(e.remoteCode()).isEqualTo(ErrorCode.INVALID_REQUEST.number());
              assertThat(e.kind().isSafeToRetry()).isFalse();
            })
        .hasMessageContaining(
            "error 1938274400: bad request: text needs at most 5 characters, has 8"
                + " (vt.max_rune_size)");
    assertThat(echo(client, "short")).isEqualTo("short");
    assertThat(client.pools().getFirst().counters().dialled()).as("connections").isOne();
    assertThat(handled).containsExactly("short");
  }

  @Test
  void aServerDropsABadOnewayCall() throws Exception {
    var client = client(server(text -> text, Validator.ofServer()));

    client.call("Echo", NOTE, new Ruled("too long"));
    client.call("Echo", NOTE, new Ruled("short"));

    assertThat(handled.poll(10, TimeUnit.SECONDS)).isEqualTo("short");
    assertThat(handled).isEmpty();
  }

  @Test
  void aClientSendsNoBadRequest() throws Exception {
    var client = client(server(text -> text), Validator.ofClient());

    assertThatThrownBy(() -> echo(client, "too long"))
        .isInstanceOfSatisfying(
            RpcException.class,
            e -> {
              assertThat(e.kind()).isEqualTo(Kind.INVALID);
              assertThat(e.stage()).isEqualTo(Stage.SEND);
              assertThat(e.remoteCode()).isEqualTo(-1);
            })
        .hasMessageMatching(
            "INVALID at SEND calling Echo/echo on .+: bad request, not sent: text needs at most 5"
                + " characters, has 8 \\(vt.max_rune_size\\)")
        .hasCauseInstanceOf(ValidationException.class);
    assertThat(echo(client, "short")).isEqualTo("short");
    assertThat(handled).containsExactly("short");
  }

  @Test
  void repliesPassUnlessTheyAreToBeChecked() throws Exception {
    var server = server(text -> text + " and more", Validator.ofServer());
    var client = client(server, Validator.ofClient());
    var careful = client(server, Validator.ofClient().withReplies());

    assertThat(echo(client, "short")).isEqualTo("short and more");
    assertThatThrownBy(() -> echo(careful, "short"))
        .isInstanceOfSatisfying(
            RpcException.class,
            e -> {
              assertThat(e.kind()).isEqualTo(Kind.INVALID);
              assertThat(e.stage()).isEqualTo(Stage.READ_REPLY);
            })
        .hasMessageContaining("bad reply: text needs at most 5 characters, has 14");
    careful.call("Echo", NOTE, new Ruled("fine"));
  }

  @Test
  void aServerTakesItsOwnBadReplyForAFailure() throws Exception {
    var client = client(server(text -> text + " and more", Validator.ofServer().withReplies()));

    assertThatThrownBy(() -> echo(client, "short"))
        .isInstanceOfSatisfying(
            RpcException.class,
            e -> {
              assertThat(e.kind()).isEqualTo(Kind.REMOTE);
              assertThat(e.remoteCode()).isEqualTo(6);
            })
        .hasMessageContaining("failed in its handler, error id ");
  }

  @Test
  void messagesWithoutRulesPass() throws Exception {
    var server = Server.builder().port(0).service(EchoFixture.serve(text -> text));
    var client =
        client(
            toClose.keep(server.middleware(Validator.ofServer().withReplies()).start()),
            Validator.ofClient().withReplies());

    assertThat(EchoFixture.echo(client, "anything at all")).isEqualTo("anything at all");
  }

  private Server server(UnaryOperator<String> handler, Validator... validators) throws Exception {
    var builder = Server.builder().port(0).service(service(handler));
    for (var validator : validators) {
      builder.middleware(validator);
    }
    return toClose.keep(builder.start());
  }

  private Service service(UnaryOperator<String> handler) {
    return new Service(
        "Echo",
        List.of(
            new Operation(ECHO, (invocation, request) -> handle(handler, request)),
            new Operation(NOTE, (invocation, request) -> handle(handler, request))));
  }

  private Ruled handle(UnaryOperator<String> handler, Object request) {
    var text = ((Ruled) request).text();
    handled.add(text);
    return new Ruled(handler.apply(text));
  }

  private Client client(Server server, Validator... validators) {
    var builder = Client.builder("127.0.0.1:" + server.port());
    for (var validator : validators) {
      builder.middleware(validator);
    }
    return toClose.keep(builder.build());
  }

  private static String echo(Caller caller, String text) {
    return ((Ruled) caller.call("Echo", ECHO, new Ruled(text))).text();
  }

  /// A struct with a rule, written by hand.
  record Ruled(String text) implements Validated {
    private static final int MAX = 5;

    static final StructCodec<Ruled> CODEC =
        new StructCodec<>() {
          @Override
          public Ruled read(ThriftReader in) {
            return new Ruled(Text.CODEC.read(in).value());
          }

          @Override
          public void write(Ruled value, ThriftWriter out) {
            Text.CODEC.write(new Text(value.text), out);
          }
        };

    @Override
    public void validate(Validation validation) {
      if (text.length() > MAX) {
        validation.fail("text", "max_rune_size", "at most " + MAX + " characters", text.length());
      }
    }
  }
}
