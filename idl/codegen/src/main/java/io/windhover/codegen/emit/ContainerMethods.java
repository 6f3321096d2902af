package io.windhover.codegen.emit;

import io.windhover.codegen.model.WireType;
import io.windhover.codegen.model.WireType.Container;
import io.windhover.codegen.model.WireType.EnumType;
import io.windhover.codegen.model.WireType.ListType;
import io.windhover.codegen.model.WireType.MapType;
import io.windhover.codegen.model.WireType.Scalar;
import io.windhover.codegen.model.WireType.SetType;
import io.windhover.codegen.model.WireType.StructType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/// The private methods of one class that do one thing to containers, one for each type of them:
/// `readStringList`, `readLongStringListMap`.
final class ContainerMethods {
  private final String verb;
  private final Map<Container, String> names = new HashMap<>();
  private final List<Container> types = new ArrayList<>();
  private final Set<String> taken;

  /// @param taken names of other methods of the class
  ContainerMethods(String verb, Set<String> taken) {
    this.verb = verb;
    this.taken = new HashSet<>(taken);
  }

  /// Returns the name of the method for a type, which is now one of those that are needed.
  String nameFor(Container type) {
    return names.computeIfAbsent(type, this::newName);
  }

  private String newName(Container type) {
    types.add(type);
    var name = verb + words(type);
    while (!taken.add(name)) {
      name += "_";
    }
    return name;
  }

  /// Returns the words for a type, each with a capital.
  static String words(WireType type) {
    return switch (type) {
      case Scalar scalar -> scalar.boxed().replace("`", "");
      case EnumType named -> simple(named.name());
      case StructType named -> simple(named.name());
      case ListType list -> words(list.element()) + "List";
      case SetType set -> words(set.element()) + "Set";
      case MapType map -> words(map.key()) + words(map.value()) + "Map";
    };
  }

  private static String simple(String qualified) {
    return qualified.substring(qualified.lastIndexOf('.') + 1);
  }

  /// Emits the methods that are needed, those included that only the others need.
  void emit(Consumer<Container> method) {
    for (int i = 0; i < types.size(); i++) { // an iterator would not like that the list grows
      method.accept(types.get(i));
    }
  }
}
