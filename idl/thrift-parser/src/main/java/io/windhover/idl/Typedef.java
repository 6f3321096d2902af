package io.windhover.idl;

import io.windhover.idl.ast.TypedefDef;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Another name for a type.
public final class Typedef implements Type, Definition {
  private final Program program;
  private final TypedefDef syntax;
  private @Nullable Type target;
  private @Nullable TrueType trueType;

  Typedef(Program program, TypedefDef syntax) {
    this.program = program;
    this.syntax = syntax;
  }

  @Override
  public Program program() {
    return program;
  }

  @Override
  public TypedefDef syntax() {
    return syntax;
  }

  /// The type it is another name for, as declared.
  public Type target() {
    return Objects.requireNonNull(target);
  }

  @Override
  public TrueType trueType() {
    return Objects.requireNonNull(trueType);
  }

  /// @param linkedTarget linked itself, if it is a typedef
  void link(Type linkedTarget) {
    target = linkedTarget;
    trueType = linkedTarget.trueType();
  }

  /// Whether there is no target, for a reason that has been reported.
  boolean isPoisoned() {
    return trueType == null;
  }

  @Override
  public String toString() {
    return name();
  }
}
