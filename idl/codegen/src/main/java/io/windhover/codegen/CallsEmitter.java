package io.windhover.codegen;

import io.windhover.idl.ast.Requiredness;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/// Emits the package-private companion of a service: for each method the arguments and the result
/// as they travel, and how to get from one to the other, over the wire or through the handler.
final class CallsEmitter {

  private static final String SUCCESS = "success";
  private static final String EMPTY = "`EmptyStruct`.VALUE";
  private static final String EMPTY_CODEC = "`EmptyStruct`.CODEC";

  /// Fields of a result that no exception can have the name of.
  static final Set<String> RESERVED = Set.of(SUCCESS, "hasSuccess");

  private static final Set<String> LOCAL = Set.of("caller", "service", "result", "handler", "e");

  private final JavaSource out;
  private final ServiceShape service;
  private final CheckLowering lowering;
  private final List<CheckLowering.OfMethod> checks;

  /// @param checks one for each method
  CallsEmitter(
      JavaSource out,
      ServiceShape service,
      CheckLowering lowering,
      List<CheckLowering.OfMethod> checks) {
    this.out = out;
    this.service = service;
    this.lowering = lowering;
    this.checks = checks;
  }

  void emit() {
    out.docText("What the methods of [" + service.name() + "] send and receive.");
    out.code("final class %s {".formatted(service.calls()));
    out.code("private %s() {}".formatted(service.calls()));
    out.blank();
    operations();
    for (int i = 0; i < service.methods().size(); i++) {
      var method = service.methods().get(i);
      out.blank();
      arguments(method, checks.get(i).arguments());
      if (!method.isEmptyResult()) {
        out.blank();
        result(method, checks.get(i).result());
      }
    }
    var arguments = service.methods().stream().flatMap(it -> it.arguments().stream()).toList();
    JavaLiterals.mapHelper(out, JavaField.defaultExpressions(arguments));
    out.code("}");
  }

  private void operations() {
    var base = service.base();
    var own = service.methods().stream().map(it -> it.argumentsClass() + ".operation(handler)");
    out.code("static `List`<`Operation`> operations(%s handler) {".formatted(service.name()));
    if (base == null) {
      out.code("return `List`.of(¦%s);".formatted(own.collect(Collectors.joining(", ¦"))));
    } else {
      out.code(
          "var operations = ¦new `ArrayList`<>(`%s`.serve(handler).operations());".formatted(base));
      own.forEach(it -> out.code("operations.add(%s);".formatted(it)));
      out.code("return operations;");
    }
    out.code("}");
  }

  private void arguments(MethodShape method, Checks checked) {
    var name = method.argumentsClass();
    var emitter = lowering.emitter(out, name, checked);
    boolean isEmpty = method.arguments().isEmpty();
    out.docText(
        "%s [%s#%s]."
            .formatted(
                isEmpty ? "How to call" : "The arguments of", service.name(), method.name()));
    out.code("static final class %s%s {".formatted(name, emitter.supertype()));
    out.code(
        "static final `Method`<`StructCodec`<?>> METHOD = ¦⟦new `Method`<>(¦\"%s\", ¦%s, ¦%s, ¦%s);⟧"
            .formatted(
                method.idlName(),
                method.oneway(),
                isEmpty ? EMPTY_CODEC : "new Codec()",
                method.isEmptyResult()
                    ? EMPTY_CODEC
                    : "new %s.Codec()".formatted(method.resultClass())));
    out.blank();
    if (isEmpty) {
      out.code("private %s() {}".formatted(name));
    } else {
      method.arguments().forEach(field -> StructEmitter.declare(out, field));
      constructors(method);
    }
    out.blank();
    operation(method);
    out.blank();
    call(method);
    out.blank();
    run(method);
    if (!isEmpty) {
      emitter.emit();
      messageBody(name, method.arguments());
    }
    out.code("}");
  }

  private void constructors(MethodShape method) {
    out.blank();
    out.code("private %s() {}".formatted(method.argumentsClass()));
    out.blank();
    out.code("%s(¦%s) {".formatted(method.argumentsClass(), method.parameters()));
    for (var field : method.arguments()) {
      out.code("this.%s = ¦%s;".formatted(field.name(), StructEmitter.checked(field)));
    }
    out.code("}");
  }

