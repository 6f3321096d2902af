package io.windhover.proto.parser;

import io.windhover.proto.source.Diagnostic;
import io.windhover.proto.source.Rule;
import io.windhover.proto.source.Span;
import java.util.ArrayList;
import java.util.List;

/// Collects the messages of one run. Keeps a bounded number: a broken file needs no thousandth one.
public final class Diagnostics {
  private static final int MAX_ERRORS = 100;
  private static final int MAX_WARNINGS = 200;

  private final List<Diagnostic> reported = new ArrayList<>();
  private int errors;
  private int warnings;

  public void report(Diagnostic diagnostic) {
    boolean room = diagnostic.isError() ? errors++ < MAX_ERRORS : warnings++ < MAX_WARNINGS;
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

  /// How many errors were reported, those that are not kept included.
  public int errors() {
    return errors;
  }

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
