package io.windhover.codegen;

import io.windhover.codegen.ServiceShape.Operation;
import io.windhover.idl.ast.Requiredness;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// Emits the package-private companion of a service: for each method the arguments and the result
/// as they travel, and how to get from one to the other, over the wire or through the handler.
final class CallsEmitter {

  private static final String SUCCESS = "success";

  /// Fields of a result that no exception can have the name of.
  static final Set<String> RESERVED = Set.of(SUCCESS, "hasSuccess");

  private static final Set<String> LOCAL = Set.of("caller", "service", "result", "handler", "e");

  private final JavaSource out;
  private final ServiceShape service;

  CallsEmitter(JavaSource out, ServiceShape service) {
    this.out = out;
    this.service = service;
  }

  void emit() {
    out.docText("What the methods of [" + service.name() + "] send and receive.");
    out.code("final class %s {".formatted(service.calls()));
    out.code("private %s() {}".formatted(service.calls()));
    out.blank();
    operations();
    for (var operation : service.operations()) {
      out.blank();
      arguments(operation);
      if (!operation.isEmptyResult()) {
        out.blank();
        result(operation);
      }
    }
    var arguments = service.operations().stream().flatMap(it -> it.arguments().stream()).toList();
    JavaLiterals.mapHelper(out, JavaField.presetCode(arguments));
    out.code("}");
  }

  private void operations() {
    var base = service.base();
    out.code("static `List`<`Operation`> operations(%s handler) {".formatted(service.name()));
    var own =
        service.operations().stream()
            .map(operation -> operation.argumentsClass() + ".operation(handler)")
            .toList();
    if (base == null) {
      out.code("return `List`.of(¦" + String.join(", ¦", own) + ");");
    } else {
      out.code(
          "var operations = ¦new `ArrayList`<`Operation`>(`%s`.serve(handler).operations());"
              .formatted(base));
      own.forEach(operation -> out.code("operations.add(%s);".formatted(operation)));
      out.code("return operations;");
    }
    out.code("}");
  }

  private void arguments(Operation operation) {
    var name = operation.argumentsClass();
    out.docText("The arguments of [%s#%s].".formatted(service.name(), operation.name()));
    out.code("static final class %s {".formatted(name));
    out.code(
        "static final `Method`<`StructCodec`<?>> METHOD = ¦⟦new `Method`<>(¦\"%s\", ¦%s, ¦new Codec(), ¦%s);⟧"
            .formatted(operation.idlName(), operation.oneway(), operation.resultCodec()));
    out.blank();
    operation.arguments().forEach(this::field);
    if (operation.arguments().isEmpty()) {
      out.code("%s() {}".formatted(name));
    } else {
      constructors(operation);
    }
    out.blank();
    operation(operation);
    out.blank();
    call(operation);
    out.blank();
    run(operation);
    messageBody(name, operation.arguments());
    out.code("}");
  }

  private void constructors(Operation operation) {
    out.blank();
    out.code("private %s() {}".formatted(operation.argumentsClass()));
    out.blank();
    out.code("%s(¦%s) {".formatted(operation.argumentsClass(), operation.parameters()));
    for (var field : operation.arguments()) {
      out.code("this.%s = ¦%s;".formatted(field.name(), StructEmitter.checked(field)));
    }
    out.code("}");
  }

  private void operation(Operation operation) {
    out.code("static `Operation` operation(%s handler) {".formatted(service.name()));
    out.code(
        "return new `Operation`(¦METHOD, ¦(invocation, request) -> ((%s) request).run(handler));"
            .formatted(operation.argumentsClass()));
    out.code("}");
  }

