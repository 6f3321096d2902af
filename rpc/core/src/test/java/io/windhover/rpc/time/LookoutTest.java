package io.windhover.rpc.time;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
final class LookoutTest {

  private final Lookout lookout = Lookout.start("lookout");

  @AfterEach
  void close() {
    lookout.close();
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
    LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1500)); // it sleeps by now

    var watched = new Watched(2);
    lookout.add(watched);

    assertThat(watched.isDone()).isTrue();
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
