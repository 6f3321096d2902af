package io.windhover.rpc.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.windhover.rpc.ApplicationException;
import io.windhover.rpc.BusinessException;
import io.windhover.rpc.Invocation;
import io.windhover.rpc.Metadata;
import io.windhover.rpc.MetadataHandler;
import io.windhover.rpc.Protocol;
import io.windhover.rpc.RpcException;
import io.windhover.rpc.fixture.BareFrame;
import io.windhover.rpc.fixture.BoxFrame;
import io.windhover.rpc.fixture.EchoFixture;
import io.windhover.rpc.fixture.ToClose;
import io.windhover.rpc.server.Server;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Keys of a company's own in both headers, over real connections.
@Timeout(20)
final class MetadataHandlerTest {

  @RegisterExtension final ToClose toClose = new ToClose();
  private final List<String> read = new CopyOnWriteArrayList<>(); // by the client

  /// Carries a tenant there, and a version back.
  private class Tenant implements MetadataHandler {
    @Override
    public void writeRequest(Invocation call, Writer header) {
      header.put("x-acme-tenant", "7 of " + call.name());
    }

    @Override
    public Metadata readRequest(Invocation call, Map<String, String> header) {
      var tenant = header.get("x-acme-tenant");
      if (tenant == null) {
        throw new ApplicationException(1003, "no tenant");
      }
      return Metadata.of("tenant", tenant);
    }

    @Override
    public void writeReply(Invocation call, Writer header) {
      header.put("x-acme-version", "9 for " + call.metadata().get("tenant").orElse("none"));
    }

    @Override
    public void readReply(Invocation call, Map<String, String> header) {
      read.add(header.getOrDefault("x-acme-version", "none"));
    }
  }

  /// Writes one key both ways.
  private record Writing(String key, String value) implements MetadataHandler {
    @Override
    public void writeRequest(Invocation call, Writer header) {
      header.put(key, value);
    }

    @Override
    public void writeReply(Invocation call, Writer header) {
      header.put(key, value);
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"TTHEADER", "TTHEADER_FRAMED"})
  void carriesKeysBothWays(Protocol protocol) throws IOException {
    var server = server(MetadataHandlerTest::tenant, new Tenant());
    var client = toClose.keep(builder(server, new Tenant()).protocol(protocol).build());

    assertThat(EchoFixture.echo(client, "")).isEqualTo("7 of Echo/echo");
    assertThat(read).containsExactly("9 for 7 of Echo/echo");
  }

  @Test
  void carriesThemOverSharedConnections() throws IOException {
    var server = server(MetadataHandlerTest::tenant, new Tenant());
    var client = toClose.keep(builder(server, new Tenant()).multiplexed(1).build());

    assertThat(EchoFixture.echo(client, "")).isEqualTo("7 of Echo/echo");
    assertThat(read).containsExactly("9 for 7 of Echo/echo");
  }

  @Test
  void carriesThemInFramesOfOthers() throws IOException {
    var server =
        toClose.keep(
            Server.builder()
                .port(0)
                .frameCodec(new BoxFrame())
                .metadataHandler(new Tenant())
                .service(EchoFixture.serve(MetadataHandlerTest::tenant))
                .start());
    var client =
        toClose.keep(
            Client.builder("127.0.0.1:" + server.port())
                .frameCodec(new BoxFrame())
                .metadataHandler(new Tenant())
                .build());

    assertThat(EchoFixture.echo(client, "")).isEqualTo("7 of Echo/echo");
    assertThat(read).containsExactly("9 for 7 of Echo/echo");
  }

  @Test
  void comesBackWithABusinessStatus() throws IOException {
    var server =
        server(
            _ -> {
              throw new BusinessException(404, "no");
            },
            new Tenant());
    var client = toClose.keep(builder(server, new Tenant()).build());

    assertThatThrownBy(() -> EchoFixture.echo(client, "")).hasMessage("404: no");
    assertThat(read).containsExactly("9 for 7 of Echo/echo");
  }

  @Test
  void mayRefuseACall() throws IOException {
    var server = server(MetadataHandlerTest::tenant, new Tenant());
    var client = toClose.keep(builder(server).build());

    assertThatThrownBy(() -> EchoFixture.echo(client, ""))
        .isInstanceOfSatisfying(RpcException.class, e -> assertThat(e.remoteCode()).isEqualTo(1003))
        .hasMessageContaining("no tenant");
  }

