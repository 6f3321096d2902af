package io.windhover.idl;

import io.windhover.idl.TrueType.ListType;
import io.windhover.idl.TrueType.MapType;
import io.windhover.idl.TrueType.SetType;
import io.windhover.idl.annotation.AnnotationChecker;
import io.windhover.idl.annotation.RouteChecker;
import io.windhover.idl.annotation.Shape;
import io.windhover.idl.ast.FieldDef;
import io.windhover.idl.ast.MethodDef;
import io.windhover.idl.parser.Diagnostics;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Brings annotations together with what they stand on.
final class AnnotationLinker {
  private final AnnotationChecker annotations;
  private final RouteChecker routes;

  AnnotationLinker(Diagnostics diagnostics) {
    this.annotations = new AnnotationChecker(diagnostics);
    this.routes = new RouteChecker(diagnostics);
  }

  void check(StructType struct) {
    annotations.checkStruct(struct.syntax());
    check(struct.fields());
  }

  void check(Service service) {
    annotations.checkService(service.syntax());
    Map<MethodDef, List<FieldDef>> requests = new HashMap<>();
    for (Method method : service.methods()) {
      annotations.checkMethod(method.syntax());
      check(method.arguments());
      if (method.arguments().stream().allMatch(AnnotationLinker::isKnown)) {
        requests.put(method.syntax(), request(method));
      }
    }
    routes.check(service.syntax(), requests);
  }

  private void check(List<Field> fields) {
    Set<String> names = new HashSet<>();
    fields.forEach(field -> names.add(field.name()));
    for (Field field : fields) {
      if (!field.isPoisoned()) {
        annotations.checkField(field.syntax(), shape(field.type().trueType()), names);
      }
    }
  }

  private static boolean isKnown(Field argument) {
    return !argument.isPoisoned()
        && !(argument.type().trueType() instanceof StructType type && type.isIncomplete());
  }

  /// The fields of the structs that a method takes.
  private static List<FieldDef> request(Method method) {
    return method.arguments().stream()
        .filter(it -> it.type().trueType() instanceof StructType)
        .flatMap(it -> ((StructType) it.type().trueType()).fields().stream())
        .map(Field::syntax)
        .toList();
  }

  private static Shape shape(TrueType type) {
    return switch (type) {
      case BaseType base ->
          switch (base) {
            case BOOL -> Shape.scalar(Shape.Kind.BOOL);
            case I8, I16, I32, I64 -> Shape.scalar(Shape.Kind.INTEGER);
            case DOUBLE -> Shape.scalar(Shape.Kind.DOUBLE);
            case STRING, BINARY, UUID -> Shape.scalar(Shape.Kind.TEXT);
          };
      case EnumType _ -> Shape.scalar(Shape.Kind.ENUM);
      case StructType _ -> Shape.scalar(Shape.Kind.STRUCT);
      case ListType list -> Shape.list(shape(list.element().trueType()));
      case SetType set -> Shape.list(shape(set.element().trueType()));
      case MapType map -> Shape.map(shape(map.key().trueType()), shape(map.value().trueType()));
    };
  }
}
