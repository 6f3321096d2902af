package io.windhover.idl;

import io.windhover.idl.ast.MapEntry;
import io.windhover.idl.ast.MapLiteral;
import io.windhover.idl.ast.Requiredness;
import io.windhover.idl.ast.StringLiteral;
import io.windhover.idl.ast.StructKind;
import io.windhover.idl.rule.ThriftRule;
import io.windhover.source.Diagnostic;
import io.windhover.source.Quote;
import io.windhover.source.parse.Diagnostics;
import io.windhover.source.parse.Suggestion;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Checks struct literals, which are map literals with field names as keys.
final class StructChecker {
  private final ValueChecker values;
  private final Diagnostics diagnostics;

  StructChecker(ValueChecker values, Diagnostics diagnostics) {
    this.values = values;
    this.diagnostics = diagnostics;
  }

  @Nullable Value check(MapLiteral written, StructType type, ValuePath path) {
    boolean areKeysGood = true;
    Map<Field, Value> members = new LinkedHashMap<>();
    Map<Field, MapEntry> seen = new LinkedHashMap<>();
    for (MapEntry entry : written.entries()) {
      Field field = field(entry, type, path);
      if (field == null) {
        areKeysGood = false;
        continue;
      }
      if (seen.putIfAbsent(field, entry) != null) {
        values.report(ThriftRule.STRUCT_LITERAL, entry.key(), path, "repeated key '" + field + "'");
        areKeysGood = false;
        continue;
      }
      Value value =
          field.isPoisoned()
              ? null
              : values.check(entry.value(), field.type(), path.member(field.name()));
      if (value != null) {
        members.put(field, value);
      }
    }
    if (!areKeysGood || !isComplete(written, type, seen, path) || members.size() < seen.size()) {
      return null;
    }
    var list = new ArrayList<Value.OfStruct.Member>();
    members.forEach((field, value) -> list.add(new Value.OfStruct.Member(field, value)));
    return new Value.OfStruct(type, list);
  }

  private @Nullable Field field(MapEntry entry, StructType type, ValuePath path) {
    if (!(entry.key() instanceof StringLiteral key)) {
      values.report(
          ThriftRule.STRUCT_LITERAL,
          entry.key(),
          path,
          "expected the name of a field of " + type + ", in quotes");
      return null;
    }
    Field field = type.field(key.value());
    if (field == null && !diagnostics.isFull()) {
      String message = path + ": " + type + " has no field " + Quote.of(key.value());
      diagnostics.report(
          Diagnostic.of(ThriftRule.STRUCT_LITERAL, key.span(), message)
              .maybeHelp(Suggestion.help(key.value(), type.fieldNames())));
    }
    return field;
  }

  private boolean isComplete(
      MapLiteral written, StructType type, Map<Field, MapEntry> seen, ValuePath path) {
    if (type.kind() == StructKind.UNION) {
      if (seen.size() != 1) {
        values.report(
            ThriftRule.STRUCT_LITERAL,
            written,
            path,
            "union " + type + " needs one arm, found " + seen.size());
      }
      return seen.size() == 1;
    }
    for (Field field : type.fields()) {
      if (field.requiredness() == Requiredness.REQUIRED
          && field.syntax().defaultValue().isEmpty()
          && !seen.containsKey(field)) {
        values.report(
            ThriftRule.STRUCT_LITERAL,
            written,
            path,
            "required field '" + field + "' of " + type + " is missing");
        return false;
      }
    }
    return true;
  }
}
