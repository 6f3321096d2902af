package io.windhover.http2;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;

import io.windhover.buffer.LinkBuffer;
import io.windhover.buffer.NodePool;
import io.windhover.http2.StreamException.Reason;
import io.windhover.http2.frame.ErrorCode;
import io.windhover.netpoll.testing.MemoryConnection;
import java.util.List;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.III_Result;
import org.openjdk.jcstress.infra.results.LLLL_Result;
import org.openjdk.jcstress.infra.results.Z_Result;

/// What arrives on a stream of HTTP/2, against who takes it and who gives it up.
public final class InboxStress {

  private static final int BYTES = Long.BYTES;

  private InboxStress() {}

  abstract static class Base {
    final NodePool pool = new NodePool(1 << 20);
    final Inbox inbox = new Inbox(new MemoryConnection(), 1 << 16);

    final int arrive() {
      var data = new LinkBuffer(pool);
      data.writeLong(-1);
      return inbox.dataArrived(data, BYTES, false);
    }

    /// Returns how many bytes there were.
    final int poll() {
      try (var taken = inbox.poll()) {
        return taken == null ? 0 : taken.size();
      }
    }
  }

  /// Data and the stream's failure: what was kept is dropped, and counted once.
  ///
  /// In the results: bytes kept, bytes dropped, bytes of memory held.
  @JCStressTest
  @Outcome(id = "8, 8, 0", expect = ACCEPTABLE, desc = "the data was first")
  @Outcome(id = "0, 0, 0", expect = ACCEPTABLE, desc = "the failure was first")
  @State
  public static class DataFail extends Base {
    @Actor
    public void poller(III_Result r) {
      r.r1 = arrive();
    }

    @Actor
    public void user(III_Result r) {
      var failure = StreamException.of(Reason.RESET_HERE, ErrorCode.CANCEL, "given up");
      r.r2 = inbox.fail(failure, false);
    }

    @Arbiter
    public void end(III_Result r) {
      r.r3 = (int) pool.heldBytes();
    }
  }

  /// Data and the end: the end shows once the data was taken, and not before.
  ///
  /// In the results: whether the end was seen, bytes taken then, whether the end was seen behind
  /// them, and whether it is there when all was taken.
  @JCStressTest
  @Outcome(id = "false, 0, false, true", expect = ACCEPTABLE, desc = "nothing had arrived")
  @Outcome(id = "false, 8, false, true", expect = ACCEPTABLE, desc = "the data had arrived")
  @Outcome(id = "false, 8, true, true", expect = ACCEPTABLE, desc = "all had arrived")
  @State
  public static class DataEnd extends Base {
    @Actor
    public void poller() {
      arrive();
      inbox.endArrived(List.of());
    }

    @Actor
    public void user(LLLL_Result r) {
      r.r1 = inbox.isDone();
      r.r2 = poll();
      r.r3 = inbox.isDone();
    }

    @Arbiter
    public void end(LLLL_Result r) {
      poll();
      r.r4 = inbox.isDone();
    }
  }

  /// A reader that waits, or is about to, is woken.
  @JCStressTest
  @Outcome(id = "true", expect = ACCEPTABLE, desc = "woken")
  @State
  public static class TakeEnd extends Base {
    @Actor
    public void reader(Z_Result r) {
      long until = System.nanoTime() + StressClient.PATIENCE.toNanos();
      r.r1 = StressClient.isWoken(() -> inbox.take(until));
    }

    @Actor
    public void poller() {
      inbox.endArrived(List.of());
    }
  }
}
