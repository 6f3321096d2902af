package io.windhover.codegen.emit;

import io.windhover.codegen.model.JavaField;
import io.windhover.codegen.model.JavaSource;
import io.windhover.codegen.model.MethodShape;
import io.windhover.codegen.model.ServiceShape;
import java.util.List;
import java.util.stream.Collectors;

/// Emits the interface of a service for callers that go on while a call is under way.
///
/// It declares inherited methods too rather than extend such an interface of the base service,
/// whose file may not ask for one.
public final class AsyncEmitter {

  private static final String SERVICE = "service";

  private final JavaSource out;
  private final String name;
  private final ServiceShape service;
  private final List<MethodShape> methods;

  /// @param methods those of the service, inherited ones included; those of streams are left out
  public AsyncEmitter(
      JavaSource out, String name, ServiceShape service, List<MethodShape> methods) {
    this.out = out;
    this.name = name;
    this.service = service;
    this.methods = methods.stream().filter(method -> !method.kind().isStream()).toList();
  }

  public void emit() {
    out.docText("[%s] for callers that go on while a call is under way.".formatted(service.name()));
    out.docText("");
    out.docText("A call runs on a virtual thread of its own and ends as that of a blocking stub:");
    out.docText(
        "what that returns or throws completes the stage. Arguments do not change till then.");
    out.code("public interface %s {".formatted(name));
    for (var method : methods) {
      out.doc(method.doc());
      out.code(signature(method) + ";");
      out.blank();
    }
    out.docText("Returns a client stub.");
    out.code(
        "static %s on(%s caller) {"
            .formatted(name, service.hasStreams() ? "`StreamCaller`" : "`Caller`"));
    out.code("return new Stub(%s.on(caller));".formatted(service.name()));
    out.code("}");
    out.blank();
    stub();
    out.code("}");
  }

  private void stub() {
    out.docText("What [#on] returns.");
    out.code("final class Stub implements %s {".formatted(name));
    out.code("private final %s service;".formatted(service.view()));
    out.blank();
    out.code("private Stub(%s service) {".formatted(service.view()));
    out.code("this.service = service;");
    out.code("}");
    for (var method : methods) {
      out.blank();
      out.code("@`Override`");
      out.code("public " + signature(method) + " {");
      out.code(
          "return `AsyncCalls`.%s(¦() -> %s);"
              .formatted(method.result() == null ? "run" : "call", call(method)));
      out.code("}");
    }
    out.code("}");
  }

  private static String signature(MethodShape method) {
    return "`CompletionStage`<%s> %s(%s%s)"
        .formatted(
            method.result() == null ? "`Void`" : method.result().boxed(),
            method.name(),
            method.arguments().isEmpty() ? "" : "¦",
            method.parameters());
  }

  private static String call(MethodShape method) {
    var arguments =
        method.arguments().stream().map(JavaField::name).collect(Collectors.joining(", "));
    boolean isHidden = method.arguments().stream().anyMatch(it -> it.name().equals(SERVICE));
    return "%s.%s(%s)".formatted(isHidden ? "this." + SERVICE : SERVICE, method.name(), arguments);
  }
}
