package io.windhover.codegen.proto;

import io.windhover.codegen.model.JavaLiterals;
import io.windhover.codegen.model.JavaSource;
import io.windhover.codegen.proto.ServiceModel.Kind;
import io.windhover.codegen.proto.ServiceModel.MethodModel;
import java.util.stream.Collectors;

/// Emits the package-private companion of a service: what its methods take and return, and how they
/// reach the handler.
final class ProtoCallsEmitter {

  private final JavaSource out;
  private final ServiceModel service;
  private final MessageClasses classes;

  ProtoCallsEmitter(JavaSource out, ServiceModel service, MessageClasses classes) {
    this.out = out;
    this.service = service;
    this.classes = classes;
  }

  void emit() {
    out.docText("What the methods of [%s] take and return.".formatted(service.name()));
    out.code("final class %s {".formatted(service.calls()));
    service.methods().forEach(this::constant);
    out.blank();
    out.code("private %s() {}".formatted(service.calls()));
    out.blank();
    operations("Operation", "operations", false);
    if (service.hasStreams()) {
      out.blank();
      operations("StreamOperation", "streams", true);
    }
    out.code("}");
  }

  private void constant(MethodModel method) {
    out.code(
        "static final `Method`<`MessageCall`<%s, %s>> %s = ¦⟦new `Method`<>(¦%s, ¦`Method`.Kind.%s, ¦⟦new `MessageCall`<>(¦%s, ¦%s)%s"
            .formatted(
                method.request(),
                method.response(),
                method.constant(),
                JavaLiterals.quote(method.method().name()),
                method.kind(),
                classes.codec(method.method().input()),
                classes.codec(method.method().output()),
                end()));
  }

  /// With the package, which gRPC has in the service's name.
  private String end() {
    var fullName = service.service().fullName();
    int end = fullName.lastIndexOf('.');
    return end < 0 ? ");⟧⟧" : "⟧, ¦%s);⟧".formatted(JavaLiterals.quote(fullName.substring(0, end)));
  }

  private void operations(String type, String name, boolean ofStreams) {
    out.code("static `List`<`%s`> %s(%s handler) {".formatted(type, name, service.name()));
    var operations =
        service.methods(ofStreams).stream()
            .map(ProtoCallsEmitter::operation)
            .collect(Collectors.joining(", ¦"));
    out.code("return `List`.of(¦%s);".formatted(operations));
    out.code("}");
  }

  private static String operation(MethodModel method) {
    var handler = "handler::" + method.name();
    return method.kind() == Kind.UNARY
        ? "⟦`MessageCall`.operation(¦%s, ¦%s)⟧".formatted(method.constant(), handler)
        : "⟦`StreamOperation`.%s(¦%s, ¦%s)⟧"
            .formatted(factory(method.kind()), method.constant(), handler);
  }

  private static String factory(Kind kind) {
    return switch (kind) {
      case CLIENT_STREAM -> "clientStream";
      case SERVER_STREAM -> "serverStream";
      case BIDI_STREAM -> "bidiStream";
      case UNARY -> throw new IllegalArgumentException("no stream");
    };
  }
}
