package io.windhover.idl;

import io.windhover.idl.ast.Dialect;
import io.windhover.idl.ast.FieldDef;
import io.windhover.idl.ast.IntLiteral;
import io.windhover.idl.rule.ThriftRule;
import io.windhover.source.Diagnostic;
import io.windhover.source.Span;
import io.windhover.source.parse.Diagnostics;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// The ids of the fields of one list.
///
/// A field without an id takes that of the field before plus one, the first one 1, as Thriftgo
/// does. Apache Thrift counts down from -1, and so does this in its dialect. The two cannot talk to
/// each other: hence a warning.
final class FieldIds {
  private final FieldLinker.Role role;
  private final Dialect dialect;
  private final Diagnostics diagnostics;
  private final Map<Long, FieldDef> taken = new HashMap<>();
  private final List<FieldDef> unwritten = new ArrayList<>();
  private long firstUnwritten;
  private long last;
  private long lastOfApache;

  /// Whether the last id is one that others can be counted from.
  private boolean isSound = true;

  FieldIds(FieldLinker.Role role, Dialect dialect, Diagnostics diagnostics) {
    this.role = role;
    this.dialect = dialect;
    this.diagnostics = diagnostics;
  }

  /// The id of the next field of the list; any number if there is an error about it.
  int next(FieldDef field) {
    boolean isWritten = field.id().isPresent();
    last = field.id().map(IntLiteral::value).orElseGet(this::count);
    if (isWritten && last <= 0 && dialect == Dialect.APACHE) {
      long written = last;
      last = count();
      diagnostics.report(
          ThriftRule.NON_POSITIVE_FIELD_ID,
          span(field),
          "field id %d does not count: it becomes %d".formatted(written, last));
      take(field);
      return (short) last;
    }
    isSound = (isWritten || isSound) && isInRange(field) && take(field);
    if (isSound && !isWritten) {
      if (unwritten.isEmpty()) {
        firstUnwritten = last;
      }
      unwritten.add(field);
    } else if (isSound && last <= 0) {
      diagnostics.report(
          ThriftRule.NON_POSITIVE_FIELD_ID,
          span(field),
          "field id %d is kept, but Apache Thrift replaces it".formatted(last));
    }
    return (short) last;
  }

  private long count() {
    return dialect == Dialect.APACHE ? --lastOfApache : last + 1;
  }

  /// Says which fields got an id that is not written.
  void warnOfUnwritten() {
    if (unwritten.isEmpty()) {
      return;
    }
    FieldDef first = unwritten.getFirst();
    int others = unwritten.size() - 1;
    String reading =
        dialect == Dialect.BOTH
            ? firstUnwritten + " here and in Thriftgo, but -1 in Apache Thrift"
            : "it is " + firstUnwritten;
    String more = others == 0 ? "" : " (" + others + " more like it)";
    diagnostics.report(
        ThriftRule.MISSING_FIELD_ID,
        first.name().span(),
        "field '" + first.name() + "' has no id: " + reading + more,
        "write '" + firstUnwritten + ":' before it");
  }

  private boolean isInRange(FieldDef field) {
    if (last != (short) last) {
      diagnostics.report(
          ThriftRule.FIELD_ID_RANGE,
          span(field),
          "field id %d (expected: 1..%d)".formatted(last, Short.MAX_VALUE));
      return false;
    }
    if (last == 0 && role == FieldLinker.Role.THROWS) {
      diagnostics.report(
          ThriftRule.FIELD_ID_RANGE,
          span(field),
          "id 0 is the return value's (expected: 1 or more)");
      return false;
    }
    return true;
  }

  private boolean take(FieldDef field) {
    FieldDef same = taken.putIfAbsent(last, field);
    if (same != null) {
      String message = "field id %d is already taken by '%s'".formatted(last, same.name());
      diagnostics.report(
          Diagnostic.of(ThriftRule.DUPLICATE_FIELD_ID, span(field), message)
              .withLabel(span(same), "first taken here"));
    }
    return same == null;
  }

  private static Span span(FieldDef field) {
    return field.id().map(IntLiteral::span).orElse(field.name().span());
  }
}
