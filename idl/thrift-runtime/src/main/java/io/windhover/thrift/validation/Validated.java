package io.windhover.thrift.validation;

import java.util.List;

/// A struct whose IDL has rules for it, or for a struct inside of it.
public interface Validated {

  /// Checks the rules, in the order of the IDL, up to the first that is broken.
  ///
  /// @throws ValidationException that says which, where and why
  default void validate() {
    validate(Validation.first());
  }

  /// Checks all rules.
  ///
  /// @return what is broken, in the order of the IDL, but no more than [Validation#MAX_VIOLATIONS];
  ///   empty if the struct is valid
  default List<Violation> violations() {
    var validation = Validation.all();
    validate(validation);
    return validation.violations();
  }

  /// Checks the rules of this struct as a part of a larger check. For generated code.
  void validate(Validation validation);
}
