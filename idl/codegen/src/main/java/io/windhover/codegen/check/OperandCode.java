package io.windhover.codegen.check;

import io.windhover.codegen.model.JavaField;
import io.windhover.codegen.model.JavaLiterals;
import io.windhover.codegen.model.MemberNames;
import io.windhover.codegen.model.TypeNames;
import io.windhover.idl.BaseType;
import io.windhover.idl.EnumType;
import io.windhover.idl.Field;
import io.windhover.idl.TrueType;
import io.windhover.idl.Value;
import io.windhover.idl.validation.Operand;
import io.windhover.idl.validation.Operand.Call;
import io.windhover.idl.validation.Operand.Function;
import io.windhover.idl.validation.Operand.Literal;
import io.windhover.idl.validation.Operand.Reference;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/// Turns what rules compare with into Java expressions.
///
/// The object that is checked is in the variable `value`.
final class OperandCode {
  private final TypeNames names;
  private final Map<Field, JavaField> fields;
  private final UnaryOperator<String> binaries;

  /// @param binaries turns an expression for a `Binary` into the name of a constant
  OperandCode(TypeNames names, Map<Field, JavaField> fields, UnaryOperator<String> binaries) {
    this.names = names;
    this.fields = fields;
    this.binaries = binaries;
  }

  /// Returns the value of a field: the default of the IDL, if the field has one and is absent. A
  /// number is a primitive, which `==` compares.
  static String read(JavaField field) {
    var own = "value." + field.name();
    var absent = field.defaultCode();
    if (field.isNullable() && absent != null) {
      return "(%s != null ? %s : %s)".formatted(own, own, absent);
    }
    boolean isBoxed = field.type().isPrimitive() && !field.isPrimitive();
    return isBoxed ? "((%s) %s)".formatted(field.type().java(), own) : own;
  }

  /// Returns a condition for that there is a value to [#read]; empty if there always is.
  static String presence(JavaField field) {
    return field.defaultCode() != null ? "" : ownPresence(field);
  }

  /// Returns a condition for that a value was set; empty if there is no telling.
  static String ownPresence(JavaField field) {
    if (field.hasFlag()) {
      return "value.has" + field.stem();
    }
    return field.isNullable() ? "value.%s != null".formatted(field.name()) : "";
  }

  /// Returns a condition for that all is there that an operand reads; empty if that is always so.
  String presence(Operand operand) {
    return operand
        .fields()
        .map(field -> presence(java(field)))
        .filter(it -> !it.isEmpty())
        .distinct()
        .collect(Collectors.joining(" && "));
  }

  private JavaField java(Field field) {
    return Objects.requireNonNull(fields.get(field));
  }

  String expression(Operand operand) {
    return switch (operand) {
      case Literal literal -> literal(literal.type(), literal.value());
      case Reference reference -> read(java(reference.field()));
      case Call call -> call(call.function(), call.arguments());
    };
  }

  private String literal(TrueType type, Value value) {
    return switch (value) {
      case Value.OfBool(boolean bool) -> Boolean.toString(bool);
      case Value.OfInt(long number) -> type == BaseType.I64 ? number + "L" : Long.toString(number);
      case Value.OfDouble(double number) -> Double.toString(number);
      case Value.OfString(String text) when type == BaseType.BINARY ->
          binaries.apply(
              "`Binary`.wrap(%s.getBytes(`StandardCharsets`.UTF_8))"
                  .formatted(JavaLiterals.quote(text)));
      case Value.OfString(String text) -> JavaLiterals.quote(text);
      case Value.OfEnum(EnumType.Item item) ->
          names.java((EnumType) type) + "." + MemberNames.of(item);
      default -> throw new IllegalArgumentException(value + " (expected: a scalar)");
    };
  }

  private String call(Function function, List<Operand> arguments) {
    return switch (function) {
      case LEN -> length(arguments.getFirst().type(), expression(arguments.getFirst()));
      case SPRINTF -> text(arguments);
      case NOW_UNIX_NANO -> "`Functions`.nowUnixNanos()";
      case EQUAL -> equal(arguments.get(0), arguments.get(1));
      case MOD ->
          "`Functions`.mod(%s, %s)"
              .formatted(expression(arguments.get(0)), expression(arguments.get(1)));
      case ADD ->
          "`Functions`.add(%s, %s)"
              .formatted(expression(arguments.get(0)), expression(arguments.get(1)));
    };
  }

  /// Whether the operand reads a field whose value must not show.
  boolean isRedacted(Operand operand) {
    return operand.fields().anyMatch(field -> java(field).isRedacted());
  }

  /// Returns the Java type of an enum.
  String typeName(EnumType type) {
    return names.java(type);
  }

  /// Returns how many bytes, elements or entries a value has.
  static String length(TrueType type, String value) {
    return type == BaseType.STRING
        ? "`Functions`.utf8Bytes(%s)".formatted(value)
        : value + ".size()";
  }

  private String text(List<Operand> pieces) {
    if (pieces.isEmpty()) {
      return "\"\"";
    }
    boolean beginsAsText = pieces.getFirst().type() == BaseType.STRING;
    return pieces.stream()
        .map(this::expression)
        .collect(Collectors.joining(" + ", beginsAsText ? "(" : "(\"\" + ", ")"));
  }

  private String equal(Operand left, Operand right) {
    boolean isPrimitive = left.isNumber() || left.type() == BaseType.BOOL;
    var format = isPrimitive ? "%s == %s" : "%s.equals(%s)";
    return format.formatted(expression(left), expression(right));
  }
}
