package io.windhover.rpc.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.windhover.buffer.LinkBuffer;
import io.windhover.rpc.BusinessException;
import io.windhover.rpc.Compression;
import io.windhover.rpc.Method;
import io.windhover.rpc.Operation;
import io.windhover.rpc.Protocol;
import io.windhover.rpc.RpcException;
import io.windhover.rpc.RpcException.Kind;
import io.windhover.rpc.Service;
import io.windhover.rpc.client.Client;
import io.windhover.rpc.client.ClientBuilder;
import io.windhover.rpc.fixture.CompactPayload;
import io.windhover.rpc.fixture.EchoFixture;
import io.windhover.rpc.fixture.LogRecorder;
import io.windhover.rpc.fixture.PlainTextPayload;
import io.windhover.rpc.fixture.ToClose;
import io.windhover.rpc.server.Server;
import io.windhover.rpc.server.ServerBuilder;
import io.windhover.thrift.ApplicationError;
import io.windhover.thrift.MessageHeader;
import io.windhover.thrift.ObjectBudget;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

/// Payloads of others between our own client and server over loopback: Thrift's compact protocol,
/// and one laid out as Kitex Protobuf is.
@Timeout(20)
final class PayloadCodecTest {

  @RegisterExtension final ToClose toClose = new ToClose();

  /// Counts what it reads.
  private static final class Counted extends CompactPayload {
    final AtomicInteger requests = new AtomicInteger();
    final AtomicInteger responses = new AtomicInteger();

    @Override
    public Object readRequest(Method<?> method, LinkBuffer payload, ObjectBudget objects) {
      requests.incrementAndGet();
      return super.readRequest(method, payload, objects);
    }

    @Override
    public Object readResponse(Method<?> method, LinkBuffer payload, ObjectBudget objects) {
      responses.incrementAndGet();
      return super.readResponse(method, payload, objects);
    }
  }

  @ParameterizedTest
  @EnumSource(mode = Mode.EXCLUDE, names = "BUFFERED")
  void carriesTextBothWays(Protocol protocol) throws Exception {
    var codec = new Counted();
    var server = serve(codec, text -> text + "!");
    var client = client(server, codec, protocol);

    assertThat(EchoFixture.echo(client, "hi")).isEqualTo("hi!");
    assertThat(EchoFixture.echo(client, "x".repeat(1 << 20))).hasSize((1 << 20) + 1);
    assertThat(codec.requests).hasValue(2);
    assertThat(codec.responses).hasValue(2);
    assertThat(client.openConnections()).isEqualTo(1);
  }

  @ParameterizedTest
  @EnumSource(mode = Mode.EXCLUDE, names = "BUFFERED")
  void carriesErrors(Protocol protocol) throws Exception {
    var server = serve(new CompactPayload(), text -> text);
    var client = client(server, new CompactPayload(), protocol);

    assertThatExceptionOfType(RpcException.class)
        .isThrownBy(() -> EchoFixture.callUnknown(client))
        .withMessageContaining("unknown method nope")
        .returns(1, RpcException::remoteCode);
  }

  @Test
  void carriesABusinessStatusInTheHeaderAround() throws Exception {
    var server =
        serve(
            new CompactPayload(),
            text -> {
              throw new BusinessException(404, "none", Map.of());
            });
    var client = client(server, new CompactPayload(), Protocol.TTHEADER);

    assertThatExceptionOfType(BusinessException.class)
        .isThrownBy(() -> EchoFixture.echo(client, "hi"))
        .returns(404, BusinessException::code);
  }

  @Test
  void carriesOnewayCalls() throws Exception {
    var notes = new LinkedBlockingQueue<String>();
    var server =
        serve(
            new CompactPayload(),
            text -> {
              notes.add(text);
              return text;
            });
    var client = client(server, new CompactPayload(), Protocol.FRAMED);

    EchoFixture.note(client, "remember");

    assertThat(notes.take()).isEqualTo("remember");
  }

  @Test
  void isSummedCompressedAndMultiplexedAsAnyPayload() throws Exception {
    var codec = new Counted();
    var server =
        toClose.keep(
            Server.builder()
                .port(0)
                .payloadCodec(codec)
                .checksums(true)
                .compressAbove(100)
                .service(EchoFixture.serve(text -> text + "!"))
                .start());
    var client =
        toClose.keep(
            builder(server, Protocol.TTHEADER_FRAMED)
                .payloadCodec(codec)
                .multiplexed(1)
                .checksums(true)
                .compression(Compression.GZIP, 100)
                .build());

    assertThat(EchoFixture.echo(client, "x".repeat(10_000))).hasSize(10_001);
    assertThat(EchoFixture.echo(client, "x".repeat(10_000))).hasSize(10_001);
    assertThat(codec.responses).hasValue(2);
  }

