package io.windhover.bench.harness;

import io.windhover.bench.harness.Contestant.Work;

/// Whether a contestant can do its work, for the test of each.
public final class Rehearsal {

  private Rehearsal() {}

  /// Starts a server, which lives until the process ends, and makes calls of every kind and size.
  ///
  /// @throws Exception if there is no reply, or not the expected one
  public static void of(Contestant contestant) throws Exception {
    var client = contestant.connect(contestant.serve(0));
    for (var work : Work.values()) {
      var caller = client.caller(work, 1024);
      caller.call();
      caller.call();
    }
    client.caller(Work.ECHO, 0).call();
    client.caller(Work.ECHO, 1 << 20).call();
  }
}
