package io.windhover.rpc.grpc;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;

import io.windhover.http2.Http2Stream;
import io.windhover.http2.StressClient;
import io.windhover.rpc.Deadline;
import java.time.Duration;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.Z_Result;

/// A thread that receives is told of what arrives, however close its look and that are. The look
/// takes a lock, a wait for which may use up the permit that would end the wait for what arrives.
@JCStressTest
@Outcome(id = "true", expect = ACCEPTABLE, desc = "woken, or not asleep")
@State
public class ArrivalsStress {

  private final Http2Stream stream = new StressClient().open(Duration.ZERO);
  private final Arrivals arrivals = new Arrivals();
  private final ReentrantLock lock = new ReentrantLock();
  private volatile boolean isHere;

  @Actor
  public void receiver(Z_Result r) {
    arrivals.enter();
    r.r1 = StressClient.isWoken(this::receive);
    arrivals.leave();
  }

  private void receive() throws InterruptedException, TimeoutException {
    var until = Deadline.after(StressClient.PATIENCE);
    for (int seen = arrivals.count(); !look(); seen = arrivals.count()) {
      arrivals.await(seen, until);
    }
  }

  private boolean look() {
    boolean found = isHere;
    lock.lock();
    try {
      return found;
    } finally {
      lock.unlock();
    }
  }

  @Actor
  public void poller() {
    lock.lock();
    try {
      isHere = true;
      arrivals.arrived(stream);
    } finally {
      lock.unlock();
    }
  }
}
