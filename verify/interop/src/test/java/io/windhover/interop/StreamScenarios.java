package io.windhover.interop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.windhover.interop.streams.Note;
import io.windhover.interop.streams.Strangers;
import io.windhover.interop.streams.Streams;
import io.windhover.interop.streams.StreamsClient;
import io.windhover.rpc.BidiStream;
import io.windhover.rpc.BusinessException;
import io.windhover.rpc.CallOptions;
import io.windhover.rpc.Metadata;
import io.windhover.rpc.RpcException;
import io.windhover.rpc.StreamReceiver;
import io.windhover.rpc.client.Client;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/// The scenarios of streams, run by our client.
record StreamScenarios(Client client) implements AutoCloseable {
  private static final Duration TIMEOUT = Duration.ofSeconds(10);
  private static final Duration SHORT_TIMEOUT = Duration.ofMillis(100);

  private interface Steps {
    void run(StreamsClient streams) throws Exception;
  }

  private static final List<Scenario<StreamScenarios>> SCENARIOS =
      List.of(
          steps("server stream", streams -> count(streams, 3)),
          steps("server stream of none", streams -> count(streams, 0)),
          steps("server stream of 10,000", streams -> count(streams, 10_000)),
          failing("server stream, error", streams -> countThen(streams, "fail")),
          failing("server stream, crash", streams -> countThen(streams, "crash")),
          steps("server stream, business error", StreamScenarios::countThenRefuse),
          steps("client stream", streams -> sum(streams, 3)),
          steps("client stream of none", streams -> sum(streams, 0)),
          steps("client stream of 10,000", streams -> sum(streams, 10_000)),
          failing("client stream, error", streams -> sumThen(streams, "fail")),
          steps("client stream, business error", StreamScenarios::sumThenRefuse),
          steps("client stream, early answer", StreamScenarios::sumThenReturn),
          steps("both ways", StreamScenarios::pingPong),
          steps("both ways, half close", StreamScenarios::halfClose),
          failing("both ways, error", streams -> chatThen(streams, "fail")),
          steps("both ways, business error", StreamScenarios::chatThenRefuse),
          steps("both ways, server returns", StreamScenarios::chatThenReturn),
          steps(
              "note of 1 MiB",
              streams -> converse(streams, note(1, "0123456789abcdef".repeat(1 << 16)))),
          steps("header and trailer", StreamScenarios::headerAndTrailer),
          new Scenario<>("metadata of a stream", StreamScenarios::metadata),
          new Scenario<>("client cancels", StreamScenarios::cancelCount),
          new Scenario<>("client cancels, both ways", StreamScenarios::cancelChat),
          new Scenario<>("timeout of a stream", StreamScenarios::timeoutOfStream),
          new Scenario<>("timeout of a receive", StreamScenarios::timeoutOfReceive),
          new Scenario<>("unknown method of a stream", StreamScenarios::stray),
          steps(
              "unary call beside streams",
              streams -> assertThat(streams.ping(note(1, "ping"))).isEqualTo(note(1, "ping"))),
          steps("32 streams", StreamScenarios::streams32));

  /// The names of all scenarios.
  static List<String> scenarios() {
    return SCENARIOS.stream().map(Scenario::name).toList();
  }

  /// Runs every scenario against a server.
  static List<Outcome> call(Peer server, Transport transport) {
    try (var streams = new StreamScenarios(client(server, transport))) {
      return Scenario.run(SCENARIOS, streams);
    }
  }

  /// Cancels a stream that a server passes on from the last one.
  ///
  /// @param last address of the last server
  static List<Outcome> relay(Peer middle, String last) {
    var scenario =
        new Scenario<StreamScenarios>(
            "cancelling a stream goes every hop", client -> client.cancelRelay(last));
    try (var streams = new StreamScenarios(client(middle, Transport.TTHEADER_FRAMED))) {
      return Scenario.run(List.of(scenario), streams);
    }
  }

