package io.windhover.codegen;

import io.windhover.codegen.ServiceShape.Operation;
import java.util.Set;
import java.util.stream.Collectors;

/// Emits the interface of a service, which a handler implements and a client calls.
final class ServiceEmitter {
  private static final Set<String> STUB_FIELDS = Set.of("service", "caller");

  private final JavaSource out;
  private final String packageName;
  private final ServiceShape service;

  ServiceEmitter(JavaSource out, String packageName, ServiceShape service) {
    this.out = out;
    this.packageName = packageName;
    this.service = service;
  }

  void emit() {
    var name = service.name();
    var base = service.base();
    out.doc(service.doc());
    out.code(
        "public interface %s%s {".formatted(name, base == null ? "" : " ¦extends `" + base + "`"));
    for (var operation : service.operations()) {
      out.doc(operation.doc());
      out.code(signature(operation) + ";");
      out.blank();
    }
    out.docText("Returns a client stub: each of its methods is one call through `caller`.");
    out.code("static %s on(`Caller` caller) {".formatted(name));
    out.code("return new Stub(\"%s\", caller);".formatted(service.idlName()));
    out.code("}");
    out.blank();
    out.docText("Returns what a server needs to run `handler`.");
    out.code("static `Service` serve(%s handler) {".formatted(name));
    out.code(
        "return new `Service`(¦\"%s\", ¦%s.operations(handler));"
            .formatted(service.idlName(), service.calls()));
    out.code("}");
    out.blank();
    stub();
    out.code("}");
  }

  private static String signature(Operation operation) {
    return "%s %s(%s%s)%s"
        .formatted(
            operation.returnType(),
            operation.name(),
            operation.arguments().isEmpty() ? "" : "¦",
            operation.parameters(),
            operation.throwsClause());
  }

  private void stub() {
    var base = service.base();
    out.docText("What [#on] returns, and what the stubs of derived services extend.");
    out.code(
        "class Stub%s implements %s {"
            .formatted(base == null ? "" : " extends `%s`.Stub".formatted(base), service.name()));
    if (!service.operations().isEmpty()) {
      out.code("private final `String` service;");
      out.code("private final `Caller` caller;");
      out.blank();
    }
    boolean isBare = base == null && service.operations().isEmpty();
    out.docText("@param service the name under which the methods are called");
    out.code("public Stub(`String` service, `Caller` caller) {" + (isBare ? "}" : ""));
    if (base != null) {
      out.code("super(service, caller);");
    }
    if (!service.operations().isEmpty()) {
      out.code("this.service = service;");
      out.code("this.caller = caller;");
    }
    if (!isBare) {
      out.code("}");
    }
    service.operations().forEach(this::stubMethod);
    out.code("}");
  }

  private void stubMethod(Operation operation) {
    var names = operation.arguments().stream().map(JavaField::name).collect(Collectors.toSet());
    out.blank();
    out.code("@`Override`");
    out.code("public " + signature(operation) + " {");
    out.code(
        "%snew `%s.%s.%s`(%s)¦.call(%s, %s);"
            .formatted(
                operation.result() == null ? "" : "return ",
                packageName,
                service.calls(),
                operation.argumentsClass(),
                String.join(", ", operation.arguments().stream().map(JavaField::name).toList()),
                stubField("caller", names),
                stubField("service", names)));
    out.code("}");
  }

  private static String stubField(String name, Set<String> parameters) {
    return STUB_FIELDS.contains(name) && parameters.contains(name) ? "this." + name : name;
  }
}
