package io.windhover.rpc;

import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/// Runs the calls of generated stubs whose methods return at once: each on a virtual thread of its
/// own, where it blocks as any other call does.
///
/// A call within a handler belongs to the invocation that the handler runs for: it ends at the
/// latest at its deadline, and when it is cancelled. Cancelling the stage, which is a
/// [CompletableFuture], ends the call too.
public final class AsyncCalls {

  private static final String THREAD_NAME = "windhover-async-call";

  private AsyncCalls() {}

  /// What returns nothing and may fail.
  @FunctionalInterface
  public interface Action {
    void run() throws Exception;
  }

  /// Starts a call that returns something.
  ///
  /// @return completed with what the call returns or throws, on the thread of the call
  public static <T extends @Nullable Object> CompletionStage<T> call(Callable<T> call) {
    var stage = new CompletableFuture<T>();
    var invocation = Invocation.current();
    var thread =
        Thread.ofVirtual().name(THREAD_NAME).unstarted(() -> complete(stage, call, invocation));
    var _ =
        stage.whenComplete(
            (_, _) -> {
              if (stage.isCancelled()) {
                thread.interrupt();
              }
            });
    thread.start();
    return stage;
  }

  /// Starts a call that returns nothing.
  ///
  /// @return completed with null, or with what the call throws
  public static CompletionStage<@Nullable Void> run(Action action) {
    return call(
        () -> {
          action.run();
          return null;
        });
  }

  private static <T extends @Nullable Object> void complete(
      CompletableFuture<T> stage, Callable<T> call, Optional<Invocation> invocation) {
    try {
      stage.complete(invocation.isPresent() ? invocation.get().callAsCurrent(call) : call.call());
    } catch (Throwable e) { // nobody else would learn of it, and somebody wait for ever
      stage.completeExceptionally(e);
    }
  }
}
