package io.windhover.bench.armeria;

import io.windhover.bench.harness.Contestant.Work;
import org.junit.jupiter.api.Test;

/// It does its work. The server lives as long as the process.
final class ArmeriaTest {

  @Test
  void answersCallsOfAllKinds() throws Exception {
    var contestant = new Armeria();
    var client = contestant.connect(contestant.serve(0));

    for (var work : Work.values()) {
      var caller = client.caller(work, 1024);
      caller.call(); // throws if the reply is not right
      caller.call();
    }
    client.caller(Work.ECHO, 0).call();
    client.caller(Work.ECHO, 1 << 20).call();
  }
}
