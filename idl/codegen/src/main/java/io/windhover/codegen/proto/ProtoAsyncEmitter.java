package io.windhover.codegen.proto;

import io.windhover.codegen.model.JavaSource;
import io.windhover.codegen.proto.ServiceModel.MethodModel;
import java.util.List;

/// Emits the interface of a service for callers that go on while a call is under way. Methods of
/// streams are left out.
final class ProtoAsyncEmitter {

  private final JavaSource out;
  private final String name;
  private final ServiceModel service;
  private final List<MethodModel> methods;

  ProtoAsyncEmitter(JavaSource out, String name, ServiceModel service) {
    this.out = out;
    this.name = name;
    this.service = service;
    this.methods = service.methods(false);
  }

  void emit() {
    out.docText("[%s] for callers that go on while a call is under way.".formatted(service.name()));
    out.docText("");
    out.docText("A call runs on a virtual thread of its own and ends as that of a blocking stub:");
    out.docText(
        "what that returns or throws completes the stage. The request does not change till then.");
    out.code("public interface %s {".formatted(name));
    for (var method : methods) {
      out.doc(MessageEmitter.doc(method.method().comment()));
      out.code(signature(method) + ";");
      out.blank();
    }
    out.docText("Returns a client stub.");
    out.code("static %s on(%s caller) {".formatted(name, service.caller()));
    out.code("return new Stub(%s.on(caller));".formatted(service.name()));
    out.code("}");
    out.blank();
    out.docText("The same under another name, as of the blocking stub.");
    out.code("static %s on(%s caller, `String` service) {".formatted(name, service.caller()));
    out.code("return new Stub(%s.on(caller, service));".formatted(service.name()));
    out.code("}");
    out.blank();
    stub();
    out.code("}");
  }

  private void stub() {
    out.docText("What [#on] returns.");
    out.code("record Stub(%s service) implements %s {".formatted(service.view(), name));
    for (var method : methods) {
      if (!method.equals(methods.getFirst())) {
        out.blank();
      }
      out.code("@`Override`");
      out.code("public %s {".formatted(signature(method)));
      out.code(
          "return `AsyncCalls`.call(¦() -> this.service.%s(request));".formatted(method.name()));
      out.code("}");
    }
    out.code("}");
  }

  private static String signature(MethodModel method) {
    return "`CompletionStage`<%s> %s(%s request)"
        .formatted(method.response(), method.name(), method.request());
  }
}
