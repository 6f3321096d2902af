package io.windhover.codegen.model;

import io.windhover.idl.ast.Requiredness;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A method of a service, with its names in Java.
///
/// @param constant the constant that describes it
/// @param stem what the names of classes for it begin with
/// @param result null if it returns nothing
/// @param errors the fields of its exceptions
public record MethodShape(
    String idlName,
    String name,
    String constant,
    String stem,
    MethodKind kind,
    @Nullable WireType result,
    List<JavaField> arguments,
    List<JavaField> errors,
    List<String> doc) {

  /// Returns the name of the record of arguments that are checked.
  public String argumentsRecord() {
    return stem + "Args";
  }

  /// Returns the name of the record of what is checked of a result.
  public String resultRecord() {
    return stem + "Result";
  }

  public String returnType() {
    return result == null ? "void" : result.java();
  }

  /// Returns `throws A, B` with a space before it, or nothing.
  public String throwsClause() {
    var types = errors.stream().map(error -> error.type().java()).distinct().toList();
    return types.isEmpty() ? "" : " ¦throws " + String.join(", ", types);
  }

  /// Returns the parameters as they are declared.
  public String parameters() {
    return String.join(
        ", ¦", arguments.stream().map(field -> field.type().java() + " " + field.name()).toList());
  }

  /// Returns the fields of a result: the value, if there is one, and the exceptions.
  public List<JavaField> resultFields() {
    var fields = new ArrayList<JavaField>();
    if (result != null) {
      fields.add(
          new JavaField(
              0,
              ReservedNames.SUCCESS,
              ReservedNames.SUCCESS,
              "Success",
              result,
              Requiredness.OPTIONAL,
              null,
              null,
              false,
              false,
              List.of()));
    }
    fields.addAll(errors);
    return fields;
  }
}
