package io.windhover.idl;

import io.windhover.idl.annotation.AnnotationChecker;
import io.windhover.idl.annotation.RouteChecker;
import io.windhover.idl.ast.FieldDef;
import io.windhover.idl.ast.MethodDef;
import io.windhover.source.parse.Diagnostics;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

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
    fields.forEach(field -> annotations.checkField(field.syntax()));
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
}
