package io.windhover.idl.validation;

import io.windhover.idl.Constant;
import io.windhover.idl.Definition;
import io.windhover.idl.EnumType;
import io.windhover.idl.Program;
import io.windhover.idl.Typedef;
import io.windhover.idl.Value;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Resolves what a rule may name where an enum is expected: an item (`Color.RED`, `base.Color.RED`,
/// and `RED` alone) or a constant (`FAVOURITE`, `base.FAVOURITE`).
final class EnumNames {
  private final Program program;

  EnumNames(Program program) {
    this.program = program;
  }

  /// Returns null if the name leads to no item of `expected`.
  EnumType.@Nullable Item resolve(String name, EnumType expected) {
    int dot = name.lastIndexOf('.');
    boolean isItem = dot < 0 || isNameOf(expected, name.substring(0, dot));
    var item = isItem ? item(expected, name.substring(dot + 1)) : null;
    return item != null ? item : constant(name, expected);
  }

  private boolean isNameOf(EnumType expected, String name) {
    return find(name).stream()
        .anyMatch(
            it ->
                it == expected
                    || (it instanceof Typedef typedef && typedef.trueType() == expected));
  }

  private EnumType.@Nullable Item constant(String name, EnumType expected) {
    for (var definition : find(name)) {
      if (definition instanceof Constant constant) {
        var value =
            constant.value() instanceof Value.OfConstant(Constant _, Value plain)
                ? plain
                : constant.value();
        if (value instanceof Value.OfEnum(EnumType.Item item)
            && constant.type().trueType() == expected) {
          return item;
        }
      }
    }
    return null;
  }

  private static EnumType.@Nullable Item item(EnumType type, String name) {
    for (var item : type.items()) {
      if (item.name().equals(name)) {
        return item;
      }
    }
    return null;
  }

  private List<Definition> find(String name) {
    var found = new ArrayList<Definition>();
    add(program, name, found);
    for (var include : program.includes()) {
      if (name.startsWith(include.name() + ".")) {
        add(include, name.substring(include.name().length() + 1), found);
      }
    }
    return found;
  }

  private static void add(Program program, String name, List<Definition> found) {
    for (var definition : program.definitions()) {
      if (definition.name().equals(name)) {
        found.add(definition);
      }
    }
  }

  /// The names of the items, as a rule may write them.
  static List<String> candidates(EnumType type) {
    return type.items().stream().map(it -> type.name() + "." + it.name()).toList();
  }
}
