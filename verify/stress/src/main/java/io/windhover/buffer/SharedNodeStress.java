package io.windhover.buffer;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.III_Result;

/// One thread reads a frame that shares its node with the input buffer of a connection, while that
/// connection closes and another one takes memory from the pool: the frame keeps its bytes
/// (cloudwego/netpoll#143), and in the end the node is given back once.
@JCStressTest
@Outcome(id = "7, 0, 1", expect = ACCEPTABLE, desc = "its own bytes; given back once")
@Outcome(id = "7, 0, 2", expect = ACCEPTABLE, desc = "the other connection had a node of its own")
@State
public class SharedNodeStress {

  private final NodePool pool = new NodePool(1 << 20);
  private final LinkBuffer input = new LinkBuffer(pool);
  private final LinkBuffer frame;

  public SharedNodeStress() {
    input.writeInt(7);
    input.writeInt(8);
    frame = input.slice(Integer.BYTES);
  }

  @Actor
  public void read(III_Result r) {
    r.r1 = frame.readInt();
    frame.release();
  }

  @Actor
  public void closeAndReuse() {
    input.release();
    try (var other = new LinkBuffer(pool)) {
      other.writeLong(-1);
    }
  }

  @Arbiter
  public void given(III_Result r) {
    r.r2 = (int) pool.heldBytes();
    r.r3 = (int) (pool.idleBytes() / NodePool.MIN_BYTES);
  }
}
