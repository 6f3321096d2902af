package io.windhover.codegen.model;

import io.windhover.idl.EnumType;
import io.windhover.idl.Field;
import io.windhover.idl.Method;
import io.windhover.idl.StructType;
import io.windhover.idl.ast.Requiredness;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// The Java names of what stands inside a definition.
public final class MemberNames {
  private MemberNames() {}

  /// Returns, by name in the IDL, the names of the fields of a struct or exception, or of the
  /// records of a union.
  ///
  /// @param packageRoots see [TypeNames#packageRoots]
  public static Map<String, String> of(
      StructType struct, boolean isRecord, Set<String> packageRoots) {
    return switch (struct.kind()) {
      case STRUCT ->
          isRecord
              ? components(struct.fields(), packageRoots)
              : fields(struct.fields(), ReservedNames.OF_STRUCT, packageRoots);
      case EXCEPTION -> fields(struct.fields(), ReservedNames.OF_EXCEPTION, packageRoots);
      case UNION -> arms(struct, packageRoots);
    };
  }

  private static Map<String, String> fields(
      List<Field> fields, Set<String> reserved, Set<String> packageRoots) {
    var taken = new HashSet<>(reserved);
    taken.addAll(packageRoots);
    for (var field : fields) {
      if (field.requiredness() == Requiredness.OPTIONAL) {
        taken.add("has" + stem(field));
        taken.add("clear" + stem(field));
      }
    }
    return spelled(fields, taken);
  }

  private static Map<String, String> components(List<Field> fields, Set<String> packageRoots) {
    var taken = new HashSet<>(ReservedNames.OF_RECORD);
    taken.addAll(packageRoots);
    for (var field : fields) {
      if (field.requiredness() == Requiredness.OPTIONAL && field.defaultValue().isPresent()) {
        taken.add(JavaNames.camelCase(field.name()) + ReservedNames.OR_DEFAULT);
      }
    }
    return spelled(fields, taken);
  }

  private static Map<String, String> spelled(List<Field> fields, Set<String> taken) {
    var names = new HashMap<String, String>();
    fields.forEach(field -> names.put(field.name(), JavaNames.member(field.name(), taken)));
    return names;
  }

  private static Map<String, String> arms(StructType union, Set<String> packageRoots) {
    var names = new HashMap<String, String>();
    var taken = new HashSet<>(ReservedNames.OF_UNION);
    taken.addAll(packageRoots);
    taken.addAll(JavaNames.KEYWORDS); // such as _
    taken.add(JavaNames.type(union.name()));
    for (var arm : union.fields()) {
      var name = stem(arm);
      while (taken.contains(name)) {
        name += "_";
      }
      names.put(arm.name(), name);
    }
    return names;
  }

  /// Returns what follows `has` and `clear` in the name of a method.
  public static String stem(Field field) {
    return JavaNames.pascalCase(field.name());
  }

  public static String of(EnumType.Item item) {
    return JavaNames.constant(item.name(), ReservedNames.OF_ENUM);
  }

  public static String of(Method method) {
    return JavaNames.member(method.name(), Set.of());
  }
}
