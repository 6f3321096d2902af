package io.windhover.idl.validation;

import io.windhover.idl.Field;
import java.util.List;
import java.util.Map;

/// The rules of a struct, union or exception, or of the arguments of a method.
///
/// @param fields those that have rules; a struct's fields that are structs are checked in any case,
///   if these have rules
/// @param assertions about the whole
public record StructRules(Map<Field, ValueRules> fields, List<Assertion> assertions) {

  public static final StructRules NONE = new StructRules(Map.of(), List.of());

  public StructRules {
    fields = Map.copyOf(fields);
    assertions = List.copyOf(assertions);
  }

  /// A condition on several fields.
  ///
  /// @param condition a bool
  /// @param written as in the IDL
  public record Assertion(Operand condition, String written) {}

  public ValueRules of(Field field) {
    return fields.getOrDefault(field, ValueRules.NONE);
  }
}
