package io.windhover.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.windhover.buffer.LinkBuffer;
import io.windhover.conformance.Recording.Exchange;
import io.windhover.rpc.Invocation;
import io.windhover.rpc.Protocol;
import io.windhover.rpc.RpcException;
import io.windhover.rpc.client.Client;
import io.windhover.rpc.server.Server;
import io.windhover.rpc.wire.HeaderKey;
import io.windhover.thrift.Binary;
import io.windhover.thrift.BinaryReader;
import io.windhover.thrift.BinaryWriter;
import io.windhover.thrift.StructCodec;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Plays one side of a recorded conversation against ours in the other side's place. Structs are
/// compared by their meaning ([StructMeaning]), and by their size: no byte more or less.
@Timeout(20)
final class ReplayTest {

  private static final Set<Integer> HEADER_KEYS_TO_COMPARE =
      Set.of(HeaderKey.TRANSPORT_TYPE, HeaderKey.TO_METHOD, HeaderKey.MESSAGE_TYPE);

  // Where we differ from Kitex on purpose: without a service's name, Kitex calls an unknown method
  // an unknown service.
  private static final int UNKNOWN_METHOD = 1;
  private static final int UNKNOWN_SERVICE = 20;

  static Stream<Recording> recordings() throws IOException {
    return Recording.all();
  }

  // ---- our server with a Kitex client

  @ParameterizedTest
  @MethodSource("recordings")
  void answersAKitexClient(Recording recording) throws Exception {
    var requests = new LinkedBlockingQueue<Binary>();
    var answers = new LinkedBlockingQueue<Answer>();
    try (var server = serve(recording, requests, answers)) {
      RawConnection client = RawConnection.to(server.port());
      for (var exchange : recording.exchanges()) {
        if (exchange.onNewConnection()) {
          client.close();
          client = RawConnection.to(server.port());
        }
        replay(exchange, client, requests, answers);
      }
      client.close();
    }
  }

  private static void replay(
      Exchange exchange,
      RawConnection client,
      BlockingQueue<Binary> requests,
      BlockingQueue<Answer> answers)
      throws Exception {
    var request = parse(exchange.request());
    if (exchange.isOneway()) {
      client.send(exchange.request().toByteArray());
      assertSameStruct(requests.poll(10, TimeUnit.SECONDS), request.struct());
      return;
    }
    var recorded = parse(exchange.reply());
    answers.add(recorded);

    client.send(exchange.request().toByteArray());

    assertSameReply(client.read(), recorded);
    var understood = requests.poll();
    answers.clear();
    if (understood != null) { // not when no handler was found
      assertSameStruct(understood, request.struct());
    }
  }

