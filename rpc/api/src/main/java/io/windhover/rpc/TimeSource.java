package io.windhover.rpc;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/// Where a client or a server takes the time from, and how its calls wait: the system's clock, but
/// in tests that do not want to wait. For any thread.
public interface TimeSource {

  /// The monotonic clock of this process, [System#nanoTime].
  TimeSource SYSTEM =
      new TimeSource() {
        @Override
        public long nanoTime() {
          return System.nanoTime();
        }

        private static final long AGES = TimeUnit.DAYS.toNanos(3_650);

        // To wait for a time is dear on a virtual thread: it wakes a thread of the JDK's. So who
        // has no deadline, which is one in a hundred years, waits without.
        @Override
        public void park(Object blocker, long nanos) {
          if (nanos > AGES) {
            LockSupport.park(blocker);
          } else {
            LockSupport.parkNanos(blocker, nanos);
          }
        }

        @Override
        public String toString() {
          return "system time";
        }
      };

  /// Returns an instant in nanoseconds from an origin that means nothing; never runs backwards.
  long nanoTime();

  /// Waits until so much of this time has passed, somebody unparks the calling thread, or it is
  /// interrupted. May return for no reason, as [LockSupport#parkNanos] may.
  ///
  /// @param blocker what the thread waits for, for those who look at its state
  void park(Object blocker, long nanos);
}
