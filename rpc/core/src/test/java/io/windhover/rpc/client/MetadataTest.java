package io.windhover.rpc.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.windhover.rpc.BusinessException;
import io.windhover.rpc.CallOptions;
import io.windhover.rpc.Invocation;
import io.windhover.rpc.Metadata;
import io.windhover.rpc.Origin;
import io.windhover.rpc.Protocol;
import io.windhover.rpc.RpcException;
import io.windhover.rpc.fixture.EchoFixture;
import io.windhover.rpc.server.Server;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// What travels beside arguments and results, over real connections.
@Timeout(20)
final class MetadataTest {

  private static final Metadata BOTH =
      Metadata.builder().transientValue("hop", "1").persistentValue("chain", "all").build();

  @ParameterizedTest
  @EnumSource(names = {"TTHEADER", "TTHEADER_FRAMED"})
  void reachesTheHandler(Protocol protocol) throws IOException {
    try (var server = serve(text -> describe(current().metadata()));
        var client = client(server, protocol)) {
      var caller = client.with(CallOptions.builder().metadata(BOTH).build());

      assertThat(EchoFixture.echo(caller, "")).isEqualTo("{hop=1} {chain=all}");
      assertThat(EchoFixture.echo(client, "")).isEqualTo("{} {}");
    }
  }

  @Test
  void goesOnAlongTheChainIfPersistent() throws IOException {
    try (var last = serve(text -> describe(current().metadata()));
        var onward = client(last, Protocol.TTHEADER);
        var first = serve(text -> EchoFixture.echo(onward, text));
        var client = client(first, Protocol.TTHEADER)) {
      var caller = client.with(CallOptions.builder().metadata(BOTH).build());

      assertThat(EchoFixture.echo(caller, "")).isEqualTo("{} {chain=all}");
    }
  }

  @Test
  void carriesTheTraceContextUntouched() throws IOException {
    var parent = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";
    try (var last = serve(text -> current().metadata().get("traceparent").orElse("none"));
        var onward = client(last, Protocol.TTHEADER);
        var first = serve(text -> EchoFixture.echo(onward, text));
        var client = client(first, Protocol.TTHEADER)) {
      var trace = Metadata.builder().persistentValue("traceparent", parent).build();

      var answer = EchoFixture.echo(client.with(CallOptions.builder().metadata(trace).build()), "");

      assertThat(answer).isEqualTo(parent);
    }
  }

  @Test
  void comesBackWithTheReply() throws IOException {
    var received = new HashMap<String, String>();
    try (var server =
            serve(
                text -> {
                  current().replyMetadata().put("cost", "7");
                  return text;
                });
        var client = client(server, Protocol.TTHEADER)) {
      EchoFixture.echo(
          client.with(CallOptions.builder().onReplyMetadata(received::putAll).build()), "");

      assertThat(received).containsExactly(Map.entry("cost", "7"));
    }
  }

  @Test
  void saysWhoCalls() throws IOException {
    try (var last = serve(text -> describe(current().origin()));
        var onward = client(last, Protocol.TTHEADER);
        var first = serve(text -> describe(current().origin()) + EchoFixture.echo(onward, text));
        var client = client(first, Protocol.TTHEADER)) {
      assertThat(EchoFixture.echo(client, "")).isEqualTo("[tester/][tester/echo]");
    }
  }

  @Test
  void refusesMetadataThatTheProtocolCannotCarry() {
    try (var client = Client.to("127.0.0.1:1")) {
      var options = CallOptions.builder().metadata(BOTH).build();

      assertThatThrownBy(() -> EchoFixture.echo(client.with(options), ""))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage(
              "metadata: [hop] with protocol FRAMED (expected: none, or protocol TTHEADER, which"
                  + " carries it)");
    }
  }

