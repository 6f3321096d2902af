package io.windhover.idl;

import io.windhover.idl.ast.EnumDef;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// An enum.
public final class EnumType implements TrueType, Definition {
  private final Program program;
  private final EnumDef syntax;
  private final Map<String, EnumItem> byName = new HashMap<>();
  private final Map<Integer, EnumItem> byNumber = new HashMap<>();
  private List<EnumItem> items = List.of();

  EnumType(Program program, EnumDef syntax) {
    this.program = program;
    this.syntax = syntax;
  }

  @Override
  public Program program() {
    return program;
  }

  @Override
  public EnumDef syntax() {
    return syntax;
  }

  /// In the order of the file.
  public List<EnumItem> items() {
    return items;
  }

  void link(List<EnumItem> linked) {
    items = List.copyOf(linked);
    for (EnumItem item : items) {
      byName.put(item.name(), item);
      byNumber.putIfAbsent(item.value(), item);
    }
  }

  /// The first item of a number.
  @Nullable EnumItem item(int number) {
    return byNumber.get(number);
  }

  @Nullable EnumItem item(String name) {
    return byName.get(name);
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
