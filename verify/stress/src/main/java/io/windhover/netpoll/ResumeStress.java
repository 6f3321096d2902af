package io.windhover.netpoll;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Mode;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.Signal;
import org.openjdk.jcstress.annotations.State;

/// A thread that parks until it is told so is woken, however close the two are: no wake-up is lost.
@JCStressTest(Mode.Termination)
@Outcome(id = "TERMINATED", expect = ACCEPTABLE, desc = "woken")
@Outcome(id = "STALE", expect = FORBIDDEN, desc = "sleeps for ever")
@State
public class ResumeStress {

  private volatile @Nullable Thread waiter;
  private volatile boolean told;

  @Actor
  public void park() {
    waiter = Thread.currentThread();
    while (!told) {
      LockSupport.park(this);
    }
  }

  @Signal
  public void tell() {
    told = true;
    var thread = waiter;
    if (thread != null) {
      PollerThread.resume(thread);
    }
  }
}
