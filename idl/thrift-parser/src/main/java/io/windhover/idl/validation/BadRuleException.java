package io.windhover.idl.validation;

import io.windhover.idl.rule.ThriftRule;
import io.windhover.source.Diagnostic;
import io.windhover.source.Span;
import java.util.Optional;

/// Ends the parsing of one rule, which is then reported and left out.
final class BadRuleException extends Exception {

  private static final long serialVersionUID = 1;

  private final transient Diagnostic diagnostic;

  private BadRuleException(Diagnostic diagnostic) {
    super(null, null, false, false);
    this.diagnostic = diagnostic;
  }

  BadRuleException(Span span, String message) {
    this(diagnostic(span, message));
  }

  BadRuleException(Span span, String message, String help) {
    this(diagnostic(span, message).withHelp(help));
  }

  BadRuleException(Span span, String message, Optional<String> help) {
    this(diagnostic(span, message).maybeHelp(help));
  }

  private static Diagnostic diagnostic(Span span, String message) {
    return Diagnostic.of(ThriftRule.VALIDATION_RULE, span, message);
  }

  Diagnostic diagnostic() {
    return diagnostic;
  }
}
