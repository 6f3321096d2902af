package io.windhover.proto;

import io.windhover.proto.ast.Scalar;
import io.windhover.proto.rule.ProtoRule;
import io.windhover.source.parse.Diagnostics;
import java.util.HashSet;
import java.util.Set;

/// Checks what the ranges of a message say of the extensions in them.
final class DeclarationChecker {
  private static final String NAME = "(\\.[a-zA-Z_0-9]+)+";

  private final Diagnostics diagnostics;

  DeclarationChecker(Diagnostics diagnostics) {
    this.diagnostics = diagnostics;
  }

  void check(MessageType message) {
    Set<String> names = new HashSet<>();
    for (ExtensionRange range : message.extensionRanges()) {
      var declared = Declaration.of(range);
      Set<Integer> numbers = new HashSet<>();
      for (Declaration declaration : declared) {
        check(declaration, range, numbers, names);
      }
      boolean isUnverified =
          range.options().choice("verification").filter("UNVERIFIED"::equals).isPresent();
      if (isUnverified && !declared.isEmpty()) {
        report(range, "UNVERIFIED extensions, and declarations of some");
      }
    }
  }

  private void check(
      Declaration declaration, ExtensionRange range, Set<Integer> numbers, Set<String> names) {
    int number = declaration.number();
    if (!range.numbers().contains(number)) {
      report(range, "declared number: " + number + " (expected: " + range.numbers() + ")");
    }
    if (!numbers.add(number)) {
      report(range, "number " + number + " is declared twice");
    }
    boolean hasName = !declaration.fullName().isEmpty();
    boolean hasType = !declaration.type().isEmpty();
    if (hasName != hasType || !hasName && !declaration.isReserved()) {
      report(range, "declaration of number " + number + " lacks its full_name or its type");
      return;
    }
    if (hasName && !names.add(declaration.fullName())) {
      report(range, "name '" + declaration.fullName() + "' is declared twice");
    } else if (hasName && !declaration.fullName().matches(NAME)) {
      reportName(range, declaration.fullName());
    }
    if (hasType && Scalar.find(declaration.type()).isEmpty() && !declaration.type().matches(NAME)) {
      reportName(range, declaration.type());
    }
  }

  private void reportName(ExtensionRange range, String name) {
    report(range, "declared name: '" + name + "' (expected: a full name behind a dot)");
  }

  private void report(ExtensionRange range, String message) {
    diagnostics.report(ProtoRule.EXTENSION, range.syntax().span(), message);
  }
}
