package io.windhover.http2;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;

import io.windhover.buffer.LinkBuffer;
import io.windhover.buffer.NodePool;
import io.windhover.http2.frame.ErrorCode;
import io.windhover.http2.frame.Frame.WindowUpdate;
import io.windhover.http2.frame.Setting;
import java.time.Duration;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LLLL_Result;
import org.openjdk.jcstress.infra.results.Z_Result;

/// The ends of a stream of HTTP/2 against a write, against each other, and against who waits for
/// them.
public final class StreamStress {

  private StreamStress() {}

  /// What the actors do. That they are such, each class has to say for itself: jcstress looks at no
  /// superclass.
  abstract static class Base {
    final NodePool pool = new NodePool(1 << 20);
    final StressClient peer;
    final Http2Stream stream;

    Base(Setting... settings) {
      peer = new StressClient(settings);
      stream = peer.open(Duration.ZERO);
      peer.drop();
    }

    final LinkBuffer data() {
      var data = new LinkBuffer(pool);
      data.writeLong(0);
      return data;
    }

    /// @return 1 if the data was taken, 0 if not
    final int send() {
      try {
        stream.send(data(), false);
        return 1;
      } catch (StreamException e) {
        return 0;
      }
    }

    final void reset() {
      stream.reset(ErrorCode.CANCEL);
    }

    /// Says what left and what is left.
    final void tell(LLLL_Result r) {
      r.r2 = peer.written();
      r.r3 = peer.client.sender().turns().pendingBytes();
      r.r4 = pool.heldBytes();
    }
  }

  /// One thread sends while another gives the stream up: no data follows the reset, and no memory
  /// stays behind.
  ///
  /// In the results: whether the data was taken, the frames that left, bytes pending, bytes of
  /// memory held.
  @JCStressTest
  @Outcome(id = "1, DATA RST_STREAM, 0, 0", expect = ACCEPTABLE, desc = "the data was first")
  @Outcome(id = "0, RST_STREAM, 0, 0", expect = ACCEPTABLE, desc = "the reset was first")
  @State
  public static class SendReset extends Base {
    @Actor
    public void sender(LLLL_Result r) {
      r.r1 = send();
    }

    @Actor
    public void other() {
      reset();
    }

    @Arbiter
    public void end(LLLL_Result r) {
      tell(r);
    }
  }

  /// The same with data that the server does not allow yet.
  @JCStressTest
  @Outcome(id = "1, RST_STREAM, 0, 0", expect = ACCEPTABLE, desc = "the data waited, and was lost")
  @Outcome(id = "0, RST_STREAM, 0, 0", expect = ACCEPTABLE, desc = "the reset was first")
  @State
  public static class PendReset extends Base {
    public PendReset() {
      super(new Setting(Setting.INITIAL_WINDOW_SIZE, 0));
    }

    @Actor
    public void sender(LLLL_Result r) {
      r.r1 = send();
    }

    @Actor
    public void other() {
      reset();
    }

    @Arbiter
    public void end(LLLL_Result r) {
      tell(r);
    }
  }

  /// Both sides end: the stream is over once, and one other may be opened in its place.
  ///
  /// In the results: streams that are open, the frames that left, whether one more could be opened,
  /// and one beside it.
  @JCStressTest
  @Outcome(id = "0, DATA, true, false", expect = ACCEPTABLE, desc = "over once")
  @State
  public static class EndEnd extends Base {
    public EndEnd() {
      super(new Setting(Setting.MAX_CONCURRENT_STREAMS, 1));
    }

    @Actor
    public void sender() {
      stream.send(data(), true);
    }

    @Actor
    public void poller() {
      peer.receiveAnswer(stream.id());
    }

    @Arbiter
    public void end(LLLL_Result r) {
      r.r1 = peer.client.openStreams();
      r.r2 = peer.written();
      r.r3 = opens();
      r.r4 = opens();
    }

    private boolean opens() {
      try {
        peer.open(Duration.ZERO);
        return true;
      } catch (IllegalStateException e) {
        return false;
      } finally {
        peer.drop();
      }
    }
  }

  /// A writer that waits, or is about to, is woken when the server allows what it has written.
  @JCStressTest
  @Outcome(id = "true", expect = ACCEPTABLE, desc = "woken")
  @State
  public static class WriteWindow extends Base {
    public WriteWindow() {
      super(new Setting(Setting.INITIAL_WINDOW_SIZE, 0));
    }

    @Actor
    public void writer(Z_Result r) {
      var data = data();
      r.r1 = StressClient.isWoken(() -> stream.write(data, false, StressClient.PATIENCE));
    }

    @Actor
    public void poller() {
      peer.receive(new WindowUpdate(stream.id(), Long.BYTES)::write);
    }

    @Arbiter
    public void end() {
      peer.drop();
    }
  }

  /// The same of a thread that opens a stream, and the end of the only one that there may be.
  @JCStressTest
  @Outcome(id = "true", expect = ACCEPTABLE, desc = "woken")
  @State
  public static class OpenReset extends Base {
    public OpenReset() {
      super(new Setting(Setting.MAX_CONCURRENT_STREAMS, 1));
    }

    @Actor
    public void opener(Z_Result r) {
      r.r1 = StressClient.isWoken(() -> peer.open(StressClient.PATIENCE));
    }

    @Actor
    public void other() {
      reset();
    }

    @Arbiter
    public void end() {
      peer.drop();
    }
  }
}
