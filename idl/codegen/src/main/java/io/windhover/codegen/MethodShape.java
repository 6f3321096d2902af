package io.windhover.codegen;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// A method of a service, with its names in Java.
///
/// @param constant the constant that describes it
/// @param stem what the names of classes for it begin with
/// @param result null if it returns nothing
/// @param errors the fields of its exceptions
record MethodShape(
    String idlName,
    String name,
    String constant,
    String stem,
    boolean oneway,
    @Nullable WireType result,
    List<JavaField> arguments,
    List<JavaField> errors,
    List<String> doc) {

  /// Returns the name of the record of arguments that are checked.
  String argumentsRecord() {
    return stem + "Args";
  }

  /// Returns the name of the record of what is checked of a result.
  String resultRecord() {
    return stem + "Result";
  }

  String returnType() {
    return result == null ? "void" : result.java();
  }

  /// Returns `throws A, B` with a space before it, or nothing.
  String throwsClause() {
    var types = errors.stream().map(error -> error.type().java()).distinct().toList();
    return types.isEmpty() ? "" : " ¦throws " + String.join(", ", types);
  }

  /// Returns the parameters as they are declared.
  String parameters() {
    return String.join(
        ", ¦", arguments.stream().map(field -> field.type().java() + " " + field.name()).toList());
  }
}
