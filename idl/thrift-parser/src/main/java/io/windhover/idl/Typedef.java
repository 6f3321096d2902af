package io.windhover.idl;

import io.windhover.idl.ast.TypedefDef;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Another name for a type.
public final class Typedef implements Type, Definition {
  private final Program program;
  private final TypedefDef syntax;
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

  @Override
  public TrueType trueType() {
    return Objects.requireNonNull(trueType);
  }

  /// @param target linked itself, if it is a typedef
  void link(Type target) {
    trueType = target.trueType();
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
