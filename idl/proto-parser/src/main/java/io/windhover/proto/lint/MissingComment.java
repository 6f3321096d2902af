package io.windhover.proto.lint;

import io.windhover.proto.Symbol;
import io.windhover.proto.rule.ProtoRule;
import io.windhover.source.parse.Diagnostics;

/// Notes that a definition says nothing of itself.
final class MissingComment {

  private MissingComment() {}

  static void report(Symbol symbol, Diagnostics diagnostics) {
    diagnostics.report(
        ProtoRule.MISSING_COMMENT,
        symbol.span(),
        "no comment about " + symbol.name(),
        "say above it what it is: generated code and tools show that");
  }
}
