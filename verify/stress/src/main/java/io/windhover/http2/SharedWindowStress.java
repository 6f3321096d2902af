package io.windhover.http2;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.IIII_Result;

/// Two threads take what a peer has sent on two streams: the peer is allowed each byte anew once,
/// or it stands still one day, or sends too much.
///
/// In the results: what each of them allows, what is allowed once more arrives and is taken, bytes
/// held.
@JCStressTest
@Outcome(id = "65535, 0, 65535, 0", expect = ACCEPTABLE, desc = "the first one allows all")
@Outcome(id = "0, 65535, 65535, 0", expect = ACCEPTABLE, desc = "the second one allows all")
@State
public class SharedWindowStress {

  private static final int WINDOW = SendWindow.DEFAULT_BYTES;
  private static final int PART = WINDOW / 2;

  private final SharedWindow window =
      new SharedWindow(Http2Options.builder().connectionWindowBytes(WINDOW).build());

  public SharedWindowStress() {
    window.arrived(WINDOW);
  }

  @Actor
  public void first(IIII_Result r) {
    r.r1 = window.taken(PART);
  }

  @Actor
  public void second(IIII_Result r) {
    r.r2 = window.taken(WINDOW - PART);
  }

  @Arbiter
  public void end(IIII_Result r) {
    window.arrived(WINDOW);
    r.r3 = window.taken(WINDOW);
    r.r4 = (int) window.held();
  }
}
