package io.windhover.source.parse;

import io.windhover.source.Diagnostic;
import io.windhover.source.Reporting;
import io.windhover.source.Rule;
import io.windhover.source.Span;
import java.util.ArrayList;
import java.util.List;

/// Collects the messages of one run. Keeps a bounded number: a broken file needs no thousandth one.
public final class Diagnostics {
  private static final int MAX_ERRORS = 100;
  private static final int MAX_OTHERS = 200;

  private final Reporting reporting;
  private final List<Diagnostic> reported = new ArrayList<>();
  private final List<Span> faults = new ArrayList<>();
  private int errors;
  private int others;

  public Diagnostics(Reporting reporting) {
    this.reporting = reporting;
  }

  public Diagnostics() {
    this(Reporting.DEFAULTS);
  }

  public void report(Diagnostic diagnostic) {
    if (diagnostic.rule().isFault()) {
      faults.add(diagnostic.span());
    }
    reporting.apply(diagnostic).ifPresent(this::keep);
  }

  private void keep(Diagnostic diagnostic) {
    boolean room = diagnostic.isError() ? errors++ < MAX_ERRORS : others++ < MAX_OTHERS;
    if (room) {
      reported.add(diagnostic);
    }
  }

  public void report(Rule rule, Span span, String message) {
    report(Diagnostic.of(rule, span, message));
  }

  public void report(Rule rule, Span span, String message, String help) {
    report(Diagnostic.of(rule, span, message).withHelp(help));
  }

  /// How many errors were reported, those that are not kept included, and without warnings that the
  /// user wants to be errors: so many things cannot be used.
  public int faults() {
    return faults.size();
  }

  /// Where the faults are, from the one of this number on.
  public List<Span> faultsFrom(int first) {
    return List.copyOf(faults.subList(first, faults.size()));
  }

  /// Whether there is any error, be it a warning that the user wants to be one.
  public boolean hasErrors() {
    return errors > 0;
  }

  /// Whether further errors would not be kept, so that work on their wording can be saved.
  public boolean isFull() {
    return errors >= MAX_ERRORS;
  }

  /// What is kept, in the order of the report.
  public List<Diagnostic> reported() {
    return List.copyOf(reported);
  }
}