  @ParameterizedTest
  @EnumSource(mode = Mode.EXCLUDE, names = "BUFFERED")
  void mayBeOfAnotherFamilyThanThrift(Protocol protocol) throws Exception {
    var server =
        toClose.keep(
            Server.builder()
                .port(0)
                .payloadCodec(new CompactPayload())
                .payloadCodec(new PlainTextPayload())
                .fallbackService(texts())
                .service(EchoFixture.serve("Thrift", text -> text + "!"))
                .start());
    var text = client(server, new PlainTextPayload(), protocol);
    var thrift = toClose.keep(builder(server, protocol).build());

    assertThat(text.call("Texts", PlainTextPayload.ECHO, "hi")).isEqualTo("hi?");
    if (protocol != Protocol.FRAMED) { // which names no service
      assertThat(EchoFixture.echo(thrift, "Thrift", "hi")).isEqualTo("hi!");
    }
  }

  private static Service texts() {
    return new Service(
        "Texts",
        List.of(new Operation(PlainTextPayload.ECHO, (invocation, request) -> request + "?")));
  }

  @Test
  void refusesMethodsThatItCannotCarry() throws Exception {
    var server =
        toClose.keep(
            Server.builder().port(0).payloadCodec(new PlainTextPayload()).service(texts()).start());
    var text = client(server, new PlainTextPayload(), Protocol.FRAMED);
    var thrift = toClose.keep(builder(server, Protocol.FRAMED).build());

    assertThatThrownBy(() -> EchoFixture.echo(text, "hi"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Echo/echo is not a method that plain text carries");
    assertThatExceptionOfType(RpcException.class)
        .isThrownBy(() -> EchoFixture.echo(thrift, "hi"))
        .withMessageContaining("Texts/echo is not a method of Thrift")
        .returns(9, RpcException::remoteCode);
    assertThat(text.call("Texts", PlainTextPayload.ECHO, "hi")).isEqualTo("hi?");
  }

  @Test
  void isRefusedByAServerWithoutIt() throws Exception {
    var server =
        toClose.keep(Server.builder().port(0).service(EchoFixture.serve(text -> text)).start());
    var client = client(server, new CompactPayload(), Protocol.TTHEADER);

    assertThatExceptionOfType(RpcException.class)
        .isThrownBy(() -> EchoFixture.echo(client, "hi"))
        .withMessageContaining("TTHeader protocol id: 2")
        .returns(9, RpcException::remoteCode);
  }

  @Test
  void needsALengthAroundIt() {
    assertThatThrownBy(
            () ->
                Client.builder("127.0.0.1:1")
                    .protocol(Protocol.BUFFERED)
                    .payloadCodec(new CompactPayload())
                    .build())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("payloadCodec: compact with protocol BUFFERED");
  }

  @Test
  void mayAlwaysHaveALengthAroundIt() {
    var framed =
        new CompactPayload() {
          @Override
          public boolean alwaysFramed() {
            return true;
          }
        };
    var builder = Client.builder("127.0.0.1:1").payloadCodec(framed);

    assertThat(toClose.keep(builder.protocol(Protocol.TTHEADER).build()).explain())
        .contains("TTHEADER_FRAMED");
    assertThat(toClose.keep(builder.protocol(Protocol.FRAMED).build()).explain())
        .contains("FRAMED")
        .doesNotContain("TTHEADER");
  }

  @Test
  void needsAProtocolIdOfItsOwn() {
    var taken =
        new CompactPayload() {
          @Override
          public int protocolId() {
            return 4;
          }
        };
    assertThatThrownBy(() -> Client.builder("127.0.0.1:1").payloadCodec(taken).build())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("payloadCodec compact: protocol id 4");
  }

  @ParameterizedTest
  @EnumSource(mode = Mode.EXCLUDE, names = "BUFFERED")
  void isHeldToTheLimits(Protocol protocol) throws Exception {
    var server =
        toClose.keep(
            Server.builder()
                .port(0)
                .maxMessageBytes(4096)
                .payloadCodec(new CompactPayload())
                .service(EchoFixture.serve(text -> text.isEmpty() ? "x".repeat(5000) : text))
                .start());
    var small =
        toClose.keep(
            builder(server, protocol)
                .payloadCodec(new CompactPayload())
                .maxMessageBytes(2048)
                .build());
    var large = client(server, new CompactPayload(), protocol);

    assertThatExceptionOfType(RpcException.class)
        .isThrownBy(() -> EchoFixture.echo(small, "x".repeat(3000)))
        .withMessageContaining("limit: maxMessageBytes 2048");
    assertThatExceptionOfType(RpcException.class)
        .isThrownBy(() -> EchoFixture.echo(large, "x".repeat(5000)))
        .as("without a header it is not known whom to answer")
        .returns(
            protocol == Protocol.FRAMED ? Kind.DISCONNECTED : Kind.PROTOCOL, RpcException::kind);
    assertThatExceptionOfType(RpcException.class)
        .isThrownBy(() -> EchoFixture.echo(large, ""))
        .withMessageContaining("limit: maxMessageBytes 4096");
    assertThatExceptionOfType(RpcException.class)
        .isThrownBy(() -> EchoFixture.echo(small, "x".repeat(2040)))
        .withMessageContaining("maxMessageBytes");
  }

  /// What a codec of others may do wrong.
  enum Mistake {
    RECOGNISES,
    READ_HEADER,
    READ_HEADER_NULL,
    READ_REQUEST,
    READ_REQUEST_NULL,
    READ_REQUEST_STACK_OVERFLOW,
    READ_REQUEST_RELEASED,
    WRITE_RESPONSE,
    WRITE_RESPONSE_RELEASED,
    READ_RESPONSE,
    READ_RESPONSE_NULL,
    WRITE_REQUEST
  }

  /// Makes it once.
  private static final class Broken extends CompactPayload {
    private final Mistake mistake;
    private boolean armed;

    Broken(Mistake mistake) {
      this.mistake = mistake;
    }

    private synchronized boolean is(Mistake one) {
      boolean is = armed && mistake == one;
      armed &= !is;
      return is;
    }

    private void failIf(Mistake one) {
      if (is(one)) {
        throw new IllegalStateException("as asked for");
      }
    }

    @Override
    public boolean recognises(int firstBytes) {
      failIf(Mistake.RECOGNISES);
      return super.recognises(firstBytes);
    }

    @Override
    @SuppressWarnings("NullAway") // what is tested
    public MessageHeader readHeader(LinkBuffer payload) {
      failIf(Mistake.READ_HEADER);
      return is(Mistake.READ_HEADER_NULL) ? null : super.readHeader(payload);
    }

    @Override
    @SuppressWarnings("NullAway") // what is tested
    public Object readRequest(Method<?> method, LinkBuffer payload, ObjectBudget objects) {
      failIf(Mistake.READ_REQUEST);
      if (is(Mistake.READ_REQUEST_STACK_OVERFLOW)) {
        throw new StackOverflowError();
      }
      if (is(Mistake.READ_REQUEST_RELEASED)) {
        payload.release();
      }
      return is(Mistake.READ_REQUEST_NULL) ? null : super.readRequest(method, payload, objects);
    }

    @Override
    @SuppressWarnings("NullAway") // what is tested
    public Object readResponse(Method<?> method, LinkBuffer payload, ObjectBudget objects) {
      failIf(Mistake.READ_RESPONSE);
      return is(Mistake.READ_RESPONSE_NULL) ? null : super.readResponse(method, payload, objects);
    }

    @Override
    public void writeRequest(
        MessageHeader header, Method<?> method, Object request, LinkBuffer out) {
      failIf(Mistake.WRITE_REQUEST);
      super.writeRequest(header, method, request, out);
    }

    @Override
    public void writeResponse(
        MessageHeader header, Method<?> method, @Nullable Object response, LinkBuffer out) {
      failIf(Mistake.WRITE_RESPONSE);
      super.writeResponse(header, method, response, out);
      if (is(Mistake.WRITE_RESPONSE_RELEASED)) {
        out.release();
      }
    }
  }

  @ParameterizedTest
  @EnumSource(
      mode = Mode.MATCH_NONE,
      names = {"READ_RESPONSE.*", "WRITE_REQUEST"})
  void costsAConnectionOfAServer(Mistake mistake) throws Exception {
    var broken = new Broken(mistake);
    var server = serve(broken, text -> text + "!");
    var client = client(server, new CompactPayload(), Protocol.FRAMED);
    var other = client(server, new CompactPayload(), Protocol.FRAMED);
    assertThat(EchoFixture.echo(other, "hi")).isEqualTo("hi!");
    broken.armed = true;

    try (var log = new LogRecorder("io.windhover.rpc.server")) {
      assertThatExceptionOfType(RpcException.class)
          .isThrownBy(() -> EchoFixture.echo(client, "hi"))
          .returns(Kind.DISCONNECTED, RpcException::kind);

      assertThat(log.await("the connection from")).startsWith("WARNING ").contains("ends");
    }
    assertThat(EchoFixture.echo(other, "hi")).isEqualTo("hi!");
    assertThat(EchoFixture.echo(client, "hi")).isEqualTo("hi!");
  }

  @Test
  void costsAConnectionOfAServerIfItFailsWithABusinessStatusToo() throws Exception {
    var broken = new Broken(Mistake.WRITE_RESPONSE);
    var server =
        serve(
            broken,
            text -> {
              throw new BusinessException(404, "none", Map.of());
            });
    var client = client(server, new CompactPayload(), Protocol.TTHEADER);
    broken.armed = true;

    try (var log = new LogRecorder("io.windhover.rpc.server")) {
      assertThatExceptionOfType(RpcException.class)
          .isThrownBy(() -> EchoFixture.echo(client, "hi"))
          .returns(Kind.DISCONNECTED, RpcException::kind);

      assertThat(log.await("the connection from")).startsWith("WARNING ").contains("ends");
    }
  }

  @ParameterizedTest
  @EnumSource(
      names = {
        "RECOGNISES",
        "READ_HEADER",
        "READ_HEADER_NULL",
        "READ_RESPONSE",
        "READ_RESPONSE_NULL",
        "WRITE_REQUEST"
      })
  void costsACallOfAClient(Mistake mistake) throws Exception {
    var broken = new Broken(mistake);
    var server = serve(new CompactPayload(), text -> text + "!");
    var client = client(server, broken, Protocol.FRAMED);
    broken.armed = true;

    assertThatExceptionOfType(RpcException.class)
        .isThrownBy(() -> EchoFixture.echo(client, "hi"))
        .withMessageContaining("payload codec compact failed in ")
        .returns(Kind.PROTOCOL, RpcException::kind);
    assertThat(EchoFixture.echo(client, "hi")).isEqualTo("hi!");
  }

  /// Refuses what it reads.
  private static final class Refusing extends CompactPayload {
    private final RuntimeException refusal;

    Refusing(RuntimeException refusal) {
      this.refusal = refusal;
    }

    @Override
    public Object readRequest(Method<?> method, LinkBuffer payload, ObjectBudget objects) {
      throw refusal;
    }
  }

  @Test
  void costsACallIfItIsTheMessageThatIsWrong() throws Exception {
    var server = serve(new Refusing(new MalformedMessageException("no text")), text -> text);
    var client =
        toClose.keep(
            builder(server, Protocol.TTHEADER)
                .payloadCodec(new CompactPayload())
                .multiplexed(1) // an own connection would be closed by the client
                .build());

    for (int i = 0; i < 2; i++) {
      assertThatExceptionOfType(RpcException.class)
          .isThrownBy(() -> EchoFixture.echo(client, "hi"))
          .withMessageContaining("payload codec compact: no text")
          .returns(7, RpcException::remoteCode);
    }
    assertThat(client.pools().getFirst().counters().dialled()).isEqualTo(1);
  }

  /// Keeps all buffers that it is given, and uses them later.
  private static final class Keeping extends CompactPayload {
    private final List<LinkBuffer> kept = new ArrayList<>();
    private int failures;

    @Override
    public synchronized Object readRequest(
        Method<?> method, LinkBuffer payload, ObjectBudget objects) {
      meddle();
      kept.add(payload);
      return super.readRequest(method, payload, objects);
    }

    private void meddle() {
      for (var buffer : kept) {
        try {
          buffer.writeUtf8("what does not belong here");
        } catch (IllegalStateException e) { // it is released
          failures++;
        }
      }
    }

    @Override
    public synchronized void writeError(
        MessageHeader header, ApplicationError error, LinkBuffer out) {
      super.writeError(header, error, out);
    }

    @Override
    public synchronized void writeResponse(
        MessageHeader header, Method<?> method, @Nullable Object response, LinkBuffer out) {
      meddle();
      super.writeResponse(header, method, response, out);
      kept.add(out);
    }
  }

  @Test
  void hasBuffersForTheTimeOfACallOnly() throws Exception {
    var keeping = new Keeping();
    var server = serve(keeping, text -> text + "!");
    var client = client(server, new CompactPayload(), Protocol.TTHEADER);

    for (int i = 0; i < 10; i++) {
      assertThat(EchoFixture.echo(client, "hi " + i)).isEqualTo("hi " + i + "!");
    }
    assertThat(client.openConnections()).isEqualTo(1);
    assertThat(keeping.failures).isPositive();
  }

  private Server serve(PayloadCodec codec, UnaryOperator<String> handler) throws IOException {
    ServerBuilder builder = Server.builder().port(0).payloadCodec(codec);
    return toClose.keep(builder.service(EchoFixture.serve(handler)).start());
  }

  private Client client(Server server, PayloadCodec codec, Protocol protocol) {
    return toClose.keep(builder(server, protocol).payloadCodec(codec).build());
  }

  private static ClientBuilder builder(Server server, Protocol protocol) {
    return Client.builder("127.0.0.1:" + server.port()).protocol(protocol);
  }
}
