package io.windhover.rpc.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.windhover.netpoll.testing.LeakCheck;
import io.windhover.rpc.Deadline;
import io.windhover.rpc.MessageStream;
import io.windhover.rpc.Method;
import io.windhover.rpc.RpcException;
import io.windhover.rpc.RpcException.Kind;
import io.windhover.rpc.StreamReceiver;
import io.windhover.rpc.StreamSender;
import io.windhover.rpc.fixture.Eventually;
import io.windhover.rpc.fixture.Text;
import io.windhover.rpc.wire.ErrorCode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Whole streams between our own client and server over loopback.
@Timeout(30)
final class StreamTest {

  private static final Duration SOON = Duration.ofSeconds(10);

  @Test
  void echoesMessageByMessage() throws Exception {
    try (var loopback = new Loopback(Loopback.chat(StreamTest::echo));
        var chat = loopback.chat()) {
      for (int i = 0; i < 100; i++) {
        chat.send(new Text("message " + i));
        assertThat(chat.receive()).contains(new Text("message " + i));
      }
      chat.end();
      assertThat(chat.receive()).isEmpty();
      assertThat(chat.receive()).as("again").isEmpty();
    }
  }

  private static void echo(StreamReceiver<Text> in, StreamSender<Text> out) {
    in.forEach(out::send);
  }

  @Test
  void lastMessagesArriveAfterTheHalfClose() throws Exception {
    try (var loopback =
            new Loopback(
                Loopback.chat(
                    (in, out) -> {
                      int count = 0;
                      for (var ignored : in) {
                        count++;
                      }
                      out.send(new Text("got " + count));
                      out.send(new Text("bye"));
                    }));
        var chat = loopback.chat()) {
      chat.send(new Text("one"));
      chat.send(new Text("two"));
      chat.end();
      chat.end();

      assertThat(chat).containsExactly(new Text("got 2"), new Text("bye"));
    }
  }

  @Test
  void serverMaySpeakFirst() throws Exception {
    try (var loopback =
            new Loopback(
                Loopback.chat(
                    (in, out) -> {
                      out.send(new Text("welcome"));
                      in.receive();
                    }));
        var chat = loopback.chat()) {
      assertThat(chat.receive()).contains(new Text("welcome"));
    }
  }

  @Test
  void answersManyMessagesWithOne() throws Exception {
    try (var loopback =
            new Loopback(
                Loopback.join(
                    in -> {
                      var all = new StringBuilder();
                      in.forEach(text -> all.append(text.value()));
                      return new Text(all.toString());
                    }));
        var join = loopback.join()) {
      IntStream.range(0, 10).forEach(i -> join.send(new Text("" + i)));

      assertThat(join.finish()).isEqualTo(new Text("0123456789"));
    }
  }

  @Test
  void streamsAThousandMessages() throws Exception {
    try (var loopback = new Loopback(Loopback.count(StreamTest::countTo));
        var numbers = loopback.count("1000")) {
      var expected = IntStream.range(0, 1000).mapToObj(i -> new Text("" + i)).toList();

      assertThat(numbers).containsExactlyElementsOf(expected);
    }
  }

  private static void countTo(Text limit, StreamSender<Text> out) {
    IntStream.range(0, Integer.parseInt(limit.value())).forEach(i -> out.send(new Text("" + i)));
  }

  @Test
  void carriesManyStreamsOnOneConnection() throws Exception {
    try (var loopback = new Loopback(Loopback.chat(StreamTest::echo))) {
      var chats = IntStream.range(0, 64).mapToObj(i -> loopback.chat()).toList();
      for (int round = 0; round < 10; round++) {
        for (int i = 0; i < chats.size(); i++) {
          chats.get(i).send(new Text(i + "/" + round));
        }
        for (int i = 0; i < chats.size(); i++) {
          assertThat(chats.get(i).receive()).contains(new Text(i + "/" + round));
        }
      }

      assertThat(loopback.openConnections()).isEqualTo(1);
      assertThat(loopback.servedStreams()).isEqualTo(64);
      chats.forEach(StreamReceiver::close);
      Eventually.await(() -> loopback.servedStreams() == 0);
    }
  }

  @Test
  void carriesMessagesLargerThanTheWindow() throws Exception {
    var large = "x".repeat(500_000);
    try (var loopback = new Loopback(Loopback.chat(StreamTest::echo));
        var chat = loopback.chat()) {
      for (int i = 0; i < 5; i++) {
        chat.send(new Text(large + i));
        assertThat(chat.receive()).contains(new Text(large + i));
      }
    }
  }

