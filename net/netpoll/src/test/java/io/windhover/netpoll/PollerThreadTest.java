package io.windhover.netpoll;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class PollerThreadTest {

  @Test
  void othersResumeAtOnce() throws InterruptedException {
    var ran = new CountDownLatch(1);

    PollerThread.resume(Thread.ofVirtual().unstarted(ran::countDown));

    assertThat(ran.await(Waiting.LIMIT.toMillis(), TimeUnit.MILLISECONDS)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 100})
  void pollerStartsNewThreadsWhenItsTurnEnds(int count) throws InterruptedException {
    var ran = new CountDownLatch(count);
    var threads = new ArrayList<Thread>();
    for (int i = 0; i < count; i++) {
      threads.add(Thread.ofVirtual().unstarted(ran::countDown));
    }

    var statesInTheTurn = turn(threads);

    assertThat(statesInTheTurn).containsOnly(Thread.State.NEW);
    assertThat(ran.await(Waiting.LIMIT.toMillis(), TimeUnit.MILLISECONDS)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 100})
  void pollerUnparksOthersWhenItsTurnEnds(int count) throws InterruptedException {
    var parked = new CountDownLatch(count);
    var threads = new ArrayList<Thread>();
    for (int i = 0; i < count; i++) {
      threads.add(
          Thread.startVirtualThread(
              () -> {
                parked.countDown();
                LockSupport.park();
              }));
    }
    assertThat(parked.await(Waiting.LIMIT.toMillis(), TimeUnit.MILLISECONDS)).isTrue();

    turn(threads);

    for (var thread : threads) {
      Waiting.on(thread);
    }
  }

  @Test
  void pollerOfSeveralCoresResumesAtOnce() {
    var ran = new CountDownLatch(1);
    var poller =
        new PollerThread(
            "poller",
            false,
            () -> PollerThread.resume(Thread.ofVirtual().unstarted(ran::countDown)));

    poller.start();

    Waiting.on(ran);
  }

  /// One turn of a poller that resumes `threads`.
  ///
  /// @return their states before its end
  private static List<Thread.State> turn(List<Thread> threads) throws InterruptedException {
    var states = new ArrayList<Thread.State>(); // the poller's, until it has ended
    var poller =
        new PollerThread(
            "poller",
            true,
            () -> {
              threads.forEach(PollerThread::resume);
              threads.forEach(thread -> states.add(thread.getState()));
              ((PollerThread) Thread.currentThread()).resumeAll();
            });
    poller.start();
    Waiting.on(poller);
    return states;
  }
}
