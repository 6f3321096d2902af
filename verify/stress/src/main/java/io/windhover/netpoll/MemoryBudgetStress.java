package io.windhover.netpoll;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.ZZI_Result;

/// Two connections ask for what only one can have. Who is refused gives back, as it closes.
@JCStressTest
@Outcome(id = "true, false, 8", expect = ACCEPTABLE, desc = "the first has it")
@Outcome(id = "false, true, 8", expect = ACCEPTABLE, desc = "the second has it")
@State
public class MemoryBudgetStress {

  private static final long BYTES = 8;

  private final MemoryBudget budget = new MemoryBudget(BYTES + 1);

  @Actor
  public void first(ZZI_Result r) {
    r.r1 = ask();
  }

  @Actor
  public void second(ZZI_Result r) {
    r.r2 = ask();
  }

  private boolean ask() {
    boolean fits = budget.change(0, BYTES);
    if (!fits) {
      budget.change(BYTES, 0);
    }
    return fits;
  }

  @Arbiter
  public void end(ZZI_Result r) {
    r.r3 = (int) budget.heldBytes();
  }
}