  /// A server whose handlers put down what they got and answer as the recorded ones did.
  private static Server serve(
      Recording recording, BlockingQueue<Binary> requests, BlockingQueue<Answer> answers)
      throws IOException {
    var server =
        Server.builder()
            .address(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
            .middleware(
                next ->
                    (invocation, request) -> {
                      var method = Peers.thrift(invocation.method());
                      requests.add(encode(method.codec().request(), request));
                      return method.oneway() ? request : answer(invocation, answers.remove());
                    });
    var services = Peers.server(recording);
    server.fallbackService(services.getFirst());
    services.stream().skip(1).forEach(server::service);
    return server.start();
  }

  private static Object answer(Invocation invocation, Answer recorded) {
    if (recorded.isException()) {
      throw new IllegalStateException("as recorded: " + recorded.error().message());
    }
    return decode(Peers.thrift(invocation.method()).codec().response(), recorded.struct());
  }

  private static void assertSameReply(Answer ours, Answer recorded) {
    assertThat(ours.header().name()).isEqualTo(recorded.header().name());
    assertThat(ours.header().sequenceId()).isEqualTo(recorded.header().sequenceId());
    assertThat(ours.envelope().protocol()).isEqualTo(recorded.envelope().protocol());
    assertThat(ours.header().type()).isEqualTo(recorded.header().type());
    assertSameReplyHeader(ours, recorded);
    if (recorded.isException()) {
      assertThat(ours.error().type()).isEqualTo(expectedCode(recorded));
    } else {
      assertSameStruct(ours.struct(), recorded.struct());
    }
  }

  private static int expectedCode(Answer recorded) {
    int code = recorded.error().type();
    return code == UNKNOWN_SERVICE && recorded.envelope().header() == null ? UNKNOWN_METHOD : code;
  }

  /// All but Kitex's notice that it closes the connection after an error: we keep it.
  private static void assertSameReplyHeader(Answer ours, Answer recorded) {
    var header = recorded.envelope().header();
    if (header == null) {
      return;
    }
    var stringKeys = new HashMap<>(header.stringKeys());
    stringKeys.remove(HeaderKey.CONNECTION_CLOSING);
    assertThat(ours.envelope().header())
        .satisfies(
            it -> {
              assertThat(it.sequenceId()).isEqualTo(header.sequenceId());
              assertThat(it.intKeys()).isEqualTo(header.intKeys());
              assertThat(it.stringKeys()).isEqualTo(stringKeys);
            });
  }

  // ---- our client with a Kitex server

  @ParameterizedTest
  @MethodSource("recordings")
  void callsAKitexServer(Recording recording) throws Exception {
    var protocol = parse(recording.exchanges().getFirst().request()).envelope().protocol();
    try (var server = new ScriptedServer();
        var client = client(server, protocol)) {
      for (var exchange : recording.exchanges()) {
        replay(recording, exchange, server, client);
      }
    }
  }

  private static Client client(ScriptedServer server, Protocol protocol) {
    return Client.builder(server.address())
        .protocol(protocol)
        .timeout(Duration.ofSeconds(10))
        .build();
  }

  private static void replay(
      Recording recording, Exchange exchange, ScriptedServer server, Client client)
      throws Exception {
    var request = parse(exchange.request());
    var called = Peers.called(recording, request);
    var arguments = decode(called.method().codec().request(), request.struct());
    server.answer(exchange.reply().toByteArray());
    if (exchange.isOneway()) {
      client.call(called.service(), called.method(), arguments);
      assertSameRequest(server.request(), request);
      return;
    }
    var recorded = parse(exchange.reply());
    if (recorded.isException()) {
      assertThat(catchThrowable(() -> client.call(called.service(), called.method(), arguments)))
          .isInstanceOfSatisfying(
              RpcException.class,
              e -> assertThat(e.remoteCode()).isEqualTo(recorded.error().type()));
    } else {
      var result = client.call(called.service(), called.method(), arguments);
      assertSameStruct(encode(called.method().codec().response(), result), recorded.struct());
    }
    assertSameRequest(server.request(), request);
  }

  private static void assertSameRequest(Answer ours, Answer recorded) {
    assertThat(ours.header()).isEqualTo(recorded.header());
    assertThat(ours.envelope().protocol()).isEqualTo(recorded.envelope().protocol());
    assertSameStruct(ours.struct(), recorded.struct());
    assertThat(comparable(ours)).isEqualTo(comparable(recorded));
  }

  /// Of the header's keys those that do not name the program or its set-up.
  private static Map<Object, String> comparable(Answer request) {
    var header = request.envelope().header();
    if (header == null) {
      return Map.of();
    }
    var keys = new HashMap<Object, String>(header.intKeys());
    keys.keySet().retainAll(HEADER_KEYS_TO_COMPARE);
    keys.putAll(header.stringKeys());
    return keys;
  }

  // ---- both

  private static Answer parse(Binary message) {
    return Answer.read(LinkBuffer.wrap(message.toByteArray()));
  }

  private static Object decode(StructCodec<Object> codec, Binary struct) {
    return codec.read(new BinaryReader(LinkBuffer.wrap(struct.toByteArray())));
  }

  private static Binary encode(StructCodec<Object> codec, Object value) {
    try (var out = new LinkBuffer()) {
      codec.write(value, new BinaryWriter(out));
      var bytes = new byte[out.size()];
      out.readBytes(bytes, 0, bytes.length);
      return Binary.wrap(bytes);
    }
  }

  private static void assertSameStruct(Binary ours, Binary recorded) {
    assertThat(StructMeaning.of(ours.toByteArray()))
        .isEqualTo(StructMeaning.of(recorded.toByteArray()));
    assertThat(ours.size()).isEqualTo(recorded.size());
  }
}
