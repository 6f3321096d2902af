package io.windhover.codegen.emit;

import io.windhover.codegen.check.CheckLowering;
import io.windhover.codegen.check.Checks;
import io.windhover.codegen.model.JavaField;
import io.windhover.codegen.model.JavaLiterals;
import io.windhover.codegen.model.JavaSource;
import io.windhover.codegen.model.MethodKind;
import io.windhover.codegen.model.MethodShape;
import io.windhover.codegen.model.ServiceShape;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/// Emits the package-private companion of a service: what its methods take and return, and how they
/// reach the handler.
public final class CallsEmitter {

  /// Of a generated interface: beside a method of their name, the compiler has to be told the
  /// types.
  private static final Set<String> STATIC_METHODS = Set.of("on", "serve");

  /// How much code the initializer of the class has at most, of 64 KiB: signatures beyond that are
  /// made by methods of their own.
  private static final int MAX_INITIALIZER = 30_000;

  private final JavaSource out;
  private final ServiceShape service;
  private final CheckLowering lowering;
  private final List<CheckLowering.OfMethod> checks;
  private final CallConstants constants;
  private final ValueCode values;
  private final List<String> made = new ArrayList<>();
  private int initializer;

  /// @param checks one for each method
  public CallsEmitter(
      JavaSource out,
      ServiceShape service,
      CheckLowering lowering,
      List<CheckLowering.OfMethod> checks,
      CallConstants constants) {
    this.out = out;
    this.service = service;
    this.lowering = lowering;
    this.checks = checks;
    this.constants = constants;
    this.values = new ValueCode(out, Set.of());
  }

  public void emit() {
    out.docText("What the methods of [" + service.name() + "] take and return.");
    out.code("final class %s {".formatted(service.calls()));
    constants.emit(out, values);
    for (int i = 0; i < service.methods().size(); i++) {
      method(service.methods().get(i), checks.get(i));
    }
    out.blank();
    out.code("private %s() {}".formatted(service.calls()));
    out.blank();
    operations();
    if (!service.unaryMethods().isEmpty()) {
      operation();
    }
    if (service.hasStreams()) {
      streams();
    }
    for (int i = 0; i < service.methods().size(); i++) {
      checkedArguments(service.methods().get(i), checks.get(i).arguments());
      checkedResult(service.methods().get(i), checks.get(i).result());
    }
    madeApart();
    values.readMethods();
    values.writeMethods();
    var arguments = service.methods().stream().flatMap(it -> it.arguments().stream()).toList();
    JavaLiterals.mapHelper(out, JavaField.defaultExpressions(arguments));
    out.code("}");
  }

  private void method(MethodShape method, CheckLowering.OfMethod checked) {
    if (method.kind().isStream()) {
      stream(method);
      return;
    }
    var signature = new StringBuilder();
    method.arguments().forEach(field -> signature.append(argument(field)));
    if (!checked.arguments().isEmpty()) {
      signature.append(checking("checkingArguments", method.argumentsRecord()));
    }
    var result = method.result();
    if (result != null) {
      signature.append("¦.returns(%s)".formatted(constants.codec(result)));
    }
    for (var error : method.errors()) {
      signature.append(
          "¦.declares(%s, \"%s\", %s.class, %s)"
              .formatted(
                  error.id(), error.idlName(), error.type().java(), constants.codec(error.type())));
    }
    if (!checked.result().isEmpty()) {
      signature.append(checking("checkingResult", method.resultRecord()));
    }
    var built =
        signature.isEmpty()
            ? "`Signature`.EMPTY"
            : "`Signature`.builder()%s¦.build()".formatted(signature);
    initializer += built.length(); // source code is about as long as its bytecode
    out.code(
        "static final `Method`<`Signature`> %s = ¦⟦new `Method`<>(¦\"%s\", ¦%s, ¦⟦%s);⟧⟧"
            .formatted(
                method.constant(),
                method.idlName(),
                method.kind() == MethodKind.ONEWAY,
                initializer > MAX_INITIALIZER ? apart(built) : built));
  }

  /// Returns a call of a method that makes the signature.
  private String apart(String signature) {
    made.add(signature);
    return "signature%s()".formatted(made.size());
  }

  private void madeApart() {
    for (int i = 0; i < made.size(); i++) {
      out.blank();
      out.code("private static `Signature` signature%s() {".formatted(i + 1));
      out.code("return %s;".formatted(made.get(i)));
      out.code("}");
    }
  }

  private void stream(MethodShape method) {
    var response = Objects.requireNonNull(method.result(), "a method of streams returns a struct");
    out.code(
        "static final `Method`<`StreamCodec`> %s = ¦⟦new `Method`<>(¦\"%s\", ¦`Method`.Kind.%s, ¦`StreamCodec`.of(%s, ¦%s));⟧"
            .formatted(
                method.constant(),
                method.idlName(),
                method.kind(),
                constants.codec(method.arguments().getFirst().type()),
                constants.codec(response)));
  }

