package io.windhover.idl.annotation;

import io.windhover.idl.ast.Annotation;
import io.windhover.idl.ast.MethodDef;
import io.windhover.idl.ast.StreamingMode;
import io.windhover.idl.ast.StringLiteral;
import io.windhover.idl.rule.ThriftRule;
import io.windhover.source.Diagnostic;
import io.windhover.source.Quote;
import io.windhover.source.Span;
import io.windhover.source.parse.Diagnostics;
import io.windhover.source.parse.Suggestion;
import java.util.List;

/// Checks `streaming.mode`, which makes a method one of streams in Kitex.
final class Streaming {
  static final String KEY = StreamingMode.KEY;
  private static final List<String> MODES = List.of("bidirectional", "client", "server", "unary");

  private final Diagnostics diagnostics;

  Streaming(Diagnostics diagnostics) {
    this.diagnostics = diagnostics;
  }

  void check(MethodDef method) {
    var modes = method.annotations().stream().filter(it -> it.key().text().equals(KEY)).toList();
    if (modes.isEmpty()) {
      return;
    }
    Annotation first = modes.getFirst();
    if (modes.size() > 1) {
      diagnostics.report(
          Diagnostic.of(ThriftRule.STREAMING_MODE, modes.get(1).span(), "a second " + KEY)
              .withLabel(first.span(), "the first"));
    } else if (!first.value().map(StringLiteral::value).map(MODES::contains).orElse(false)) {
      String mode = first.value().map(StringLiteral::value).orElse("");
      Span span = first.value().map(StringLiteral::span).orElse(first.span());
      String message =
          "%s: %s (expected: %s)".formatted(KEY, Quote.of(mode), String.join(", ", MODES));
      diagnostics.report(
          Diagnostic.of(ThriftRule.STREAMING_MODE, span, message)
              .maybeHelp(Suggestion.help(mode, MODES)));
    } else if (method.isOneway()) {
      report(first, "oneway method '" + method.name() + "' cannot be one of streams");
    } else if (method.arguments().size() != 1) {
      report(
          first,
          "method '%s' of streams takes %d arguments (expected: 1)"
              .formatted(method.name(), method.arguments().size()));
    }
  }

  private void report(Annotation annotation, String message) {
    diagnostics.report(ThriftRule.STREAMING_MODE, annotation.span(), message);
  }
}