  @Test
  void tellsTheClientThatTheHandlerFailed() throws Exception {
    try (var loopback =
            new Loopback(
                Loopback.count(
                    (request, out) -> {
                      out.send(new Text("one"));
                      throw new IllegalStateException("secret");
                    }));
        var numbers = loopback.count("")) {
      assertThat(numbers.receive()).as("what came before").contains(new Text("one"));
      assertThatExceptionOfType(RpcException.class)
          .isThrownBy(numbers::receive)
          .withMessageContaining("Notes/count failed in its handler, error id ")
          .withMessageNotContaining("secret")
          .satisfies(e -> assertThat(e.kind()).isEqualTo(Kind.REMOTE))
          .satisfies(e -> assertThat(e.remoteCode()).isEqualTo(6));
    }
  }

  @Test
  void answersAnUnknownMethod() throws Exception {
    var unknown = new Method<>("nope", Method.Kind.BIDI_STREAM, Text.CALL);
    try (var loopback = new Loopback(Loopback.chat(StreamTest::echo))) {
      assertFails(loopback.open(unknown), Kind.REMOTE, 1, "unknown method nope of service Notes");
    }
  }

  @Test
  void answersAnUnknownService() throws Exception {
    try (var loopback = new Loopback(Loopback.chat(StreamTest::echo))) {
      var stream = loopback.open("Else", Loopback.CHAT, Deadline.after(SOON));

      assertFails(stream, Kind.REMOTE, 20, "unknown service Else (this server has: Notes)");
    }
  }

  private static void assertFails(MessageStream stream, Kind kind, int code, String message) {
    assertThatExceptionOfType(RpcException.class)
        .isThrownBy(stream::receive)
        .withMessageContaining(message)
        .satisfies(e -> assertThat(e.kind()).isEqualTo(kind))
        .satisfies(e -> assertThat(e.remoteCode()).isEqualTo(code));
  }

  @Test
  void interruptsTheHandlerWhenTheClientCloses() throws Exception {
    var ended = new CompletableFuture<Throwable>();
    try (var loopback =
        new Loopback(
            Loopback.chat(
                (in, out) -> {
                  out.send(new Text("started"));
                  try {
                    in.receive();
                    ended.complete(new AssertionError("nothing thrown"));
                  } catch (RpcException e) {
                    Eventually.await(() -> Thread.currentThread().isInterrupted());
                    ended.complete(e);
                  }
                }))) {
      var chat = loopback.chat();
      assertThat(chat.receive()).contains(new Text("started"));

      chat.close();

      assertThat(ended.get(10, TimeUnit.SECONDS))
          .isInstanceOfSatisfying(
              RpcException.class, e -> assertThat(e.kind()).isEqualTo(Kind.CANCELLED))
          .hasMessageContaining("[tests], code 12007");
      assertThatExceptionOfType(RpcException.class)
          .isThrownBy(chat::receive)
          .withMessageContaining("closed before its end");
      assertThatExceptionOfType(RpcException.class).isThrownBy(() -> chat.send(new Text("late")));
      Eventually.await(() -> loopback.servedStreams() == 0);
    }
  }

  @Test
  void endsASendWhenTheServerIsDone() throws Exception {
    try (var loopback = new Loopback(Loopback.chat((in, out) -> out.send(new Text("enough"))));
        var chat = loopback.chat()) {
      assertThat(chat.receive()).contains(new Text("enough"));
      assertThat(chat.receive()).isEmpty();

      assertThatExceptionOfType(RpcException.class)
          .isThrownBy(() -> chat.send(new Text("more")))
          .withMessageContaining("the other side has ended the stream");
    }
  }

  @Test
  void refusesToSendAfterItsOwnEnd() throws Exception {
    try (var loopback =
            new Loopback(
                Loopback.chat(
                    (in, out) -> {
                      assertThat(in).isEmpty();
                      LockSupport.park(); // until the client closes
                    }));
        var chat = loopback.chat()) {
      chat.end();

      assertThatExceptionOfType(IllegalStateException.class)
          .isThrownBy(() -> chat.send(new Text("more")));
    }
  }

  @Test
  void goesOnAfterAReceiveThatTimedOut() throws Exception {
    try (var loopback = new Loopback(Loopback.chat(StreamTest::echo));
        var chat = loopback.chat()) {
      assertThatExceptionOfType(RpcException.class)
          .isThrownBy(() -> chat.receive(Duration.ofMillis(20)))
          .withMessageContaining("no message within 20 ms; the stream goes on")
          .satisfies(e -> assertThat(e.kind()).isEqualTo(Kind.TIMEOUT));

      chat.send(new Text("still here"));
      assertThat(chat.receive(SOON)).contains(new Text("still here"));
    }
  }

  @Test
  void resetsTheStreamAtItsDeadline() throws Exception {
    var interrupted = new CountDownLatch(1);
    try (var loopback =
            new Loopback(
                Loopback.chat(
                    (in, out) -> {
                      try {
                        in.receive();
                      } catch (RpcException e) {
                        interrupted.countDown();
                      }
                    }));
        var chat = loopback.chat(Duration.ofMillis(50))) {
      assertThatExceptionOfType(RpcException.class)
          .isThrownBy(chat::receive)
          .withMessageContaining("the deadline of the stream has passed")
          .satisfies(e -> assertThat(e.kind()).isEqualTo(Kind.TIMEOUT));
      assertThat(interrupted.await(10, TimeUnit.SECONDS)).isTrue();
    }
  }

