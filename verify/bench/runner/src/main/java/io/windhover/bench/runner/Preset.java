package io.windhover.bench.runner;

import java.util.List;
import java.util.Locale;
import java.util.function.IntFunction;
import java.util.function.UnaryOperator;

/// A question that a run answers: what is measured, and who takes part unless the user names them.
enum Preset {
  QUICK(Plan::quick, Roster::quick),
  FULL(Plan::full, Roster::full),
  RAW(Plan::raw, Roster::raw),
  KITEX(Plan::kitex, Roster::kitex),
  STREAMS(Plan::streams, Roster::streams),
  GRPC(Plan::grpc, Roster::grpc);

  private final IntFunction<Plan> plan;
  private final UnaryOperator<List<Contestant>> contestants;

  Preset(IntFunction<Plan> plan, UnaryOperator<List<Contestant>> contestants) {
    this.plan = plan;
    this.contestants = contestants;
  }

  /// As users write it.
  String option() {
    return "--" + name().toLowerCase(Locale.ROOT);
  }

  Plan plan(int rounds) {
    return plan.apply(rounds);
  }

  List<Contestant> of(List<Contestant> all) {
    return contestants.apply(all);
  }
}
