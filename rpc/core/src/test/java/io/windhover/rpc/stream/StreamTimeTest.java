package io.windhover.rpc.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.windhover.rpc.Deadline;
import io.windhover.rpc.MessageStream;
import io.windhover.rpc.RpcException;
import io.windhover.rpc.RpcException.Kind;
import io.windhover.rpc.fixture.Text;
import io.windhover.rpc.fixture.TurnedTime;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Streams of half a minute that time out at once: a test turns the time that they wait by.
@Timeout(20)
final class StreamTimeTest {

  private static final Duration HALF_A_MINUTE = Duration.ofSeconds(30);

  private final TurnedTime time = new TurnedTime();

  @Test
  void receivingEndsWhenItsTimeHasCome() throws Exception {
    assertTimesOut(MessageStream::receive, "the deadline of the stream has passed");
  }

  @Test
  void receivingWithATimeoutEndsWhenThatHasCome() throws Exception {
    assertTimesOut(
        stream -> stream.receive(Duration.ofSeconds(10)),
        "no message within 10000 ms; the stream goes on");
  }

  @Test
  void waitingForTheHeaderEndsWhenItsTimeHasCome() throws Exception {
    assertTimesOut(MessageStream::header, "the deadline of the stream has passed");
  }

  @Test
  void waitingForRoomEndsWhenItsTimeHasCome() throws Exception {
    var large = new Text("x".repeat(20_000)); // more than the window
    assertTimesOut(
        stream -> {
          while (true) {
            stream.send(large);
          }
        },
        "the deadline of the stream has passed");
  }

  private void assertTimesOut(Consumer<MessageStream> wait, String message) throws Exception {
    var isWarm = new AtomicBoolean();
    try (var loopback =
        new Loopback(
            Loopback.chat(
                (in, out) -> { // of the first one nothing is asked
                  while (isWarm.get()
                      && !Thread.currentThread().isInterrupted()) { // a park may end by itself
                    LockSupport.park();
                  }
                }))) {
      warmUp(loopback);
      isWarm.set(true);
      var stream = loopback.open("Notes", Loopback.CHAT, Deadline.after(HALF_A_MINUTE, time));
      var ended = new CompletableFuture<Void>();
      Thread.ofVirtual()
          .start(
              () -> {
                try {
                  wait.accept(stream);
                  ended.complete(null);
                } catch (RuntimeException e) {
                  ended.completeExceptionally(e);
                }
              });
      time.awaitWaiting();

      time.turn(HALF_A_MINUTE);

      assertThatExceptionOfType(ExecutionException.class)
          .isThrownBy(() -> ended.get(10, TimeUnit.SECONDS))
          .havingCause()
          .isInstanceOfSatisfying(
              RpcException.class, e -> assertThat(e.kind()).isEqualTo(Kind.TIMEOUT))
          .withMessageContaining(message);
      stream.cancel();
    }
  }

  /// Lets the client know of the server's windows, which come before the end.
  private static void warmUp(Loopback loopback) {
    try (var chat = loopback.chat()) {
      assertThat(chat.receive()).isEmpty();
    }
  }
}
