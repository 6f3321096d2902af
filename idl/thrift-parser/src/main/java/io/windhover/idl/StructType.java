package io.windhover.idl;

import io.windhover.idl.ast.StructDef;
import io.windhover.idl.ast.StructKind;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A struct, union or exception.
public final class StructType implements TrueType, Definition {
  private final Program program;
  private final StructDef syntax;
  private final Map<String, Field> byName = new LinkedHashMap<>();
  private List<Field> fields = List.of();

  StructType(Program program, StructDef syntax) {
    this.program = program;
    this.syntax = syntax;
  }

  @Override
  public Program program() {
    return program;
  }

  @Override
  public StructDef syntax() {
    return syntax;
  }

  public StructKind kind() {
    return syntax.kind();
  }

  /// In the order of the file, which need not be the order of the ids.
  public List<Field> fields() {
    return fields;
  }

  void link(List<Field> linked) {
    fields = List.copyOf(linked);
    fields.forEach(field -> byName.put(field.name(), field));
  }

  @Nullable Field field(String name) {
    return byName.get(name);
  }

  Collection<String> fieldNames() {
    return byName.keySet();
  }

  /// Whether something may be missing, for a reason that has been reported.
  boolean isIncomplete() {
    return program.isIncomplete(syntax);
  }

  @Override
  public TrueType trueType() {
    return this;
  }

  @Override
  public String toString() {
    return name();
  }
}
