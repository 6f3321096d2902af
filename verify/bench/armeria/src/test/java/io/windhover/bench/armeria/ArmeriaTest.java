package io.windhover.bench.armeria;

import io.windhover.bench.harness.Rehearsal;
import org.junit.jupiter.api.Test;

/// It does its work. The server lives as long as the process.
final class ArmeriaTest {

  @Test
  void answersCallsOfAllKinds() throws Exception {
    Rehearsal.of(new Armeria());
  }
}