  private String argument(JavaField field) {
    var absent = field.defaultCode() == null ? "" : ", () -> " + field.defaultCode();
    return "¦.%s(%s, \"%s\", %s%s)"
        .formatted(
            field.isRedacted() ? "redacted" : "argument",
            field.id(),
            field.idlName(),
            constants.codec(field.type()),
            absent);
  }

  private static String checking(String step, String record) {
    return "¦.%s((message, out) -> %s.of(message).validate(out))".formatted(step, record);
  }

  private void operations() {
    var base = service.base();
    var own = service.unaryMethods().stream().map(CallsEmitter::operation);
    out.code("static `List`<`Operation`> operations(%s handler) {".formatted(service.name()));
    if (base == null) {
      out.code("return `List`.of(¦%s);".formatted(own.collect(Collectors.joining(", ¦"))));
    } else {
      out.code(
          "var operations = ¦new `ArrayList`<>(`%s`.serve(handler).operations());".formatted(base));
      own.forEach(it -> out.code("operations.add(¦%s);".formatted(it)));
      out.code("return operations;");
    }
    out.code("}");
  }

  private static String operation(MethodShape method) {
    boolean isOverloaded = STATIC_METHODS.contains(method.name());
    var arguments = String.join(", ", arguments(method, isOverloaded));
    var call = "handler.%s(%s)".formatted(method.name(), arguments);
    return "⟦operation(¦%s, ¦in -> %s)⟧"
        .formatted(
            method.constant(), method.result() == null ? "{ " + call + "; return null; }" : call);
  }

  /// Returns the expressions for the arguments, each by its place.
  private static List<String> arguments(MethodShape method, boolean isTyped) {
    var arguments = new ArrayList<String>();
    for (var field : method.arguments()) {
      var type = isTyped ? "<%s>".formatted(field.type().boxed()) : "";
      arguments.add("in.%sget(%s)".formatted(type, arguments.size()));
    }
    return arguments;
  }

  private void streams() {
    var base = service.baseHasStreams() ? service.base() : null;
    var own =
        service.streams().stream()
            .map(
                method -> new StreamCode(method).operation(STATIC_METHODS.contains(method.name())));
    out.blank();
    out.code("static `List`<`StreamOperation`> streams(%s handler) {".formatted(service.name()));
    if (base == null) {
      out.code("return `List`.of(¦%s);".formatted(own.collect(Collectors.joining(", ¦"))));
    } else {
      out.code("var streams = ¦new `ArrayList`<>(`%s`.serve(handler).streams());".formatted(base));
      own.forEach(it -> out.code("streams.add(¦%s);".formatted(it)));
      out.code("return streams;");
    }
    out.code("}");
  }

  private void operation() {
    out.blank();
    out.code(
        "private static `Operation` operation(¦`Method`<`Signature`> method, ¦`Signature`.Body"
            + " body) {");
    out.code(
        "return new `Operation`(¦method, ¦(invocation, request) -> method.codec().run(request,"
            + " body));");
    out.code("}");
  }

  private void checkedArguments(MethodShape method, Checks checked) {
    if (checked.isEmpty()) {
      return;
    }
    checkedRecord(
        method,
        method.argumentsRecord(),
        "Arguments",
        method.arguments(),
        arguments(method, false),
        checked);
  }

  private void checkedResult(MethodShape method, Checks checked) {
    if (checked.isEmpty()) {
      return;
    }
    var fields = checked.values().stream().map(Checks.Checked::field).toList();
    var values = fields.stream().map(field -> "in.value(%s)".formatted(field.id())).toList();
    checkedRecord(method, method.resultRecord(), "Result", fields, values, checked);
  }

  private void checkedRecord(
      MethodShape method,
      String name,
      String message,
      List<JavaField> fields,
      List<String> values,
      Checks checked) {
    var emitter = lowering.emitter(out, name, checked);
    var components =
        fields.stream()
            .map(field -> field.type().java() + " " + field.name())
            .collect(Collectors.joining(", ¦"));
    out.blank();
    out.docText(
        "What is checked of the %s of [%s#%s]."
            .formatted(message.toLowerCase(Locale.ROOT), service.name(), method.name()));
    out.code("private record %s(¦%s)%s {".formatted(name, components, emitter.supertype()));
    out.method(
        "static %s of(`%s` in)".formatted(name, message),
        "return new %s(¦%s);".formatted(name, String.join(", ¦", values)));
    emitter.emit();
    out.code("}");
  }
}
