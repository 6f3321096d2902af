package io.windhover.buffer;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.III_Result;

/// Two threads take and one gives back: nobody gets what another has, and the bound is exact.
@JCStressTest
@Outcome(id = "1, 2, 1", expect = ACCEPTABLE, desc = "one each, and one is left")
@Outcome(id = "2, 1, 1", expect = ACCEPTABLE, desc = "one each, and one is left")
@Outcome(id = "1, 1, 1", expect = ACCEPTABLE, desc = "the second after it was given back")
@Outcome(id = "2, 2, 1", expect = ACCEPTABLE, desc = "the second after it was given back")
@State
public class FreeListStress {

  private final FreeList list = new FreeList(2);

  public FreeListStress() {
    list.push(new Memory(new byte[] {1}, null));
    list.push(new Memory(new byte[] {2}, null));
  }

  @Actor
  public void takeAndGiveBack(III_Result r) {
    byte[] bytes = list.pop();
    r.r1 = bytes == null ? 0 : bytes[0];
    if (bytes != null) {
      list.push(new Memory(bytes, null));
    }
  }

  @Actor
  public void take(III_Result r) {
    byte[] bytes = list.pop();
    r.r2 = bytes == null ? 0 : bytes[0];
  }

  @Arbiter
  public void left(III_Result r) {
    r.r3 = list.depth();
    for (int i = list.depth(); i > 0; i--) {
      byte[] bytes = list.pop();
      if (bytes == null || bytes[0] == r.r2) {
        r.r3 = -1; // lost, or here and there at once
      }
    }
  }
}
