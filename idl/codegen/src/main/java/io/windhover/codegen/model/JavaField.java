package io.windhover.codegen.model;

import io.windhover.codegen.model.WireType.Container;
import io.windhover.codegen.model.WireType.Scalar;
import io.windhover.idl.ast.Requiredness;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// A field of a struct, union, argument list or result, with its name in Java.
///
/// @param idlName for messages, which speak of the IDL
/// @param name the accessor, the setter and the private field
/// @param stem what follows `has` and `clear`
/// @param defaultCode a Java expression for the default of the IDL, if it has one
/// @param sharedDefault what to declare as the constant that `defaultCode` names, if it names one
/// @param isComponent whether it is one of a record, where null stands for an absent number too
/// @param isRedacted whether the value must not show in the text of the object
public record JavaField(
    int id,
    String idlName,
    String name,
    String stem,
    WireType type,
    Requiredness requiredness,
    @Nullable String defaultCode,
    @Nullable String sharedDefault,
    boolean isComponent,
    boolean isRedacted,
    List<String> doc) {

  public boolean isOptional() {
    return requiredness == Requiredness.OPTIONAL;
  }

  public boolean isRequired() {
    return requiredness == Requiredness.REQUIRED;
  }

  /// Whether it is a primitive in Java.
  public boolean isPrimitive() {
    return type.isPrimitive() && !(isComponent && isOptional());
  }

  /// Returns the Java type.
  public String java() {
    return isPrimitive() ? type.java() : type.boxed();
  }

  /// Whether absence is kept beside the value, which cannot be null.
  public boolean hasFlag() {
    return isOptional() && isPrimitive();
  }

  /// Whether the private field may hold null.
  public boolean isNullable() {
    return !isPrimitive()
        && (isOptional() || (defaultCode == null && (isRequired() || zero() == null)));
  }

  /// Whether setters and constructors refuse null.
  public boolean refusesNull() {
    return !isPrimitive() && (!isComponent || isRequired() || !isNullable());
  }

  /// Whether an object never holds null, not even while it is put together.
  public boolean isNeverNull() {
    return isComponent ? isPrimitive() || refusesNull() : !isNullable();
  }

  /// Whether the accessor may return null.
  public boolean isNullableToCallers() {
    return isNullable() && (isRequired() || (defaultCode == null && zero() == null));
  }

  /// Returns what a fresh object holds, or null if that is what Java puts there anyway.
  public @Nullable String initial() {
    return isNullable() ? null : defaultCode != null || type.isPrimitive() ? defaultCode : zero();
  }

  /// Returns what the accessor gives while an optional field is absent.
  public @Nullable String absent() {
    return defaultCode != null ? defaultCode : zero();
  }

  /// Returns the Java expressions in the defaults of some fields.
  public static List<String> defaultExpressions(List<JavaField> fields) {
    return fields.stream()
        .map(field -> field.sharedDefault() != null ? field.sharedDefault() : field.defaultCode())
        .filter(Objects::nonNull)
        .toList();
  }

  /// Returns the natural zero of a type that has one and is not a primitive.
  private @Nullable String zero() {
    return switch (type) {
      case Scalar scalar when scalar == Scalar.STRING -> "\"\"";
      case Scalar scalar when scalar == Scalar.BINARY -> "`Binary`.EMPTY";
      case Container container -> container.empty();
      default -> null;
    };
  }
}
