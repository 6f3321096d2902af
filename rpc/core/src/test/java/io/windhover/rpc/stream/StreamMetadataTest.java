package io.windhover.rpc.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.windhover.rpc.BusinessException;
import io.windhover.rpc.Deadline;
import io.windhover.rpc.Invocation;
import io.windhover.rpc.Metadata;
import io.windhover.rpc.RpcException;
import io.windhover.rpc.StreamReceiver;
import io.windhover.rpc.StreamSender;
import io.windhover.rpc.Streams;
import io.windhover.rpc.fixture.Eventually;
import io.windhover.rpc.fixture.Text;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// What travels with a stream beside its messages.
@Timeout(30)
final class StreamMetadataTest {

  @Test
  void headerComesBeforeTheMessagesAndTrailerAfter() throws Exception {
    try (var loopback =
            new Loopback(
                Loopback.count(
                    (request, out) -> {
                      out.header().put("opened-by", "server");
                      out.send(new Text("one"));
                      out.header().put("late", "lost");
                      out.trailer().put("notes", "1");
                    }));
        var numbers = loopback.count("")) {
      assertThat(numbers.header().values()).isEqualTo(Map.of("opened-by", "server"));
      assertThat(numbers).hasSize(1);

      assertThat(numbers.trailer().values()).isEqualTo(Map.of("notes", "1"));
    }
  }

  @Test
  void streamWithoutMessagesHasAHeaderToo() throws Exception {
    try (var loopback =
            new Loopback(Loopback.chat((in, out) -> out.header().put("opened-by", "server")));
        var chat = loopback.chat()) {
      assertThat(chat.header().get("opened-by")).contains("server");
    }
  }

  @Test
  void headerWaitsUntilTheDeadlineAndNoLonger() throws Exception {
    try (var loopback = new Loopback(Loopback.chat((in, out) -> in.receive()));
        var chat = loopback.chat(Duration.ofMillis(50))) {
      assertThatExceptionOfType(RpcException.class)
          .isThrownBy(chat::header)
          .withMessageContaining("the deadline of the stream has passed");
    }
  }

  @Test
  void headerFailsWithTheStream() throws Exception {
    try (var loopback = new Loopback(Loopback.chat((in, out) -> in.receive()))) {
      var chat = loopback.chat();
      chat.close();

      assertThatExceptionOfType(RpcException.class)
          .isThrownBy(chat::header)
          .withMessageContaining("closed before its end");
    }
  }

  @Test
  void handlerSeesWhatTheClientSent() throws Exception {
    var seen = new CompletableFuture<Invocation>();
    var sent =
        Metadata.builder().transientValue("once", "1").persistentValue("always", "2").build();
    try (var loopback =
        new Loopback(
            Loopback.chat((in, out) -> seen.complete(Invocation.current().orElseThrow())))) {
      var deadline = Deadline.after(Duration.ofSeconds(5));
      loopback.open("Notes", Loopback.CHAT, deadline, sent, "shop");

      var invocation = seen.get(10, TimeUnit.SECONDS);
      assertThat(invocation.name()).isEqualTo("Notes/chat");
      assertThat(invocation.metadata()).isEqualTo(sent);
      assertThat(invocation.origin().name()).isEqualTo("shop");
      assertThat(invocation.deadline().remainingNanos())
          .isBetween(1L, Duration.ofSeconds(5).toNanos());
    }
  }

  @Test
  void businessStatusEndsAStream() throws Exception {
    try (var loopback =
            new Loopback(
                Loopback.count(
                    (request, out) -> {
                      out.send(new Text("one"));
                      throw new BusinessException(404, "no more", Map.of("why", "sold out"));
                    }));
        var numbers = loopback.count("")) {
      assertThat(numbers.receive()).isPresent();

      for (int i = 0; i < 2; i++) {
        assertThatExceptionOfType(BusinessException.class)
            .isThrownBy(numbers::receive)
            .satisfies(e -> assertThat(e.code()).isEqualTo(404))
            .satisfies(e -> assertThat(e.text()).isEqualTo("no more"))
            .satisfies(e -> assertThat(e.extra()).isEqualTo(Map.of("why", "sold out")));
      }
    }
  }

  @Test
  void cancellingGoesOnToStreamsOfTheHandlerWithItsPath() throws Exception {
    var end = new CompletableFuture<Throwable>();
    try (var inner =
            new Loopback(
                Loopback.chat(
                    (in, out) -> {
                      out.send(new Text("inner"));
                      receiveUntilTheEnd(in, end);
                    }));
        var outer = new Loopback(Loopback.chat((in, out) -> passOn(inner, out)))) {
      var chat = outer.chat();
      assertThat(chat.receive()).contains(new Text("inner"));

      chat.close();

      assertThat(end.get(10, TimeUnit.SECONDS))
          .hasMessageContaining("[tests -> middle], code 12007: cancelled by the caller");
      Eventually.await(() -> inner.servedStreams() == 0);
    }
  }

  private static void receiveUntilTheEnd(
      StreamReceiver<Text> in, CompletableFuture<Throwable> end) {
    try {
      in.forEach(text -> {});
    } catch (RpcException e) {
      end.complete(e);
    }
  }

  /// Leaves its stream open: it ends all the same.
  private static void passOn(Loopback inner, StreamSender<Text> out) {
    var stream =
        inner.open(
            "Notes",
            Loopback.CHAT,
            Deadline.after(Duration.ofSeconds(30)),
            Metadata.NONE,
            "middle");
    var chat = Streams.<Text, Text>bidiStream(stream);
    chat.receive().ifPresent(out::send);
    chat.receive();
  }
}
