package io.windhover.interop;

import java.util.List;

/// One of those that our client runs, by the name that it has in every language.
///
/// @param <C> what it calls through
record Scenario<C>(String name, Body<C> body) {

  /// What a scenario does.
  interface Body<C> {
    /// @return a detail worth telling, or nothing
    String run(C client) throws Exception;
  }

  /// Runs scenarios one after the other, against what `client` is connected to.
  static <C> List<Outcome> run(List<Scenario<C>> scenarios, C client) {
    return scenarios.stream().map(scenario -> scenario.run(client)).toList();
  }

  private Outcome run(C client) {
    try {
      return new Outcome(name, true, body.run(client));
    } catch (Exception | AssertionError e) {
      return new Outcome(name, false, e + (e.getCause() == null ? "" : " by " + e.getCause()));
    }
  }
}
