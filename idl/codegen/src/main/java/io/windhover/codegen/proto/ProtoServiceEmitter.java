package io.windhover.codegen.proto;

import io.windhover.codegen.model.JavaLiterals;
import io.windhover.codegen.model.JavaSource;
import io.windhover.codegen.proto.ServiceModel.MethodModel;

/// Emits the interfaces of a service: that of its handler, and that of its callers if they see
/// streams from the other side.
final class ProtoServiceEmitter {

  private final JavaSource out;
  private final ServiceModel service;
  private final String caller;

  ProtoServiceEmitter(JavaSource out, ServiceModel service) {
    this.out = out;
    this.service = service;
    this.caller = service.caller();
  }

  void emit() {
    out.doc(MessageEmitter.doc(service.service().comment()));
    out.code("public interface %s {".formatted(service.name()));
    name("The name by which Kitex knows it.", "NAME", service.service().name());
    name("The name by which gRPC knows it.", "FULL_NAME", service.service().fullName());
    for (var method : service.methods()) {
      out.doc(MessageEmitter.doc(method.method().comment()));
      out.code(handlerSignature(method) + ";");
      out.blank();
    }
    out.docText("Returns a client stub: each of its methods is one call through `caller`.");
    out.code("static %s on(%s caller) {".formatted(service.view(), caller));
    out.code("return on(caller, NAME);");
    out.code("}");
    out.blank();
    out.docText(
        "The same under another name. gRPC says the package before it, unless it has a dot.");
    out.code("static %s on(%s caller, `String` service) {".formatted(service.view(), caller));
    out.code(
        "return new Stub(¦`Objects`.requireNonNull(caller, \"caller\"),"
            + " ¦`Objects`.requireNonNull(service, \"service\"));");
    out.code("}");
    out.blank();
    out.docText(
        "Returns what a server needs to run `handler`, under [#NAME] and, for gRPC, [#FULL_NAME].");
    out.code("static `Service` serve(%s handler) {".formatted(service.name()));
    out.code("`Objects`.requireNonNull(handler, \"handler\");");
    out.code(
        "return new `Service`(¦NAME, ¦%s.operations(handler)%s);"
            .formatted(
                service.calls(),
                service.hasStreams() ? ", ¦%s.streams(handler)".formatted(service.calls()) : ""));
    out.code("}");
    out.blank();
    stub();
    out.code("}");
  }

  private void name(String doc, String constant, String value) {
    out.docText(doc);
    out.code("`String` %s = %s;".formatted(constant, JavaLiterals.quote(value)));
    out.blank();
  }

  private void stub() {
    out.docText("What [#on] returns.");
    out.code(
        "record Stub(%s caller, `String` service) implements %s {"
            .formatted(caller, service.view()));
    for (var method : service.methods()) {
      separate(method);
      out.code("@`Override`");
      out.code("public %s {".formatted(callerSignature(method)));
      out.code("return %s;".formatted(call(method)));
      out.code("}");
    }
    out.code("}");
  }

  private void separate(MethodModel method) {
    if (!method.equals(service.methods().getFirst())) {
      out.blank();
    }
  }

  private String call(MethodModel method) {
    var constant = service.calls() + "." + method.constant();
    var stream = "this.caller.open(this.service, %s)".formatted(constant);
    return switch (method.kind()) {
      case UNARY ->
          "`MessageCall`.call(¦this.caller, ¦this.service, ¦%s, ¦request)".formatted(constant);
      case CLIENT_STREAM -> "`Streams`.clientStream(¦%s)".formatted(stream);
      case SERVER_STREAM -> "`Streams`.serverStream(¦%s, ¦request)".formatted(stream);
      case BIDI_STREAM -> "`Streams`.bidiStream(¦%s)".formatted(stream);
    };
  }

  /// Emits the interface of callers.
  void emitClient() {
    out.docText("[%s] as its callers see it.".formatted(service.name()));
    out.code("public interface %s {".formatted(service.view()));
    for (var method : service.methods()) {
      separate(method);
      out.doc(MessageEmitter.doc(method.method().comment()));
      out.code(callerSignature(method) + ";");
    }
    out.code("}");
  }

  private static String handlerSignature(MethodModel method) {
    var request = method.request();
    var response = method.response();
    return switch (method.kind()) {
      case UNARY -> "%s %s(%s request)".formatted(response, method.name(), request);
      case CLIENT_STREAM ->
          "%s %s(`StreamReceiver`<%s> in)".formatted(response, method.name(), request);
      case SERVER_STREAM ->
          "void %s(¦%s request, ¦`StreamSender`<%s> out)"
              .formatted(method.name(), request, response);
      case BIDI_STREAM ->
          "void %s(¦`StreamReceiver`<%s> in, ¦`StreamSender`<%s> out)"
              .formatted(method.name(), request, response);
    };
  }

  private static String callerSignature(MethodModel method) {
    var request = method.request();
    var response = method.response();
    return switch (method.kind()) {
      case UNARY -> handlerSignature(method);
      case CLIENT_STREAM ->
          "`ClientStream`<%s, %s> %s()".formatted(request, response, method.name());
      case SERVER_STREAM ->
          "`StreamReceiver`<%s> %s(%s request)".formatted(response, method.name(), request);
      case BIDI_STREAM -> "`BidiStream`<%s, %s> %s()".formatted(request, response, method.name());
    };
  }
}
