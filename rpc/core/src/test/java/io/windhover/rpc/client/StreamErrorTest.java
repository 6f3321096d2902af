package io.windhover.rpc.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.windhover.rpc.BusinessException;
import io.windhover.rpc.CallOptions;
import io.windhover.rpc.Invocation;
import io.windhover.rpc.RpcException;
import io.windhover.rpc.RpcException.Kind;
import io.windhover.rpc.fixture.NotesFixture;
import io.windhover.rpc.fixture.Text;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// How handlers of streams end otherwise than well, and what their clients get: the same as with
/// calls.
@Timeout(30)
final class StreamErrorTest {

  @Test
  void givesTheErrorIdOfAFailedHandlerAndNoMore() throws Exception {
    try (var server =
            NotesFixture.server(
                    (in, out) -> {
                      throw new IllegalStateException("secret");
                    })
                .start();
        var client = Client.to(NotesFixture.address(server));
        var chat = NotesFixture.chat(client)) {
      assertThatExceptionOfType(RpcException.class)
          .isThrownBy(chat::receive)
          .withMessageNotContaining("secret")
          .satisfies(e -> assertThat(e.kind()).isEqualTo(Kind.REMOTE))
          .satisfies(e -> assertThat(e.errorId()).isPresent());
    }
  }

  @Test
  void tellsWhatAHandlerThrewIfThatIsExposed() throws Exception {
    try (var server =
            NotesFixture.server(
                    (in, out) -> {
                      throw new IllegalStateException("known");
                    })
                .exposeFailures(true)
                .start();
        var client = Client.to(NotesFixture.address(server));
        var chat = NotesFixture.chat(client)) {
      assertThatExceptionOfType(RpcException.class)
          .isThrownBy(chat::receive)
          .withMessageContaining("java.lang.IllegalStateException: known");
    }
  }

  @Test
  void carriesABusinessStatus() throws Exception {
    try (var server =
            NotesFixture.server(
                    (in, out) -> {
                      throw new BusinessException(404, "no such note");
                    })
                .start();
        var client = Client.to(NotesFixture.address(server));
        var chat = NotesFixture.chat(client)) {
      assertThatExceptionOfType(BusinessException.class)
          .isThrownBy(chat::receive)
          .satisfies(e -> assertThat(e.code()).isEqualTo(404));
    }
  }

  /// Neither side sends or receives meanwhile: it is the server's watch that looks at the time.
  @Test
  void interruptsAHandlerAtTheDeadlineOfItsStream() throws Exception {
    var ended = new CompletableFuture<Boolean>();
    var brief = CallOptions.builder().timeout(Duration.ofMillis(100)).build();
    try (var server =
            NotesFixture.server(
                    (in, out) -> {
                      awaitInterrupt();
                      ended.complete(Invocation.current().orElseThrow().isCancelled());
                    })
                .start();
        var client = Client.to(NotesFixture.address(server));
        var chat = NotesFixture.chat(client.with(brief))) {
      assertThat(ended.get(10, TimeUnit.SECONDS)).isTrue();

      assertThatExceptionOfType(RpcException.class)
          .isThrownBy(chat::receive)
          .satisfies(e -> assertThat(e.kind()).isEqualTo(Kind.TIMEOUT));
    }
  }

  private static void awaitInterrupt() {
    try {
      new CountDownLatch(1).await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void tellsAHandlerThatItsClientIsGone() throws Exception {
    var cancelled = new CompletableFuture<Boolean>();
    try (var server =
            NotesFixture.server(
                    (in, out) -> {
                      out.send(new Text("started"));
                      awaitInterrupt();
                      cancelled.complete(Invocation.current().orElseThrow().isCancelled());
                    })
                .start();
        var client = Client.to(NotesFixture.address(server))) {
      var chat = NotesFixture.chat(client);
      assertThat(chat.receive()).isPresent();

      chat.close();

      assertThat(cancelled.get(10, TimeUnit.SECONDS)).isTrue();
    }
  }
}
