package io.windhover.netpoll;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

@EnabledOnOs(OS.LINUX)
final class EpollPollerTest extends PollerContractTest {

  private static final int SIGPIPE = 13; // the JVM has a handler for it that does nothing

  @Override
  Poller.Starter starter() {
    return Backend.EPOLL.starter(0);
  }

  @Test
  void takesASignalForNoFailure() throws IOException {
    var logged = new LinkedBlockingQueue<LogRecord>();
    var log = new Recording(logged);
    try (var poller = EpollPoller.start("windhover-poller-test", clock, sweepNever(), 0);
        var _ = log) {
      int thread = ask(poller, () -> call("gettid"));

      for (int i = 0; i < 100; i++) {
        assertThat(call("tgkill", (int) ProcessHandle.current().pid(), thread, SIGPIPE)).isZero();
        Thread.yield();
      }

      assertThat(ask(poller, () -> call("gettid"))).isEqualTo(thread);
    }
    assertThat(logged).isEmpty();
  }

  private static long sweepNever() {
    return Duration.ofHours(1).toNanos();
  }

  private static int ask(Poller poller, java.util.function.IntSupplier question) {
    BlockingQueue<Integer> answer = new LinkedBlockingQueue<>();
    poller.execute(() -> answer.add(question.getAsInt()));
    return Waiting.next(answer);
  }

  /// Calls a function of the C library that takes ints and returns one.
  @SuppressWarnings("restricted")
  private static int call(String function, Integer... arguments) {
    var linker = Linker.nativeLinker();
    var parameters = new MemoryLayout[arguments.length];
    Arrays.fill(parameters, JAVA_INT);
    try {
      return (int)
          linker
              .downcallHandle(
                  linker.defaultLookup().findOrThrow(function),
                  FunctionDescriptor.of(JAVA_INT, parameters))
              .invokeWithArguments((Object[]) arguments);
    } catch (Throwable e) {
      throw new AssertionError(e);
    }
  }

  /// Keeps what the poller's loop logs.
  private static final class Recording extends Handler implements AutoCloseable {
    private final Logger logger = Logger.getLogger(PollerLoop.class.getName());
    private final BlockingQueue<LogRecord> records;

    Recording(BlockingQueue<LogRecord> records) {
      this.records = records;
      logger.setLevel(Level.ALL);
      logger.addHandler(this);
    }

    @Override
    public void publish(LogRecord logged) {
      records.add(logged);
    }

    @Override
    public void flush() {}

    @Override
    public void close() {
      logger.removeHandler(this);
      logger.setLevel(null);
    }
  }
}
