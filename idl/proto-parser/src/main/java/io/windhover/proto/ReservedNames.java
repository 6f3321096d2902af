package io.windhover.proto;

import io.windhover.proto.ast.Edition;
import io.windhover.proto.ast.Name;
import io.windhover.proto.rule.ProtoRule;
import io.windhover.source.Diagnostic;
import io.windhover.source.Quote;
import io.windhover.source.parse.Diagnostics;
import java.util.Map;

/// Checks names that messages and enums have reserved.
final class ReservedNames {
  private final Diagnostics diagnostics;

  ReservedNames(Diagnostics diagnostics) {
    this.diagnostics = diagnostics;
  }

  /// @param seen those before, and this one afterwards
  void check(Name name, Map<String, Name> seen, Edition edition) {
    boolean isQuoted = !name.span().text().equals(name.text());
    if (isQuoted == edition.isEdition()) {
      diagnostics.report(
          ProtoRule.OTHER_EDITION,
          name.span(),
          "reserved name " + (isQuoted ? "in quotes" : "without quotes"),
          "in editions they stand without quotes, in proto2 and proto3 with them");
    }
    if (!name.text().matches("[a-zA-Z_][a-zA-Z_0-9]*")) {
      diagnostics.report(
          ProtoRule.ODD_RESERVED_NAME,
          name.span(),
          Quote.of(name.text()) + " cannot be a name, and needs not be reserved");
    }
    Name same = seen.putIfAbsent(name.text(), name);
    if (same != null) {
      diagnostics.report(
          Diagnostic.of(
                  ProtoRule.NUMBER_RANGE,
                  name.span(),
                  "name '" + name.text() + "' is reserved twice")
              .withLabel(same.span(), "first here"));
    }
  }
}