  /// For streams, any protocol but gRPC is TTHeader Streaming; calls and metadata want TTHeader.
  private static Client client(Peer server, Transport transport) {
    return transport
        .of(Client.builder(server.main()))
        .name(CallsClient.NAME)
        .timeout(TIMEOUT)
        .build();
  }

  @Override
  public void close() {
    client.close();
  }

  private StreamsClient streams() {
    return Streams.on(client);
  }

  private static Scenario<StreamScenarios> steps(String name, Steps steps) {
    return new Scenario<>(
        name,
        client -> {
          steps.run(client.streams());
          return "";
        });
  }

  /// One that has to end with an error of the server.
  private static Scenario<StreamScenarios> failing(String name, Steps steps) {
    return new Scenario<>(
        name,
        client -> {
          var failure = catchThrowableOfType(RpcException.class, () -> steps.run(client.streams()));
          assertThat(failure).isNotNull();
          assertThat(failure.kind()).as(failure.toString()).isEqualTo(RpcException.Kind.REMOTE);
          assertThat(failure.remoteCode()).isEqualTo(6);
          return failure.getMessage();
        });
  }

  private static Note note(int number, String text) {
    return new Note().number(number).text(text);
  }

  private static void count(StreamsClient streams, int notes) {
    try (var stream = streams.count(note(notes, ""))) {
      receive(stream, notes);
      assertThat(stream.receive()).isEmpty();
    }
  }

  private static void receive(StreamReceiver<Note> stream, int notes) {
    for (int i = 0; i < notes; i++) {
      assertThat(stream.receive()).contains(note(i, "note"));
    }
  }

  private static void countThen(StreamsClient streams, String text) {
    try (var stream = streams.count(note(2, text))) {
      receive(stream, 2);
      stream.receive();
    }
  }

  private static void countThenRefuse(StreamsClient streams) {
    refused(() -> countThen(streams, "refuse"));
  }

  private static void refused(ThrowingCallable steps) {
    var refusal = catchThrowableOfType(BusinessException.class, steps);
    assertThat(refusal).isNotNull();
    assertThat(refusal.code()).isEqualTo(404);
    assertThat(refusal.text()).isEqualTo("no note, 不");
    assertThat(refusal.extra()).containsKey("by");
  }

  private static void sum(StreamsClient streams, int notes) {
    try (var stream = streams.sum()) {
      for (int i = 0; i < notes; i++) {
        stream.send(note(i, "a"));
      }
      assertThat(stream.finish())
          .isEqualTo(note(IntStream.range(0, notes).sum(), "a".repeat(notes)));
    }
  }

  private static Note sumThen(StreamsClient streams, String text) {
    try (var stream = streams.sum()) {
      stream.send(note(5, "a"));
      stream.send(note(0, text));
      return stream.finish();
    }
  }

  private static void sumThenRefuse(StreamsClient streams) {
    refused(() -> sumThen(streams, "refuse"));
  }

  private static void sumThenReturn(StreamsClient streams) {
    assertThat(sumThen(streams, "return")).isEqualTo(note(5, "a"));
  }

  private static void pingPong(StreamsClient streams) {
    converse(streams, note(1, "中"), note(-1, ""), new Note());
  }

  /// Sends notes, each after the one before has come back, and closes the stream.
  private static void converse(StreamsClient streams, Note... notes) {
    try (var stream = streams.chat()) {
      for (var note : notes) {
        stream.send(note);
        assertThat(stream.receive().orElseThrow().equals(note)).as("echo").isTrue();
      }
      bye(stream);
    }
  }

  private static void bye(BidiStream<Note, Note> stream) {
    stream.end();
    assertThat(stream.receive()).contains(note(0, "bye"));
    assertThat(stream.receive()).isEmpty();
  }

  /// Sends all before it receives anything.
  private static void halfClose(StreamsClient streams) {
    try (var stream = streams.chat()) {
      IntStream.range(0, 3).forEach(i -> stream.send(note(i, "")));
      stream.end();
      IntStream.range(0, 3).forEach(i -> assertThat(stream.receive()).contains(note(i, "")));
      bye(stream);
    }
  }

