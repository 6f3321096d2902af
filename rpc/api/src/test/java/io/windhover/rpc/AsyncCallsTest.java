package io.windhover.rpc;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

final class AsyncCallsTest {

  private static final Duration LONG = Duration.ofSeconds(10);

  @Test
  void returnsBeforeTheCallEnds() throws Exception {
    var mayEnd = new CountDownLatch(1);

    var stage =
        AsyncCalls.call(() -> mayEnd.await(10, TimeUnit.SECONDS) ? Thread.currentThread() : null);

    assertThat(stage.toCompletableFuture()).isNotDone();
    mayEnd.countDown();
    assertThat(await(stage)).matches(Thread::isVirtual).isNotSameAs(Thread.currentThread());
  }

  @Test
  void whatACallThrowsCompletesTheStage() {
    var failure = new IOException("no");

    var stage =
        AsyncCalls.run(
            () -> {
              throw failure;
            });

    assertThat(stage.toCompletableFuture())
        .failsWithin(LONG)
        .withThrowableThat()
        .withCause(failure);
  }

  @Test
  void anErrorCompletesTheStageToo() {
    var failure = new StackOverflowError();

    var stage =
        AsyncCalls.call(
            () -> {
              throw failure;
            });

    assertThat(stage.toCompletableFuture())
        .failsWithin(LONG)
        .withThrowableThat()
        .withCause(failure);
  }

  @Test
  void aCallWithinAHandlerBelongsToItsInvocation() {
    var invocation =
        new Invocation(
            "Service",
            new Method<>("method", false, ""),
            Deadline.after(LONG),
            InetSocketAddress.createUnresolved("peer", 1));

    var within = invocation.asCurrent(() -> AsyncCalls.call(Invocation::current));

    assertThat(await(within)).contains(invocation);
    assertThat(await(AsyncCalls.call(Invocation::current))).isEmpty();
  }

  @Test
  void aCallWithinAHandlerEndsWhenThatIsCancelled() {
    var invocation =
        new Invocation(
            "Service",
            new Method<>("method", false, ""),
            Deadline.after(LONG),
            InetSocketAddress.createUnresolved("peer", 1));
    var stage = invocation.asCurrent(() -> AsyncCalls.run(() -> new CountDownLatch(1).await()));

    invocation.cancellation().cancel();

    assertThat(stage.toCompletableFuture())
        .failsWithin(LONG)
        .withThrowableThat()
        .withCauseInstanceOf(InterruptedException.class);
  }

  @Test
  void cancellingTheStageEndsTheCall() throws Exception {
    var ended = new CountDownLatch(1);
    var stage =
        AsyncCalls.run(
            () -> {
              try {
                new CountDownLatch(1).await();
              } finally {
                ended.countDown();
              }
            });

    stage.toCompletableFuture().cancel(false);

    assertThat(ended.await(10, TimeUnit.SECONDS)).isTrue();
  }

  private static <T> T await(CompletionStage<T> stage) {
    return stage.toCompletableFuture().orTimeout(10, TimeUnit.SECONDS).join();
  }
}
