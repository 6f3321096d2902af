package io.windhover.idl;

import io.windhover.idl.ast.EnumDef;
import io.windhover.idl.ast.EnumItemDef;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// An enum.
public final class EnumType implements TrueType, Definition {
  private final Program program;
  private final EnumDef syntax;
  private final Map<String, Item> byName = new HashMap<>();
  private final Map<Integer, Item> byNumber = new HashMap<>();
  private List<Item> items = List.of();

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
  public List<Item> items() {
    return items;
  }

  void link(List<Item> linked) {
    items = List.copyOf(linked);
    for (Item item : items) {
      byName.put(item.name(), item);
      byNumber.putIfAbsent(item.value(), item);
    }
  }

  /// The first item of a number.
  @Nullable Item item(int number) {
    return byNumber.get(number);
  }

  @Nullable Item item(String name) {
    return byName.get(name);
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

  /// An item of an enum with its number, written or counted. Numbers may repeat within an enum.
  public record Item(String name, int value, EnumItemDef syntax) {}
}
