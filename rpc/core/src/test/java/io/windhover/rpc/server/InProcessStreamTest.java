package io.windhover.rpc.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.windhover.rpc.BidiStream;
import io.windhover.rpc.BusinessException;
import io.windhover.rpc.CallOptions;
import io.windhover.rpc.Invocation;
import io.windhover.rpc.Metadata;
import io.windhover.rpc.Method;
import io.windhover.rpc.RpcException;
import io.windhover.rpc.RpcException.Kind;
import io.windhover.rpc.StreamReceiver;
import io.windhover.rpc.StreamSender;
import io.windhover.rpc.fixture.EventRecorder;
import io.windhover.rpc.fixture.NotesFixture;
import io.windhover.rpc.fixture.Text;
import io.windhover.rpc.wire.ErrorCode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Streams within one process: all that a wire would do, without one.
@Timeout(20)
final class InProcessStreamTest {

  @Test
  void handsOnTheVeryMessages() {
    var message = new Text("a");
    try (var chat = chat(NotesFixture::echo)) {
      chat.send(message);
      assertThat(chat.receive().orElseThrow()).isSameAs(message);
      chat.end();
      assertThat(chat.receive()).isEmpty();
      assertThat(chat.receive()).as("again").isEmpty();
    }
  }

  @Test
  void lastMessagesArriveAfterTheHalfClose() {
    try (var chat =
        chat(
            (in, out) -> {
              int count = 0;
              for (var _ : in) {
                count++;
              }
              out.send(new Text("got " + count));
            })) {
      chat.send(new Text("one"));
      chat.send(new Text("two"));
      chat.end();

      assertThat(chat).containsExactly(new Text("got 2"));
      assertThatExceptionOfType(RpcException.class).isThrownBy(() -> chat.send(new Text("late")));
    }
  }

  @Test
  void carriesMetadataHeaderAndTrailer() {
    var told = new ArrayList<Map<String, String>>();
    var options =
        CallOptions.builder().metadata(Metadata.of("who", "me")).onReplyMetadata(told::add).build();
    var caller =
        InProcess.of(
            NotesFixture.service(
                (in, out) -> {
                  out.header().put("for", metadata("who"));
                  out.send(new Text("one"));
                  out.header().put("late", "lost");
                  out.trailer().put("notes", "1");
                }));
    try (var chat = NotesFixture.chat(caller.with(options))) {
      assertThat(chat.header().values()).isEqualTo(Map.of("for", "me"));
      assertThat(chat).hasSize(1);

      assertThat(chat.trailer().values()).isEqualTo(Map.of("notes", "1"));
      assertThat(told).containsExactly(Map.of("notes", "1"));
    }
  }

  private static String metadata(String key) {
    return Invocation.current().orElseThrow().metadata().get(key).orElseThrow();
  }

  @Test
  void endsWithTheErrorOfAHandler() {
    try (var chat =
        chat(
            (in, out) -> {
              out.send(new Text("one"));
              throw new IllegalStateException("secret");
            })) {
      assertThat(chat.receive()).as("what came before").isPresent();
      assertThatExceptionOfType(RpcException.class)
          .isThrownBy(chat::receive)
          .withMessageNotContaining("secret")
          .satisfies(e -> assertThat(e.kind()).isEqualTo(Kind.REMOTE))
          .satisfies(e -> assertThat(e.errorId()).isPresent());
    }
  }

  @Test
  void endsWithABusinessStatus() {
    try (var chat =
        chat(
            (in, out) -> {
              throw new BusinessException(404, "no");
            })) {
      assertThatExceptionOfType(BusinessException.class)
          .isThrownBy(chat::receive)
          .satisfies(e -> assertThat(e.code()).isEqualTo(404));
    }
  }

  @Test
  void refusesAMethodThatIsNotThere() {
    var caller = InProcess.of(NotesFixture.service(NotesFixture::echo));
    var unknown = new Method<>("nope", Method.Kind.BIDI_STREAM, Text.CALL);

    assertThatExceptionOfType(RpcException.class)
        .isThrownBy(() -> caller.open("Notes", unknown))
        .satisfies(e -> assertThat(e.remoteCode()).isEqualTo(1));
    assertThatExceptionOfType(RpcException.class)
        .isThrownBy(() -> caller.open("Else", NotesFixture.CHAT))
        .satisfies(e -> assertThat(e.remoteCode()).isEqualTo(20));
  }

  @Test
  void interruptsTheHandlerWhenTheClientCloses() throws Exception {
    var ended = new CompletableFuture<Throwable>();
    var chat =
        chat(
            (in, out) -> {
              out.send(new Text("started"));
              try {
                in.receive();
              } catch (RpcException e) {
                ended.complete(e);
              }
            });
    assertThat(chat.receive()).isPresent();

    chat.close();

    assertThat(ended.get(10, TimeUnit.SECONDS))
        .hasMessageContaining("[in-process], code 12007: cancelled by the caller");
    assertThatExceptionOfType(RpcException.class)
        .isThrownBy(chat::receive)
        .withMessageContaining("closed before its end");
  }

  @Test
  void closingDropsWhatWaitsThoughTheHandlerHasReturned() throws Exception {
    var events = new EventRecorder();
    try (var server =
        NotesFixture.server((in, out) -> out.send(new Text("unread"))).listener(events).start()) {
      var chat = NotesFixture.chat(server.inProcess());
      events.events(5); // the last: ended

      chat.close();

      assertThatExceptionOfType(RpcException.class)
          .isThrownBy(chat::receive)
          .withMessageContaining("closed before its end");
    }
  }