  @Test
  void saysThatTooMuchMetadataIsTooMuch() throws IOException {
    var many = Metadata.builder();
    for (int i = 0; i < 5; i++) {
      many.transientValue("big" + i, "x".repeat(14_000));
    }
    try (var server = serve(UnaryOperator.identity());
        var client = client(server, Protocol.TTHEADER)) {
      var caller = client.with(CallOptions.builder().metadata(many.build()).build());

      assertThatThrownBy(() -> EchoFixture.echo(caller, ""))
          .isInstanceOf(RpcException.class)
          .hasMessageContaining("TTHeader of 70", "metadata is too large");
      assertThat(EchoFixture.echo(client, "still there")).isEqualTo("still there");
    }
  }

  @Test
  void namesTheValueThatIsTooLong() throws IOException {
    try (var server = serve(UnaryOperator.identity());
        var client = client(server, Protocol.TTHEADER)) {
      var big = Metadata.of("long", "x".repeat(16_385));
      var caller = client.with(CallOptions.builder().metadata(big).build());

      assertThatThrownBy(() -> EchoFixture.echo(caller, ""))
          .isInstanceOf(RpcException.class)
          .hasMessageContaining("value of 16385 bytes (limit: 16384) under key RPC_TRANSIT_long");
      assertThat(EchoFixture.echo(client, "still there")).isEqualTo("still there");
    }
  }

  @Test
  void answersWithAnErrorIfReplyMetadataIsTooLong() throws IOException {
    try (var server =
            serve(
                text -> {
                  if (text.isEmpty()) {
                    current().replyMetadata().put("long", "x".repeat(16_385));
                  }
                  return text;
                });
        var client = client(server, Protocol.TTHEADER)) {
      assertThatThrownBy(() -> EchoFixture.echo(client, ""))
          .isInstanceOf(RpcException.class)
          .hasMessageContaining("value of 16385 bytes (limit: 16384) under key long");
      assertThat(EchoFixture.echo(client, "still there")).isEqualTo("still there");
      assertThat(client.openConnections()).isOne();
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"TTHEADER", "TTHEADER_FRAMED"})
  void carriesABusinessStatus(Protocol protocol) throws IOException {
    var status = new BusinessException(404, "no such \"order\"", Map.of("id", "7\n"));
    try (var server = serve(text -> fail(status));
        var client = client(server, protocol)) {
      assertThatThrownBy(() -> EchoFixture.echo(client, ""))
          .isInstanceOfSatisfying(
              BusinessException.class,
              caught -> {
                assertThat(caught.code()).isEqualTo(404);
                assertThat(caught.text()).isEqualTo("no such \"order\"");
                assertThat(caught.extra()).containsExactly(Map.entry("id", "7\n"));
              });
      assertThat(client.openConnections()).isOne();
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"FRAMED", "BUFFERED"})
  void saysThatABusinessStatusCannotBeCarried(Protocol protocol) throws IOException {
    try (var server = serve(text -> fail(new BusinessException(404, "no")));
        var client = client(server, protocol)) {
      assertThatThrownBy(() -> EchoFixture.echo(client, ""))
          .isInstanceOf(RpcException.class)
          .hasMessageContaining(
              "Echo/echo ended with business status 404, which %s cannot carry: call it over TTHeader"
                  .formatted(protocol));
    }
  }

  private static String fail(RuntimeException e) {
    throw e;
  }

  private static Invocation current() {
    return Invocation.current().orElseThrow();
  }

  private static String describe(Metadata metadata) {
    return metadata.transientValues() + " " + metadata.persistentValues();
  }

  private static String describe(Origin origin) {
    return "[" + origin.name() + "/" + origin.method() + "]";
  }

  private static Server serve(UnaryOperator<String> handler) throws IOException {
    return Server.builder().port(0).service(EchoFixture.serve(handler)).start();
  }

  private static Client client(Server server, Protocol protocol) {
    return Client.builder("127.0.0.1:" + server.port()).name("tester").protocol(protocol).build();
  }
}
