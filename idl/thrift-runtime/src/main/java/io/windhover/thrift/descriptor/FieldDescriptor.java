package io.windhover.thrift.descriptor;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A field of a struct, an arm of a union, an argument of a method, or an entry of its `throws`
/// list. Compared by identity.
public final class FieldDescriptor {
  private final int id;
  private final Requiredness requiredness;
  private final TypeDescriptor type;
  private final String name;
  private final @Nullable ValueDescriptor defaultValue;
  private final Notes notes;

  FieldDescriptor(
      int id,
      Requiredness requiredness,
      TypeDescriptor type,
      String name,
      @Nullable ValueDescriptor defaultValue,
      Notes notes) {
    this.id = id;
    this.requiredness = requiredness;
    this.type = type;
    this.name = name;
    this.defaultValue = defaultValue;
    this.notes = notes;
  }

  /// Whether a field must be there.
  public enum Requiredness {
    /// Neither keyword is written: always sent, may be missing when read.
    DEFAULT,
    REQUIRED,
    OPTIONAL
  }

  /// As written or assigned; fits 16 bits, signed.
  public int id() {
    return id;
  }

  /// As it counts: arms of unions and `throws` entries are OPTIONAL, arguments DEFAULT.
  public Requiredness requiredness() {
    return requiredness;
  }

  /// As declared, perhaps through a typedef.
  public TypeDescriptor type() {
    return type;
  }

  public String name() {
    return name;
  }

  public Optional<ValueDescriptor> defaultValue() {
    return Optional.ofNullable(defaultValue);
  }

  /// As those of a [DefinitionDescriptor].
  public Map<String, List<String>> annotations() {
    return notes.annotations();
  }

  /// As that of a [DefinitionDescriptor].
  public String doc() {
    return notes.doc();
  }

  @Override
  public String toString() {
    return id + ": " + type + " " + name;
  }
}
