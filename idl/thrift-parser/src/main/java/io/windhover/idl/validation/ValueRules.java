package io.windhover.idl.validation;

import java.util.List;

/// The rules for one value: of a field, or of each element of one.
///
/// @param notNil whether the value must be there
/// @param skips whether a struct's own rules are not looked at
/// @param constraints in the order in which they are checked
public record ValueRules(boolean notNil, boolean skips, List<Constraint> constraints) {

  public static final ValueRules NONE = new ValueRules(false, false, List.of());

  public ValueRules {
    constraints = List.copyOf(constraints);
  }
}