  @Test
  void resetsTheStreamWhenTheClientsThreadIsInterrupted() throws Exception {
    try (var loopback = new Loopback(Loopback.chat(StreamTest::echo));
        var chat = loopback.chat()) {
      Thread.currentThread().interrupt();

      assertThatExceptionOfType(RpcException.class)
          .isThrownBy(chat::receive)
          .satisfies(e -> assertThat(e.kind()).isEqualTo(Kind.CANCELLED));
      assertThat(Thread.interrupted()).isTrue();
      Eventually.await(() -> loopback.servedStreams() == 0);
    }
  }

  @Test
  void failsAllStreamsWhenTheirConnectionBreaks() throws Exception {
    var ends = new ArrayList<CompletableFuture<Throwable>>();
    try (var loopback =
        new Loopback(
            Loopback.chat(
                (in, out) -> {
                  var end = new CompletableFuture<Throwable>();
                  synchronized (ends) {
                    ends.add(end);
                  }
                  out.send(new Text("started"));
                  try {
                    in.receive();
                  } catch (RpcException e) {
                    end.complete(e);
                  }
                }))) {
      var chats = List.of(loopback.chat(), loopback.chat(), loopback.chat());
      chats.forEach(chat -> assertThat(chat.receive()).isPresent());

      loopback.abortServerConnections();

      for (var chat : chats) {
        assertThatExceptionOfType(RpcException.class)
            .isThrownBy(chat::receive)
            .satisfies(e -> assertThat(e.kind()).isEqualTo(Kind.DISCONNECTED));
      }
      for (var end : ends) {
        assertThat(end.get(10, TimeUnit.SECONDS))
            .isInstanceOfSatisfying(
                RpcException.class, e -> assertThat(e.kind()).isEqualTo(Kind.DISCONNECTED));
      }
    }
  }

  @Test
  void opensStreamsAnewAfterItsConnectionBroke() throws Exception {
    try (var loopback = new Loopback(Loopback.chat(StreamTest::echo))) {
      try (var chat = loopback.chat()) {
        chat.send(new Text("a"));
        assertThat(chat.receive()).isPresent();
      }
      loopback.abortServerConnections();
      Eventually.await(() -> loopback.openConnections() == 0);

      try (var chat = loopback.chat()) {
        chat.send(new Text("b"));
        assertThat(chat.receive()).contains(new Text("b"));
      }
    }
  }

  @Test
  void refusesMoreStreamsThanItMayHave() throws Exception {
    var few = new StreamOptions(Loopback.OPTIONS.limits(), 16 << 10, 2);
    try (var loopback = new Loopback(few, Loopback.chat(StreamTest::echo))) {
      var chats = List.of(loopback.chat(), loopback.chat());
      chats.forEach(
          chat -> {
            chat.send(new Text("here"));
            assertThat(chat.receive()).isPresent();
          });

      assertFails(
          loopback.open(Loopback.CHAT),
          Kind.NOT_SENT,
          ErrorCode.STREAMS_TAKEN.number(),
          "safe to retry). Give the client more"
              + " streamConnections(...), or the server a larger maxStreams(...)");
    }
  }

  @Test
  void drainsWhenTheServerStops() throws Exception {
    try (var loopback = new Loopback(Loopback.chat(StreamTest::echo));
        var chat = loopback.chat()) {
      chat.send(new Text("before"));
      assertThat(chat.receive()).isPresent();

      loopback.drainServer();

      assertFails(
          loopback.open(Loopback.CHAT),
          Kind.NOT_SENT,
          ErrorCode.STOPPING.number(),
          "about to stop");
      chat.send(new Text("still served"));
      assertThat(chat.receive()).contains(new Text("still served"));
      chat.end();
      assertThat(chat.receive()).isEmpty();
      Eventually.await(() -> loopback.openConnections() == 0);
    }
  }

  @Test
  void leavesNothingBehind() throws Exception {
    var leaks = LeakCheck.begin();
    try (var loopback = new Loopback(Loopback.chat(StreamTest::echo))) {
      for (int i = 0; i < 20; i++) {
        var chat = loopback.chat();
        for (int j = 0; j < 20; j++) {
          chat.send(new Text("never asked for " + "x".repeat(j * 40)));
        }
        if (i % 2 == 0) {
          assertThat(chat.receive()).isPresent();
        }
        chat.close();
      }
      Eventually.await(() -> loopback.servedStreams() == 0);
    }
    leaks.end(SOON);
  }
}
