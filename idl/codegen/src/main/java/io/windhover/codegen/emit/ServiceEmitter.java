package io.windhover.codegen.emit;

import io.windhover.codegen.model.JavaField;
import io.windhover.codegen.model.JavaSource;
import io.windhover.codegen.model.MethodShape;
import io.windhover.codegen.model.ServiceShape;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Emits the interface of a service, which a handler implements and, unless it has streams, a
/// client calls.
public final class ServiceEmitter {
  private final JavaSource out;
  private final ServiceShape service;
  private final DescriptorMethod descriptor;

  public ServiceEmitter(JavaSource out, ServiceShape service, DescriptorMethod descriptor) {
    this.out = out;
    this.service = service;
    this.descriptor = descriptor;
  }

  public void emit() {
    var name = service.name();
    var base = service.base();
    out.doc(service.doc());
    out.code(
        "public interface %s%s {".formatted(name, base == null ? "" : " ¦extends `" + base + "`"));
    for (var method : service.methods()) {
      out.doc(method.doc());
      out.code(
          (method.kind().isStream() ? new StreamCode(method).handlerSignature() : signature(method))
              + ";");
      out.blank();
    }
    out.docText("Returns a client stub: each of its methods is one call through `caller`.");
    out.code("static %s on(%s caller) {".formatted(service.view(), caller()));
    out.code("return new Stub(\"%s\", caller);".formatted(service.idlName()));
    out.code("}");
    out.blank();
    out.docText("Returns what a server needs to run `handler`.");
    out.code("static `Service` serve(%s handler) {".formatted(name));
    out.code("`Objects`.requireNonNull(handler, \"handler\");");
    out.code(
        "return new `Service`(¦\"%s\", ¦%s.operations(handler)%s);"
            .formatted(
                service.idlName(),
                service.calls(),
                service.hasStreams() ? ", ¦%s.streams(handler)".formatted(service.calls()) : ""));
    out.code("}");
    descriptor.emit(out, "static", Set.of());
    out.blank();
    stub();
    out.code("}");
  }

  private String caller() {
    return service.hasStreams() ? "`StreamCaller`" : "`Caller`";
  }

  static String signature(MethodShape method) {
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
            .formatted(base == null ? "" : " extends `%s`.Stub".formatted(base), service.view()));
    boolean hasFields = base == null || !service.streams().isEmpty();
    if (hasFields) {
      out.code("private final `String` service;");
      out.code("private final %s caller;".formatted(caller()));
      out.blank();
    }
    out.docText("@param service the name under which the methods are called");
    out.code("public Stub(`String` service, %s caller) {".formatted(caller()));
    if (base != null) {
      out.code("super(service, caller);");
    }
    if (hasFields) {
      out.code("this.service = `Objects`.requireNonNull(service, \"service\");");
      out.code("this.caller = `Objects`.requireNonNull(caller, \"caller\");");
    }
    out.code("}");
    if (base == null) {
      call();
    }
    service.methods().forEach(this::stubMethod);
    out.code("}");
  }

  private void call() {
    out.blank();
    out.docText("Carries out one call; throws what the method declares.");
    out.code("protected final <T> T call(`Method`<`Signature`> method, `Object`... arguments) {");
    out.code(
        "return ((`Result`) caller.call(service, method,"
            + " method.codec().arguments(arguments))).orThrow();");
    out.code("}");
  }

  private void stubMethod(MethodShape method) {
    if (method.kind().isStream()) {
      var code = new StreamCode(method);
      out.blank();
      out.code("@`Override`");
      out.code("public " + code.callerSignature() + " {");
      out.code("return %s;".formatted(code.open(service.calls() + "." + method.constant())));
      out.code("}");
      return;
    }
    var arguments =
        Stream.concat(
            Stream.of(service.calls() + "." + method.constant()),
            method.arguments().stream().map(JavaField::name));
    out.blank();
    out.code("@`Override`");
    out.code("public " + signature(method) + " {");
    out.code(
        "%scall(¦%s);"
            .formatted(
                method.result() == null ? "" : "return ",
                arguments.collect(Collectors.joining(", ¦"))));
    out.code("}");
  }
}
