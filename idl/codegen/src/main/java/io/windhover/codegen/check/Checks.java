package io.windhover.codegen.check;

import io.windhover.codegen.model.JavaField;
import io.windhover.idl.Field;
import io.windhover.idl.TrueType;
import io.windhover.idl.validation.StructRules.Assertion;
import io.windhover.idl.validation.ValueRules;
import java.util.List;
import java.util.Map;

/// What a class checks about its fields, with their names in Java.
///
/// @param isUnion whether the fields are the arms of a union
/// @param values the fields that have something to check, in the order of the IDL
/// @param references all fields, for rules that name others
public record Checks(
    boolean isUnion,
    List<Checked> values,
    List<Assertion> assertions,
    Map<Field, JavaField> references) {

  public static final Checks NONE = new Checks(false, List.of(), List.of(), Map.of());

  /// One field and its rules.
  public record Checked(JavaField field, TrueType type, ValueRules rules) {}

  public boolean isEmpty() {
    return values.isEmpty() && assertions.isEmpty();
  }

  /// Returns what follows the name of the class where it is declared, with a space before it.
  public String supertype() {
    return isEmpty() ? "" : (isUnion ? " extends" : " implements") + " `Validated`";
  }
}