  private static void chatThen(StreamsClient streams, String text) {
    try (var stream = streams.chat()) {
      stream.send(note(1, "first"));
      stream.send(note(0, text));
      assertThat(stream.receive()).contains(note(1, "first"));
      assertThat(stream.receive()).isEmpty();
    }
  }

  private static void chatThenRefuse(StreamsClient streams) {
    refused(() -> chatThen(streams, "refuse"));
  }

  private static void chatThenReturn(StreamsClient streams) {
    chatThen(streams, "return");
  }

  private static void headerAndTrailer(StreamsClient streams) {
    try (var stream = streams.count(note(2, ""))) {
      assertThat(stream.header().get("opened-by")).isPresent();
      receive(stream, 2);
      assertThat(stream.receive()).isEmpty();
      assertThat(stream.trailer().get("notes")).contains("2");
    }
  }

  private String metadata() {
    var metadata =
        Metadata.builder().transientValue("KEY", "hop").persistentValue("KEY", "all").build();
    var caller = client.with(CallOptions.builder().metadata(metadata).build());
    try (var stream = Streams.on(caller).count(new Note())) {
      assertThat(stream.header().get("transient")).contains("hop");
      assertThat(stream.header().get("persistent")).contains("all");
      assertThat(stream.receive()).isEmpty();
      return "";
    }
  }

  private String cancelCount() {
    try (var stream = streams().count(note(1, "wait"))) {
      receive(stream, 1);
    }
    return streams().ending();
  }

  private String cancelChat() {
    try (var stream = streams().chat()) {
      stream.send(note(1, ""));
      assertThat(stream.receive()).contains(note(1, ""));
    }
    return streams().ending();
  }

  private String cancelRelay(String last) {
    try (var stream = streams().relay(note(1, last))) {
      receive(stream, 1);
    }
    assertThat(streams().ending()).contains(CallsClient.NAME);
    try (var client = Client.to(last)) {
      assertThat(Streams.on(client).ending()).contains(CallsClient.NAME + " -> ");
      return "told";
    }
  }

  private String timeoutOfStream() {
    var caller = client.with(CallOptions.builder().timeout(SHORT_TIMEOUT).build());
    try (var stream = Streams.on(caller).count(note(1, "wait"))) {
      receive(stream, 1);
      timesOut(stream::receive);
    }
    return streams().ending();
  }

  /// Ours lets the stream go on after it, so it is cancelled then.
  private String timeoutOfReceive() {
    try (var stream = streams().count(note(1, "wait"))) {
      receive(stream, 1);
      timesOut(() -> stream.receive(SHORT_TIMEOUT));
    }
    return streams().ending();
  }

  private static void timesOut(ThrowingCallable receive) {
    var failure = catchThrowableOfType(RpcException.class, receive);
    assertThat(failure).isNotNull();
    assertThat(failure.kind()).as(failure.toString()).isEqualTo(RpcException.Kind.TIMEOUT);
  }

  private String stray() {
    var caller = client.with(CallOptions.builder().timeout(Duration.ofMillis(500)).build());
    try (var stream = Strangers.on(caller).stray(new Note())) {
      var failure = catchThrowableOfType(RpcException.class, stream::receive);
      assertThat(failure).isNotNull();
      return failure.kind() == RpcException.Kind.TIMEOUT ? "no answer" : "answered";
    }
  }

  private static void streams32(StreamsClient streams) throws Exception {
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var callers = new ArrayList<Callable<String>>();
      for (int caller = 0; caller < 32; caller++) {
        var text = "stream " + caller;
        callers.add(
            () -> {
              converse(
                  streams,
                  IntStream.range(0, 50).mapToObj(i -> note(i, text)).toArray(Note[]::new));
              return text;
            });
      }
      for (var caller : threads.invokeAll(callers)) {
        caller.get();
      }
    }
  }
}
