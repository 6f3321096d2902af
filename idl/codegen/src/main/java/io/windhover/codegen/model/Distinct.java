package io.windhover.codegen.model;

import io.windhover.idl.rule.ThriftRule;
import io.windhover.source.Diagnostic;
import io.windhover.source.Span;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Reports names of one scope that differ in the IDL and not in Java.
public final class Distinct {
  private final List<Diagnostic> diagnostics;
  private final Map<String, String> idlNames = new HashMap<>();

  public Distinct(List<Diagnostic> diagnostics) {
    this.diagnostics = diagnostics;
  }

  public void add(String javaName, String idlName, Span span) {
    var first = idlNames.putIfAbsent(javaName, idlName);
    if (first != null) {
      diagnostics.add(
          Diagnostic.of(
                  ThriftRule.JAVA_NAME_CLASH,
                  span,
                  "'%s' and '%s' are both '%s' in Java".formatted(first, idlName, javaName))
              .withHelp("rename one of them"));
    }
  }
}
