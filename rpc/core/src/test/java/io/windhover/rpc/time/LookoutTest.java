package io.windhover.rpc.time;

import static org.assertj.core.api.Assertions.assertThat;

import io.windhover.rpc.fixture.LogRecorder;
import java.util.ArrayList;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
final class LookoutTest {

  private static final String NAME = "lookout-of-a-test";

  private final Lookout lookout = Lookout.start(NAME);

  @AfterEach
  void close() {
    lookout.close();
    while (thread().isPresent()) { // so that the next test finds its own
      Thread.onSpinWait();
    }
  }

  /// Wants so many looks.
  private static final class Watched extends Lookout.Watched {
    private final int wanted;
    private final AtomicInteger looks = new AtomicInteger();
    private final CountDownLatch done = new CountDownLatch(1);
    private final CountDownLatch abandoned = new CountDownLatch(1);

    Watched(int wanted) {
      this.wanted = wanted;
    }

    @Override
    protected boolean look(long nowNanos) {
      assertThat(System.nanoTime() - nowNanos).isNotNegative();
      if (looks.incrementAndGet() < wanted) {
        return true;
      }
      done.countDown();
      return false;
    }

    @Override
    protected void abandoned() {
      abandoned.countDown();
    }

    boolean isDone() throws InterruptedException {
      return done.await(10, TimeUnit.SECONDS);
    }
  }

  @Test
  void looksUntilItIsToldThatItIsEnough() throws InterruptedException {
    var one = new Watched(1);
    var three = new Watched(3);
    lookout.add(one);
    lookout.add(three);

    assertThat(one.isDone()).isTrue();
    assertThat(three.isDone()).isTrue();
    var later = new Watched(3); // whose looks the others would have had, too
    lookout.add(later);
    assertThat(later.isDone()).isTrue();
    assertThat(one.looks).hasValue(1);
    assertThat(three.looks).hasValue(3);
  }

  @Test
  void watchesAgainWhatWasForgotten() throws InterruptedException {
    var again = new Watched(1);
    lookout.add(again);
    assertThat(again.isDone()).isTrue();

    lookout.add(again);

    while (again.looks.get() < 2) {
      Thread.onSpinWait();
    }
  }

  @Test
  void wakesForWhatComesAfterALongPause() throws InterruptedException {
    var thread = thread().orElseThrow();
    while (thread.getState() != Thread.State.WAITING) { // without a time: it sleeps
      LockSupport.parkNanos(1_000_000);
    }

    var watched = new Watched(2);
    lookout.add(watched);

    assertThat(watched.isDone()).isTrue();
  }

  private static Optional<Thread> thread() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().equals(NAME))
        .findFirst();
  }

  @Test
  void looksAtTheOthersAfterALookThatThrows() throws InterruptedException {
    try (var log = new LogRecorder(Lookout.class.getName())) {
      lookout.add(failing());

      assertThat(log.await("a deadline cannot be told")).startsWith("SEVERE");
    }
    var other = new Watched(3);
    lookout.add(other);
    assertThat(other.isDone()).isTrue();
    assertThat(lookout.isClosed()).isFalse();
  }

  @Test
  void saysSoWhenItCannotGoOn() throws InterruptedException {
    var known = new Watched(Integer.MAX_VALUE);
    lookout.add(known);
    var logger = Logger.getLogger(Lookout.class.getName());
    var full = new FullLog();
    logger.addHandler(full);
    try {
      lookout.add(failing());

      assertThat(known.abandoned.await(10, TimeUnit.SECONDS)).isTrue();
      assertThat(lookout.isClosed()).isTrue();
    } finally {
      logger.removeHandler(full);
    }
  }

  private static Lookout.Watched failing() {
    return new Lookout.Watched() {
      @Override
      protected boolean look(long nowNanos) {
        throw new IllegalStateException("what time is it?");
      }
    };
  }

  private static final class FullLog extends Handler {

    @Override
    public void publish(LogRecord line) {
      throw new OutOfMemoryError("a test's");
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}
  }

  @Test
  void losesNobodyOfMany() throws InterruptedException {
    var all = new ArrayList<Watched>();
    for (int i = 0; i < 10_000; i++) {
      all.add(new Watched(1 + i % 3));
    }

    var threads = new ArrayList<Thread>();
    for (int i = 0; i < 4; i++) {
      var share = all.subList(i * 2500, (i + 1) * 2500);
      threads.add(Thread.ofPlatform().start(() -> share.forEach(lookout::add)));
    }

    for (var watched : all) {
      assertThat(watched.isDone()).isTrue();
    }
    for (var thread : threads) {
      thread.join();
    }
  }

  @Test
  void saysWhenItLooksNoMore() throws InterruptedException {
    var known = new Watched(Integer.MAX_VALUE);
    lookout.add(known);
    while (known.looks.get() == 0) {
      Thread.onSpinWait();
    }

    lookout.close();

    assertThat(known.abandoned.await(10, TimeUnit.SECONDS)).isTrue();
    assertThat(lookout.isClosed()).isTrue();
  }
}
