package io.windhover.netpoll;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;

import io.windhover.buffer.LinkBuffer;
import io.windhover.buffer.NodePool;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.IIII_Result;

/// The races of an [Outbox]: each frame leaves once or its writer is told, one thread flushes at a
/// time, and all memory comes back.
///
/// In the results: whether the first and the second frame were taken, frames sent, bytes held. Two
/// actors each, so that two processors are enough.
public final class OutboxStress {

  private static final int FRAME_BYTES = Long.BYTES;
  private static final int FAILED = -1;

  private OutboxStress() {}

  /// An outbox with its socket, and a pool of their own.
  abstract static class Base {
    final NodePool pool = new NodePool(1 << 20);
    final StressSocket socket = new StressSocket();
    final Outbox outbox = new Outbox(() -> 0, () -> {});

    /// @return 1 if the frame was taken, 0 if not
    final int write() {
      var frame = new LinkBuffer(pool);
      frame.writeLong(-1);
      try {
        if (outbox.add(frame, Integer.MAX_VALUE)) {
          flush();
        }
        return 1;
      } catch (ConnectionClosedException e) {
        return 0;
      } catch (IllegalStateException e) { // a buffer was released under its user
        return FAILED;
      }
    }

    final Outbox.Outcome flush() {
      try {
        return outbox.flush(socket);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    /// Sends what a full socket has left over.
    final void flushRest() {
      socket.full = false;
      while (outbox.resume()) {
        flush();
      }
    }

    /// How many frames were sent; -1 if two threads wrote at once.
    final int framesSent() {
      return socket.overlaps == 0 ? socket.bytesSent.get() / FRAME_BYTES : FAILED;
    }
  }

  /// Two writers.
  @JCStressTest
  @Outcome(id = "1, 1, 2, 0", expect = ACCEPTABLE, desc = "both were sent")
  @State
  public static class TwoWriters extends Base {
    @Actor
    public void first(IIII_Result r) {
      r.r1 = write();
    }

    @Actor
    public void second(IIII_Result r) {
      r.r2 = write();
    }

    @Arbiter
    public void end(IIII_Result r) {
      flushRest();
      r.r3 = framesSent();
      r.r4 = (int) pool.heldBytes();
    }
  }

  /// A writer, while the socket gets room and the poller takes the flush over: a frame that is left
  /// lying without anybody's interest would be a lost wake-up.
  @JCStressTest
  @Outcome(id = "1, 1, 2, 0", expect = ACCEPTABLE, desc = "both were sent")
  @State
  public static class WriterAndPoller extends Base {
    public WriterAndPoller() {
      socket.full = true;
    }

    @Actor
    public void writer(IIII_Result r) {
      r.r1 = write();
      r.r2 = write();
    }

    @Actor
    public void poller() {
      flushRest();
    }

    @Arbiter
    public void end(IIII_Result r) {
      flushRest();
      r.r3 = framesSent();
      r.r4 = (int) pool.heldBytes();
    }
  }

  /// A close in order never drops a frame that was taken.
  @JCStressTest
  @Outcome(id = "1, 1, 1, 0", expect = ACCEPTABLE, desc = "sent, then closed")
  @Outcome(id = "1, 0, 1, 0", expect = ACCEPTABLE, desc = "sent; the close comes after the flush")
  @Outcome(id = "0, 1, 0, 0", expect = ACCEPTABLE, desc = "closed, and the writer was told")
  @State
  public static class WriterAndClose extends Base {
    @Actor
    public void writer(IIII_Result r) {
      r.r1 = write();
    }

    @Actor
    public void poller(IIII_Result r) {
      r.r2 = outbox.closeIfEmpty() ? 1 : 0;
    }

    @Arbiter
    public void end(IIII_Result r) {
      r.r3 = framesSent();
      r.r4 = (int) pool.heldBytes();
    }
  }

  /// An abort may drop a frame that was taken, but loses no memory, whoever has it at that moment.
  @JCStressTest
  @Outcome(id = "1, 1, 2, 0", expect = ACCEPTABLE, desc = "both were sent")
  @Outcome(id = "1, 1, 1, 0", expect = ACCEPTABLE, desc = "one was sent, one dropped")
  @Outcome(id = "1, 0, 1, 0", expect = ACCEPTABLE, desc = "one was sent, one not taken")
  @Outcome(id = "1, 0, 0, 0", expect = ACCEPTABLE, desc = "one was dropped, one not taken")
  @Outcome(id = "0, 0, 0, 0", expect = ACCEPTABLE, desc = "neither was taken")
  @State
  public static class WriterAndAbort extends Base {
    @Actor
    public void writer(IIII_Result r) {
      r.r1 = write();
      r.r2 = write();
    }

    @Actor
    public void poller() {
      outbox.discard(CloseReason.ABORTED);
    }

    @Arbiter
    public void end(IIII_Result r) {
      r.r3 = framesSent();
      r.r4 = (int) pool.heldBytes();
    }
  }
}
