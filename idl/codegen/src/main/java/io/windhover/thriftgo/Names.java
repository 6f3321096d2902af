package io.windhover.thriftgo;

import io.windhover.idl.Definition;
import io.windhover.idl.EnumType;
import io.windhover.idl.Program;
import io.windhover.idl.Typedef;
import io.windhover.idl.ast.Include;
import io.windhover.idl.ast.TypeRef;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/// The names that one file can use, each with the number of the include it comes from; and which of
/// the includes have been used so.
final class Names {
  /// The number of a file's own names.
  static final int OWN = -1;

  private final Map<String, Definition> own = new HashMap<>();
  private final List<Included> included = new ArrayList<>();
  private final BitSet used = new BitSet();

  /// An include. One whose path is there already does not count.
  ///
  /// @param path as Thriftgo reads it
  record Included(String path, Program program, Names names) {
    private String prefix() {
      return Include.prefix(path);
    }
  }

  /// What a name leads to.
  ///
  /// @param name without the prefix of an include
  record Target(Definition definition, String name, int include) {}

  /// @param include of the last typedef on the way, if that refers to another file
  record EnumTarget(EnumType type, int include) {}

  /// @param names of the files that are included
  Names(Program program, Function<Program, Names> names) {
    program.definitions().forEach(it -> own.put(it.name(), it));
    for (Include include : program.syntax().includes()) {
      var path = Literal.text(include.path());
      if (included.stream().noneMatch(it -> it.path().equals(path))) {
        var target = program.included(include);
        included.add(new Included(path, target, names.apply(target)));
      }
    }
  }

  /// The includes, each path once.
  List<Included> included() {
    return included;
  }

  boolean isUsed(int include) {
    return used.get(include);
  }

  void use(int include) {
    if (include != OWN) {
      used.set(include);
    }
  }

  /// Looks up a name that may have the prefix of an include.
  Optional<Target> find(String name) {
    int dot = name.lastIndexOf('.');
    if (dot < 0) {
      return Optional.ofNullable(own.get(name)).map(it -> new Target(it, name, OWN));
    }
    var last = name.substring(dot + 1);
    for (int i = 0; i < included.size(); i++) {
      if (included.get(i).prefix().equals(name.substring(0, dot))) {
        var definition = included.get(i).names().own.get(last);
        if (definition != null) {
          return Optional.of(new Target(definition, last, i));
        }
      }
    }
    return Optional.empty();
  }

  /// Looks up an enum of this file, or a typedef of this file for an enum of any.
  Optional<EnumTarget> ownEnum(String name) {
    return switch (own.get(name)) {
      case EnumType type -> Optional.of(new EnumTarget(type, OWN));
      case Typedef typedef
          when typedef.trueType() instanceof EnumType type
              && typedef.syntax().type() instanceof TypeRef.Named target ->
          find(target.name())
              .flatMap(
                  it ->
                      it.include() == OWN
                          ? ownEnum(it.name())
                          : Optional.of(new EnumTarget(type, it.include())));
      case null, default -> Optional.empty();
    };
  }
}
