package io.windhover.codegen;

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
    for (var method : service.methods()) {
      out.doc(method.doc());
      out.code(signature(method) + ";");
      out.blank();
    }
    out.docText("Returns a client stub: each of its methods is one call through `caller`.");
    out.code("static %s on(`Caller` caller) {".formatted(name));
    out.code("return new Stub(\"%s\", caller);".formatted(service.idlName()));
    out.code("}");
    out.blank();
    out.docText("Returns what a server needs to run `handler`.");
    out.code("static `Service` serve(%s handler) {".formatted(name));
    out.code("`Objects`.requireNonNull(handler, \"handler\");");
    out.code(
        "return new `Service`(¦\"%s\", ¦%s.operations(handler));"
            .formatted(service.idlName(), service.calls()));
    out.code("}");
    out.blank();
    stub();
    out.code("}");
  }

  private static String signature(MethodShape method) {
    return "%s %s(%s%s)%s"
        .formatted(
            method.returnType(),
            method.name(),
            method.arguments().isEmpty() ? "" : "¦",
            method.parameters(),
            method.throwsClause());
  }

  private void stub() {
    var base = service.base();
    out.docText("What [#on] returns, and what the stubs of derived services extend.");
    out.code(
        "class Stub%s implements %s {"
            .formatted(base == null ? "" : " extends `%s`.Stub".formatted(base), service.name()));
    if (base == null) {
      out.code("protected final `String` service;");
      out.code("protected final `Caller` caller;");
      out.blank();
    }
    out.docText("@param service the name under which the methods are called");
    out.code("public Stub(`String` service, `Caller` caller) {");
    if (base == null) {
      out.code("this.service = `Objects`.requireNonNull(service, \"service\");");
      out.code("this.caller = `Objects`.requireNonNull(caller, \"caller\");");
    } else {
      out.code("super(service, caller);");
    }
    out.code("}");
    service.methods().forEach(this::stubMethod);
    out.code("}");
  }

  private void stubMethod(MethodShape method) {
    var names = method.arguments().stream().map(JavaField::name).collect(Collectors.toSet());
    out.blank();
    out.code("@`Override`");
    out.code("public " + signature(method) + " {");
    out.code(
        "%s%s¦.call(%s, %s);"
            .formatted(
                method.result() == null ? "" : "return ",
                arguments(method),
                stubField("caller", names),
                stubField("service", names)));
    out.code("}");
  }

  /// Returns what has the method `call`: an object, or the class if there is nothing in one.
  private String arguments(MethodShape method) {
    var type = "`%s.%s.%s`".formatted(packageName, service.calls(), method.argumentsClass());
    return method.arguments().isEmpty()
        ? type
        : "new %s(%s)"
            .formatted(
                type, String.join(", ", method.arguments().stream().map(JavaField::name).toList()));
  }

  private static String stubField(String name, Set<String> parameters) {
    return STUB_FIELDS.contains(name) && parameters.contains(name) ? "this." + name : name;
  }
}