  private void call(Operation operation) {
    out.code(
        "%s call(¦`Caller` caller, ¦`String` service)%s {"
            .formatted(operation.returnType(), operation.throwsClause()));
    if (operation.isEmptyResult()) {
      out.code("caller.call(service, METHOD, this);");
      out.code("}");
      return;
    }
    out.code(
        "var result = ¦(%s) caller.call(service, METHOD, this);"
            .formatted(operation.resultClass()));
    for (var error : operation.errors()) {
      out.code("if (result.%s != null) {".formatted(error.name()));
      out.code("throw result.%s;".formatted(error.name()));
      out.code("}");
    }
    if (operation.result() != null) {
      out.code(
          "if (%s) {"
              .formatted(
                  operation.result().isPrimitive()
                      ? "!result.hasSuccess"
                      : "result.success == null"));
      out.code(
          "throw `RpcException`.missingResult(service, \"%s\");".formatted(operation.idlName()));
      out.code("}");
      out.code("return result.success;");
    }
    out.code("}");
  }

  private void run(Operation operation) {
    out.code("%s run(%s handler) {".formatted(operation.resultClass(), service.name()));
    if (operation.isEmptyResult()) {
      out.code(assigned(operation));
      out.code("return `EmptyStruct`.VALUE;");
      out.code("}");
      return;
    }
    out.code("var result = new %s();".formatted(operation.resultClass()));
    if (!operation.errors().isEmpty()) {
      out.code("try {");
    }
    out.code(assigned(operation));
    if (operation.result() != null && operation.result().isPrimitive()) {
      out.code("result.hasSuccess = true;");
    }
    var caught = new ArrayList<WireType>();
    for (var error : operation.errors()) {
      if (!caught.contains(error.type())) {
        caught.add(error.type());
        out.code("} catch (%s e) {".formatted(error.type().java()));
        out.code("result.%s = e;".formatted(error.name()));
      }
    }
    if (!operation.errors().isEmpty()) {
      out.code("}");
    }
    out.code("return result;");
    out.code("}");
  }

  /// A handler that returns null must not look like one that returned.
  private static String assigned(Operation operation) {
    var call = "handler.%s(%s)".formatted(operation.name(), arguments(operation.arguments()));
    if (operation.result() == null) {
      return call + ";";
    }
    return operation.result().isPrimitive()
        ? "result.success = " + call + ";"
        : "result.success = ¦`Objects`.requireNonNull(⟦¦%s, ¦\"%s returned null\");⟧"
            .formatted(call, operation.idlName());
  }

  private static String arguments(List<JavaField> fields) {
    return String.join(
        ", ",
        fields.stream()
            .map(field -> LOCAL.contains(field.name()) ? "this." + field.name() : field.name())
            .toList());
  }

  private void result(Operation operation) {
    out.docText("The result of [%s#%s].".formatted(service.name(), operation.name()));
    var fields = new ArrayList<JavaField>();
    if (operation.result() != null) {
      fields.add(
          new JavaField(
              0,
              SUCCESS,
              SUCCESS,
              "Success",
              operation.result(),
              Requiredness.OPTIONAL,
              null,
              null,
              List.of()));
    }
    fields.addAll(operation.errors());
    message(operation.resultClass(), fields);
    out.code("}");
  }

  private void message(String name, List<JavaField> fields) {
    out.code("static final class %s {".formatted(name));
    fields.forEach(this::field);
    if (!fields.isEmpty()) {
      out.blank();
    }
    out.code("private %s() {}".formatted(name));
    messageBody(name, fields);
  }

  private void messageBody(String name, List<JavaField> fields) {
    out.blank();
    out.code("@`Override`");
    out.code("public `String` toString() {");
    out.code("return %s;".formatted(StructEmitter.display(name, fields)));
    out.code("}");
    out.blank();
    new StructCodecEmitter(out, name, fields, false).emit("private static");
  }

  private void field(JavaField field) {
    var initial = field.initial();
    out.code(
        "private %s %s%s;"
            .formatted(
                field.type().java(), field.name(), initial == null ? "" : " = ¦⟦" + initial + "⟧"));
    if (field.hasFlag()) {
      out.code("private boolean has%s;".formatted(field.stem()));
    }
  }
}
