package io.windhover.bench.harness;

import io.windhover.bench.harness.Contestant.Client;
import io.windhover.bench.harness.Contestant.Work;

/// Whether a contestant can do its work, for the test of each.
public final class Rehearsal {

  private Rehearsal() {}

  /// Starts a server, which lives until the process ends, and makes calls of every kind and size.
  ///
  /// @throws Exception if there is no reply, or not the expected one
  public static void of(Contestant contestant) throws Exception {
    var client = contestant.connect(contestant.serve(0));
    for (var work : contestant.works()) {
      calls(client, work, 1024);
    }
    var first = contestant.works().getFirst();
    calls(client, first, 0);
    calls(client, first, 1 << 20);
  }

  private static void calls(Client client, Work work, int bytes) throws Exception {
    var caller = client.caller(work, bytes);
    caller.call();
    caller.call();
    caller.close();
  }
}
