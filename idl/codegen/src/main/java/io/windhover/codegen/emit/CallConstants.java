package io.windhover.codegen.emit;

import io.windhover.codegen.model.JavaNames;
import io.windhover.codegen.model.JavaSource;
import io.windhover.codegen.model.ServiceShape;
import io.windhover.codegen.model.TypeNames;
import io.windhover.codegen.model.WireType;
import io.windhover.codegen.model.WireType.Container;
import io.windhover.codegen.model.WireType.EnumType;
import io.windhover.codegen.model.WireType.Scalar;
import io.windhover.codegen.model.WireType.StructType;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/// The codecs of what the methods of a service take and return: where they are, and for containers
/// and enums the constants that hold them.
public final class CallConstants {

  private final Map<WireType, String> names = new LinkedHashMap<>();
  private final Set<String> taken = new HashSet<>();

  /// @param packageRoots see [TypeNames#packageRoots]
  public CallConstants(ServiceShape service, Set<String> packageRoots) {
    taken.addAll(packageRoots);
    service.methods().forEach(method -> taken.add(method.constant()));
    for (var method : service.methods()) {
      method.arguments().forEach(field -> add(field.type()));
      if (method.result() != null) {
        add(method.result());
      }
    }
  }

  private void add(WireType type) {
    if (type instanceof Container || type instanceof EnumType) {
      names.computeIfAbsent(type, this::newName);
    }
  }

  private String newName(WireType type) {
    var name = JavaNames.upperCase("", JavaNames.decapitalized(ContainerMethods.words(type)));
    while (!taken.add(name)) {
      name += "_";
    }
    return name;
  }

  /// Returns the names of the constants, those of methods included.
  public Set<String> names() {
    return taken;
  }

  /// Returns the expression for the codec of a type.
  String codec(WireType type) {
    return switch (type) {
      case Scalar scalar -> "`Scalars`." + scalar.name();
      case StructType struct -> struct.java() + ".CODEC";
      case EnumType named -> name(named);
      case Container container -> name(container);
    };
  }

  private String name(WireType type) {
    var name = names.get(type);
    if (name == null) {
      throw new IllegalArgumentException("not of this service: " + type);
    }
    return name;
  }

  /// Emits the constants.
  void emit(JavaSource out, ValueCode values) {
    names.forEach(
        (type, name) -> {
          var zero = type instanceof Container container ? container.empty() : "null";
          out.code(
              "private static final `ValueCodec`<%s> %s = ¦⟦`ValueCodec`.of(¦`ThriftType`.%s, ¦%s, ¦in -> %s, ¦(value, out) -> %s);⟧"
                  .formatted(
                      type.boxed(),
                      name,
                      type.code(),
                      zero,
                      values.read(type, "null"),
                      values.writeExpression(type, "value")));
        });
    if (!names.isEmpty()) {
      out.blank();
    }
  }
}
