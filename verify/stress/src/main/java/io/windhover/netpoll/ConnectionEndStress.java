package io.windhover.netpoll;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;

import io.windhover.buffer.LinkBuffer;
import io.windhover.buffer.NodePool;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LLLL_Result;

/// The ends of a connection against each other and against a write: `closed` is told once, with one
/// reason, the connection is uncounted once, and no memory stays behind.
///
/// In the results: calls of `closed`, times uncounted, the reason, bytes held.
public final class ConnectionEndStress {

  private ConnectionEndStress() {}

  /// A connection with all that is its own.
  abstract static class Base implements FrameHandler {
    private int closedCalls;
    private int uncounted;
    private @Nullable CloseReason reason;
    final NodePool pool = new NodePool(1 << 20);
    final StressPoller poller = new StressPoller();
    final StressSocket socket = new StressSocket();
    private final MemoryBudget budget = new MemoryBudget(1 << 20);
    final PolledConnection connection =
        new PolledConnection(
            poller,
            socket,
            this,
            ConnectionOptions.DEFAULT,
            () -> 0,
            budget,
            true,
            () -> uncounted++);

    @Override
    public final int frameBytes(Connection ignored, LinkBuffer input) {
      return 0;
    }

    @Override
    public final void received(Connection ignored, LinkBuffer frame) {
      frame.release();
    }

    @Override
    public final void closed(Connection ignored, CloseReason why) {
      closedCalls++;
      reason = why;
    }

    final void tryWrite() {
      var frame = new LinkBuffer(pool);
      frame.writeLong(-1);
      connection.tryWrite(frame);
    }

    final void report(LLLL_Result r) {
      poller.turn(() -> {});
      r.r1 = closedCalls;
      r.r2 = uncounted;
      r.r3 = reason == null ? "none" : reason.name();
      r.r4 = pool.heldBytes() + budget.heldBytes();
    }
  }

  /// This side closes and aborts while the peer hangs up.
  @JCStressTest
  @Outcome(id = "1, 1, CLOSED_HERE, 0", expect = ACCEPTABLE, desc = "in order")
  @Outcome(id = "1, 1, ABORTED, 0", expect = ACCEPTABLE, desc = "the abort was first")
  @State
  public static class CloseAbortHangUp extends Base {
    @Actor
    public void user() {
      connection.close();
      connection.abort();
    }

    @Actor
    public void poller() {
      poller.turn(connection::readable);
    }

    @Arbiter
    public void end(LLLL_Result r) {
      report(r);
    }
  }

  /// A timeout fires while a writer is in the middle of its frame or closes behind it.
  @JCStressTest
  @Outcome(id = "1, 1, CLOSED_HERE, 0", expect = ACCEPTABLE, desc = "in order")
  @Outcome(id = "1, 1, NO_FIRST_BYTE, 0", expect = ACCEPTABLE, desc = "the timeout was first")
  @Outcome(id = "1, 1, IDLE, 0", expect = ACCEPTABLE, desc = "the timeout came while closing")
  @Outcome(id = "1, 1, WRITE_STALLED, 0", expect = ACCEPTABLE, desc = "the same, with bytes left")
  @State
  public static class WriteCloseTimeout extends Base {
    @Actor
    public void user() {
      tryWrite();
      connection.close();
    }

    @Actor
    public void poller() {
      poller.turn(() -> connection.sweep(TimeUnit.DAYS.toNanos(1)));
    }

    @Arbiter
    public void end(LLLL_Result r) {
      report(r);
    }
  }

  /// A writer, and the poller goes down.
  @JCStressTest
  @Outcome(id = "1, 1, ABORTED, 0", expect = ACCEPTABLE, desc = "aborted, nothing left")
  @State
  public static class WriteShutDown extends Base {
    @Actor
    public void writer() {
      tryWrite();
      tryWrite();
    }

    @Actor
    public void poller() {
      poller.turn(connection::shutDown);
    }

    @Arbiter
    public void end(LLLL_Result r) {
      report(r);
    }
  }
}