  /// Written by hand from the layout in `docs/wire/ttheader.md`, not by our own writer.
  @Test
  void speaksWithAClientOfAnotherMake() throws IOException {
    var server = server(MetadataHandlerTest::tenant, new Tenant());
    var header =
        hex("0000 01 0001 000d")
            + "x-acme-tenant"
            + hex("0001")
            + "7"
            + hex("00"); // padding, to 24 bytes
    var payload = hex("80010001 00000004") + "echo" + hex("00000005 0b0001 00000000 00");
    var frame = hex("1000 0000 00000005 0006") + header + payload;

    try (var peer = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
      var out = new DataOutputStream(peer.getOutputStream());
      out.writeInt(frame.length());
      out.writeBytes(frame);
      var in = new DataInputStream(peer.getInputStream());
      var reply = new String(in.readNBytes(in.readInt()), StandardCharsets.ISO_8859_1);

      var key = hex("000e") + "x-acme-version" + hex("0007") + "9 for 7";
      assertThat(reply).contains(key).endsWith(hex("0b0001 00000001") + "7" + hex("00"));
    }
  }

  private static String hex(String hex) {
    return new String(HexFormat.of().parseHex(hex.replace(" ", "")), StandardCharsets.ISO_8859_1);
  }

  @Test
  void workInTheirOrder() throws IOException {
    var server = server(text -> text);
    var client =
        toClose.keep(
            builder(server, new Writing("a", "1"), new Writing("a", "2"), new Tenant()).build());
    var header = new CopyOnWriteArrayList<String>();
    var reader =
        server(
            text -> text,
            new MetadataHandler() {
              @Override
              public Metadata readRequest(Invocation call, Map<String, String> keys) {
                header.add(keys.get("a") + ", " + keys.get("isn"));
                return Metadata.of("first", "1");
              }
            },
            new MetadataHandler() {
              @Override
              public Metadata readRequest(Invocation call, Map<String, String> keys) {
                header.add("then " + call.metadata().get("first").orElse("none"));
                return Metadata.NONE;
              }
            });
    EchoFixture.echo(client, "");

    EchoFixture.echo(
        toClose.keep(builder(reader, new Writing("a", "1"), new Writing("a", "2")).build()), "");

    assertThat(header).containsExactly("2, Echo", "then 1");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "isn",
        "crrst",
        "crc32c",
        "biz-status",
        "wh-encoding",
        "RPC_TRANSIT_a",
        "RPC_PERSIST_a",
        "RPC_TRANSIT_gdpr-token",
        "traceparent",
        ""
      })
  void cannotForgeAKeyOfOurs(String key) throws IOException {
    var server = server(text -> text, new Writing(key, "x"));
    var forger = toClose.keep(builder(server, new Writing(key, "x")).build());
    var client = toClose.keep(builder(server).build());

    assertThatThrownBy(() -> EchoFixture.echo(forger, ""))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("header key");
    assertThatThrownBy(() -> EchoFixture.echo(client, ""))
        .isInstanceOfSatisfying(RpcException.class, e -> assertThat(e.remoteCode()).isEqualTo(6))
        .hasMessageContaining("error id");
    assertThat(client.openConnections()).isOne();
  }

  @Test
  void holdsToTheLimitOfValues() throws IOException {
    var big = new Writing("big", "x".repeat(16_385));
    var server = server(text -> text, big);
    var sender = toClose.keep(builder(server, big).build());
    var client = toClose.keep(builder(server).build());

    assertThatThrownBy(() -> EchoFixture.echo(sender, ""))
        .isInstanceOf(RpcException.class)
        .hasMessageContaining("value of 16385 bytes (limit: 16384) under key big");
    assertThatThrownBy(() -> EchoFixture.echo(client, ""))
        .isInstanceOf(RpcException.class)
        .hasMessageContaining("the reply cannot be written")
        .hasMessageContaining("under key big");
  }

  @Test
  void endsTheCallOnlyIfItThrows() throws IOException {
    var throwing =
        new MetadataHandler() {
          @Override
          public void readReply(Invocation call, Map<String, String> header) {
            throw new IllegalStateException("not signed");
          }
        };
    var client = toClose.keep(builder(server(text -> text), throwing).build());

    for (int i = 0; i < 3; i++) {
      assertThatThrownBy(() -> EchoFixture.echo(client, "")).hasMessage("not signed");
    }
    assertThat(client.pools().getFirst().counters().dialled()).as("connections").isOne();
  }

  private record ThrowingInReplies(RuntimeException thrown) implements MetadataHandler {
    @Override
    public void writeReply(Invocation call, Writer header) {
      throw thrown;
    }
  }

  @Test
  void mayTurnAReplyIntoABusinessStatus() throws IOException {
    var throwing = new ThrowingInReplies(new BusinessException(404, "no"));
    var client = toClose.keep(builder(server(text -> text, throwing)).build());

    assertThatThrownBy(() -> EchoFixture.echo(client, ""))
        .isInstanceOf(BusinessException.class)
        .hasMessage("404: no");
  }

  @Test
  void throwsToTheErrorHandlerInReplies() throws IOException {
    var server =
        toClose.keep(
            Server.builder()
                .port(0)
                .metadataHandler(new ThrowingInReplies(new IllegalStateException("no key")))
                .errorHandler((_, thrown) -> new ApplicationException(1003, thrown.getMessage()))
                .service(EchoFixture.serve(text -> text))
                .start());
    var client = toClose.keep(builder(server).build());

    assertThatThrownBy(() -> EchoFixture.echo(client, ""))
        .isInstanceOfSatisfying(RpcException.class, e -> assertThat(e.remoteCode()).isEqualTo(1003))
        .hasMessageContaining("no key");
  }

  private static final class BrokenIn implements MetadataHandler {
    private final String step;

    private BrokenIn(String step) {
      this.step = step;
    }

    @Override
    public Metadata readRequest(Invocation call, Map<String, String> header) {
      failIn("readRequest");
      return Metadata.NONE;
    }

    @Override
    public void writeReply(Invocation call, Writer header) {
      failIn("writeReply");
    }

    private void failIn(String current) {
      if (current.equals(step)) {
        throw new NoClassDefFoundError(step);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"readRequest", "writeReply"})
  void endsTheCallOnlyIfAClassIsMissing(String step) throws IOException {
    var server = server(text -> text, new BrokenIn(step));
    var client = toClose.keep(builder(server).build());

    for (int i = 0; i < 3; i++) {
      assertThatThrownBy(() -> EchoFixture.echo(client, ""))
          .isInstanceOfSatisfying(RpcException.class, e -> assertThat(e.remoteCode()).isEqualTo(6));
    }
    assertThat(client.pools().getFirst().counters().dialled()).as("connections").isOne();
  }

  /// As a server of Kitex closes it after most errors.
  @Test
  void doesNotKeepAConnectionThatAnErrorEnds() throws IOException {
    var throwing =
        new MetadataHandler() {
          @Override
          public void readReply(Invocation call, Map<String, String> header) {
            throw new IllegalStateException("not signed");
          }
        };
    var client = toClose.keep(builder(server(text -> text), throwing).build());

    assertThatThrownBy(() -> EchoFixture.callUnknown(client)).hasMessage("not signed");
    assertThatThrownBy(() -> EchoFixture.callUnknown(client)).hasMessage("not signed");
    assertThat(client.pools().getFirst().counters().dialled()).as("connections").isEqualTo(2);
  }

  @Test
  void needsAFrameWithAHeader() {
    var builder =
        Client.builder("127.0.0.1:1")
            .frameCodec(new BareFrame())
            .metadataHandler(new Writing("a", "1"));

    assertThatThrownBy(builder::build)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("metadataHandler: set with protocol bare (expected:");
  }

  @Test
  void needsAProtocolWithAHeader() {
    var builder = Client.builder("127.0.0.1:1").metadataHandler(new Writing("a", "1"));

    assertThatThrownBy(builder::build)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "metadataHandler: set with protocol FRAMED (expected: none, or protocol TTHEADER, which"
                + " has headers)");
  }

  private static String tenant(String text) {
    return Invocation.current().orElseThrow().metadata().get("tenant").orElse("none") + text;
  }

  private Server server(UnaryOperator<String> handler, MetadataHandler... handlers)
      throws IOException {
    var builder = Server.builder().port(0).service(EchoFixture.serve(handler));
    for (var metadata : handlers) {
      builder.metadataHandler(metadata);
    }
    return toClose.keep(builder.start());
  }

  private static ClientBuilder builder(Server server, MetadataHandler... handlers) {
    var builder = Client.builder("127.0.0.1:" + server.port()).protocol(Protocol.TTHEADER);
    for (var metadata : handlers) {
      builder.metadataHandler(metadata);
    }
    return builder;
  }
}
