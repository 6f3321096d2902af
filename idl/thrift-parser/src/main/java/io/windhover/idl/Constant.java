package io.windhover.idl;

import io.windhover.idl.ast.ConstDef;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// A named constant.
public final class Constant implements Definition {
  private final Program program;
  private final ConstDef syntax;
  private @Nullable Type type;
  private @Nullable Value value;
  private @Nullable ValueSize size;

  Constant(Program program, ConstDef syntax) {
    this.program = program;
    this.syntax = syntax;
  }

  @Override
  public Program program() {
    return program;
  }

  @Override
  public ConstDef syntax() {
    return syntax;
  }

  public Type type() {
    return Objects.requireNonNull(type);
  }

  public Value value() {
    return Objects.requireNonNull(value);
  }

  void link(Type linkedType, Value linkedValue) {
    type = linkedType;
    value = linkedValue;
    size = ValueSize.of(linkedValue);
  }

  ValueSize size() {
    return Objects.requireNonNull(size);
  }

  /// Whether there is no value, for a reason that has been reported.
  boolean isPoisoned() {
    return value == null;
  }

  @Override
  public String toString() {
    return name();
  }
}