  @Test
  void endsStreamsThatItsHandlerHasOpenedWithItsPath() throws Exception {
    var ended = new CompletableFuture<Throwable>();
    var inner =
        InProcess.of(
            NotesFixture.service(
                (in, out) -> {
                  out.send(new Text("inner"));
                  try {
                    in.receive();
                  } catch (RpcException e) {
                    ended.complete(e);
                  }
                }));
    var outer =
        chat(
            (in, out) -> {
              var opened = NotesFixture.chat(inner);
              opened.receive().ifPresent(out::send);
              LockSupport.park();
            });
    assertThat(outer.receive()).isPresent();

    outer.close();

    assertThat(ended.get(10, TimeUnit.SECONDS))
        .hasMessageContaining("[in-process -> in-process], code 12007");
  }

  @Test
  void makesASenderWaitForASlowReceiver() throws Exception {
    var sent = new AtomicInteger();
    try (var chat =
        chat(
            (in, out) -> {
              for (int i = 0; i < 1000; i++) {
                out.send(new Text("" + i));
                sent.incrementAndGet();
              }
            })) {
      for (int taken = 0; taken < 200; taken++) {
        assertThat(chat.receive()).contains(new Text("" + taken));
        assertThat(sent.get() - taken).isLessThanOrEqualTo(64 + 2);
      }
      assertThat(chat).hasSize(800);
    }
  }

  @Test
  void closingTheReceiverLetsTheOtherSideSendOn() throws Exception {
    var closed = new CountDownLatch(1);
    try (var chat =
        chat(
            (in, out) -> {
              in.close();
              closed.countDown();
              assertThat(in.receive()).isEmpty();
              LockSupport.park();
            })) {
      closed.await();
      for (int i = 0; i < 1000; i++) {
        chat.send(new Text("" + i));
      }
    }
  }

  @Test
  void endsAtItsDeadline() throws Exception {
    var brief = CallOptions.builder().timeout(Duration.ofMillis(50)).build();
    var interrupted = new CountDownLatch(1);
    var caller =
        InProcess.of(
            NotesFixture.service(
                (in, out) -> {
                  LockSupport.park();
                  interrupted.countDown();
                }));
    try (var chat = NotesFixture.chat(caller.with(brief))) {
      assertThatExceptionOfType(RpcException.class)
          .isThrownBy(chat::receive)
          .satisfies(e -> assertThat(e.kind()).isEqualTo(Kind.TIMEOUT));
      interrupted.await();
    }
  }

  @Test
  void endsWithItsServer() throws Exception {
    var server =
        NotesFixture.server(
                (in, out) -> {
                  out.send(new Text("started"));
                  in.receive();
                })
            .stopTimeout(Duration.ofMillis(100))
            .start();
    try (var chat = NotesFixture.chat(server.inProcess())) {
      assertThat(chat.receive()).isPresent();

      server.stop();

      assertThatExceptionOfType(RpcException.class)
          .isThrownBy(chat::receive)
          .satisfies(e -> assertThat(e.remoteCode()).isEqualTo(ErrorCode.STOPPED.number()));
      assertThatExceptionOfType(RpcException.class)
          .isThrownBy(() -> NotesFixture.chat(server.inProcess()))
          .satisfies(e -> assertThat(e.isSafeToRetry()).isTrue());
    }
  }

  @Test
  void endsWithItsServerThoughTheHandlerGoesOn() throws Exception {
    var mayReturn = new CountDownLatch(1);
    var server =
        NotesFixture.server((in, out) -> awaitUninterrupted(mayReturn))
            .stopTimeout(Duration.ofMillis(100))
            .start();
    var chat = NotesFixture.chat(server.inProcess());

    server.stop();

    assertThatExceptionOfType(RpcException.class)
        .isThrownBy(chat::receive)
        .satisfies(e -> assertThat(e.kind()).isEqualTo(Kind.DISCONNECTED));
    mayReturn.countDown();
  }

  static void awaitUninterrupted(CountDownLatch latch) {
    while (latch.getCount() > 0) {
      try {
        latch.await();
      } catch (InterruptedException e) {
        // as a handler that never looks
      }
    }
  }

  /// Else each one would be logged as a failure of the handler.
  @Test
  void handlerIsCancelledBeforeItSeesThatItsClientHasClosed() throws Exception {
    for (int i = 0; i < 300; i++) {
      var cancelled = new CompletableFuture<Boolean>();
      var chat =
          chat(
              (in, out) -> {
                out.send(new Text("started"));
                try {
                  in.receive();
                } catch (RpcException e) {
                  cancelled.complete(Invocation.current().orElseThrow().isCancelled());
                }
              });
      assertThat(chat.receive()).isPresent();

      chat.close();

      assertThat(cancelled.get(10, TimeUnit.SECONDS)).isTrue();
    }
  }

  @Test
  void tellsTheListenerOfItsServer() throws Exception {
    var events = new EventRecorder();
    try (var server = NotesFixture.server(NotesFixture::echo).listener(events).start();
        var chat = NotesFixture.chat(server.inProcess())) {
      chat.send(new Text("a"));
      assertThat(chat.receive()).isPresent();
      chat.end();
      assertThat(chat.receive()).isEmpty();
    }

    assertThat(events.events(6))
        .containsExactly(
            "started Notes/chat", "handling", "received 0", "sent 0", "handled null", "ended null");
  }

  private static BidiStream<Text, Text> chat(
      BiConsumer<StreamReceiver<Text>, StreamSender<Text>> handler) {
    return NotesFixture.chat(InProcess.of(NotesFixture.service(handler)));
  }
}
