package io.windhover.codegen.model;

import java.util.ArrayList;
import java.util.List;

/// How the fields of a class are shared out among methods, when one method would be too long.
///
/// HotSpot compiles no method above 8,000 bytecodes; a field costs up to 60 in each.
public final class Parts {
  private static final int FIELDS = 64;

  private Parts() {}

  /// Returns the fields in pieces, of which each fits into a method: one piece for most classes.
  public static List<List<JavaField>> of(List<JavaField> fields) {
    var parts = new ArrayList<List<JavaField>>();
    for (int from = 0; from < fields.size(); from += FIELDS) {
      parts.add(fields.subList(from, Math.min(fields.size(), from + FIELDS)));
    }
    return parts.isEmpty() ? List.of(List.of()) : parts;
  }
}
