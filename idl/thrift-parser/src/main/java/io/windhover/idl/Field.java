package io.windhover.idl;

import io.windhover.idl.ast.DocComment;
import io.windhover.idl.ast.FieldDef;
import io.windhover.idl.ast.Requiredness;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A field of a struct, an arm of a union, an argument of a method, or an entry of its `throws`
/// list. Compared by identity.
public final class Field {
  private final int id;
  private final Requiredness requiredness;
  private final @Nullable Type type;
  private final FieldDef syntax;
  private @Nullable Value defaultValue;

  /// @param type null if it cannot be resolved, which has been reported
  Field(int id, Requiredness requiredness, @Nullable Type type, FieldDef syntax) {
    this.id = id;
    this.requiredness = requiredness;
    this.type = type;
    this.syntax = syntax;
  }

  /// As written or assigned; fits 16 bits, signed.
  public int id() {
    return id;
  }

  public String name() {
    return syntax.name().text();
  }

  /// As it counts, which may not be what is written: arms of unions and `throws` entries are
  /// OPTIONAL, arguments DEFAULT.
  public Requiredness requiredness() {
    return requiredness;
  }

  public Type type() {
    return Objects.requireNonNull(type);
  }

  /// Checked against [#type].
  public Optional<Value> defaultValue() {
    return Optional.ofNullable(defaultValue);
  }

  public Optional<DocComment> doc() {
    return syntax.doc();
  }

  public FieldDef syntax() {
    return syntax;
  }

  void link(Value linkedDefault) {
    defaultValue = linkedDefault;
  }

  /// Whether there is no type, for a reason that has been reported.
  boolean isPoisoned() {
    return type == null;
  }

  @Override
  public String toString() {
    return name();
  }
}