  private void operation(MethodShape method) {
    var run =
        method.arguments().isEmpty()
            ? "run(handler)"
            : "((%s) request).run(handler)".formatted(method.argumentsClass());
    out.code("static `Operation` operation(%s handler) {".formatted(service.name()));
    out.code("return new `Operation`(¦METHOD, ¦(invocation, request) -> %s);".formatted(run));
    out.code("}");
  }

  /// Methods need no object if there are no arguments in it.
  private static String modifiers(MethodShape method) {
    return method.arguments().isEmpty() ? "static " : "";
  }

  private void call(MethodShape method) {
    out.code(
        "%s%s call(¦`Caller` caller, ¦`String` service)%s {"
            .formatted(modifiers(method), method.returnType(), method.throwsClause()));
    var call =
        "caller.call(service, METHOD, %s);"
            .formatted(method.arguments().isEmpty() ? EMPTY : "this");
    if (method.isEmptyResult()) {
      out.code(call);
      out.code("}");
      return;
    }
    out.code("var result = ¦(%s) %s".formatted(method.resultClass(), call));
    for (var error : method.errors()) {
      out.code("if (result.%s != null) {".formatted(error.name()));
      out.code("throw result.%s;".formatted(error.name()));
      out.code("}");
    }
    if (method.result() != null) {
      out.code(
          "if (%s) {"
              .formatted(
                  method.result().isPrimitive() ? "!result.hasSuccess" : "result.success == null"));
      out.code("throw `RpcException`.missingResult(service, \"%s\");".formatted(method.idlName()));
      out.code("}");
      out.code("return result.success;");
    }
    out.code("}");
  }

  private void run(MethodShape method) {
    out.code(
        "private %s%s run(%s handler) {"
            .formatted(modifiers(method), method.resultClass(), service.name()));
    if (method.isEmptyResult()) {
      out.code(assigned(method));
      out.code("return " + EMPTY + ";");
      out.code("}");
      return;
    }
    out.code("var result = new %s();".formatted(method.resultClass()));
    if (!method.errors().isEmpty()) {
      out.code("try {");
    }
    out.code(assigned(method));
    if (method.result() != null && method.result().isPrimitive()) {
      out.code("result.hasSuccess = true;");
    }
    var caught = new ArrayList<WireType>();
    for (var error : method.errors()) {
      if (!caught.contains(error.type())) {
        caught.add(error.type());
        out.code("} catch (%s e) {".formatted(error.type().java()));
        out.code("result.%s = e;".formatted(error.name()));
      }
    }
    if (!method.errors().isEmpty()) {
      out.code("}");
    }
    out.code("return result;");
    out.code("}");
  }

  /// A handler that returns null must not look like one that returned.
  private static String assigned(MethodShape method) {
    var call = "handler.%s(%s)".formatted(method.name(), arguments(method.arguments()));
    if (method.result() == null) {
      return call + ";";
    }
    return method.result().isPrimitive()
        ? "result.success = ¦" + call + ";"
        : "result.success = ¦`Objects`.requireNonNull(⟦¦%s, ¦\"%s returned null\");⟧"
            .formatted(call, method.idlName());
  }

  private static String arguments(List<JavaField> fields) {
    return String.join(
        ", ",
        fields.stream()
            .map(field -> LOCAL.contains(field.name()) ? "this." + field.name() : field.name())
            .toList());
  }

  private void result(MethodShape method, Checks checked) {
    var name = method.resultClass();
    var emitter = lowering.emitter(out, name, checked);
    var fields = resultFields(method);
    out.docText("The result of [%s#%s].".formatted(service.name(), method.name()));
    out.code("static final class %s%s {".formatted(name, emitter.supertype()));
    fields.forEach(field -> StructEmitter.declare(out, field));
    emitter.emit();
    messageBody(name, fields);
    out.code("}");
  }

  /// Returns the fields of a result: the value, if there is one, and the exceptions.
  static List<JavaField> resultFields(MethodShape method) {
    var fields = new ArrayList<JavaField>();
    if (method.result() != null) {
      fields.add(
          new JavaField(
              0,
              SUCCESS,
              SUCCESS,
              "Success",
              method.result(),
              Requiredness.OPTIONAL,
              null,
              null,
              false,
              false,
              List.of()));
    }
    fields.addAll(method.errors());
    return fields;
  }

  private void messageBody(String name, List<JavaField> fields) {
    new TextMethod(out, name, fields).emit();
    out.blank();
    new StructCodecEmitter(out, name, fields, false).emit();
  }
}
