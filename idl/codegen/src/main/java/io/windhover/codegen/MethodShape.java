package io.windhover.codegen;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// A method of a service, with its names in Java.
///
/// @param stem what the names of its messages begin with
/// @param result null if it returns nothing
/// @param errors the fields of its exceptions
record MethodShape(
    String idlName,
    String name,
    String stem,
    boolean oneway,
    @Nullable WireType result,
    List<JavaField> arguments,
    List<JavaField> errors,
    List<String> doc) {

  /// What the names of the classes of messages end with.
  static final String ARGUMENTS = "Args";

  static final String RESULT = "Result";

  /// Whether the reply carries nothing, so that no class is needed for it.
  boolean isEmptyResult() {
    return result == null && errors.isEmpty();
  }

  String argumentsClass() {
    return stem + ARGUMENTS;
  }

  String resultClass() {
    return isEmptyResult() ? "`EmptyStruct`" : stem + RESULT;
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
