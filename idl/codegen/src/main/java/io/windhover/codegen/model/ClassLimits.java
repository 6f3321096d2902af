package io.windhover.codegen.model;

import io.windhover.codegen.model.WireType.Scalar;
import io.windhover.idl.BaseType;
import io.windhover.idl.Constant;
import io.windhover.idl.EnumType;
import io.windhover.idl.Method;
import io.windhover.idl.Program;
import io.windhover.idl.Service;
import io.windhover.idl.StructType;
import io.windhover.idl.Value;
import io.windhover.idl.ast.ConstValue;
import io.windhover.idl.rule.ThriftRule;
import io.windhover.source.Diagnostic;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// How much of an IDL a class file can hold. What does not fit and could not be split is refused.
public final class ClassLimits {

  /// Of a text: the Java Virtual Machine Specification, 4.4.7, has two bytes for its length.
  private static final int MAX_BYTES = 0xFFFF;

  /// Of a method: it has at most 65,535 bytes of code (4.7.3), and takes up to 25 for each. One
  /// makes all defaults of a struct, and one what is no further split of a constant: an element, or
  /// all of a struct.
  private static final int MAX_VALUES = 2_000;

  /// Of an enum: one method makes its constants, with 19 bytes of code for each.
  private static final int MAX_ITEMS = 3_400;

  /// Of a service or of the constants of a file: a class has a constant pool of 65,535 entries
  /// (4.1).
  private static final int MAX_ENTRIES = 60_000;

  /// How many of them a method takes, and each of its arguments and exceptions.
  private static final int METHOD_ENTRIES = 20;

  private static final int FIELD_ENTRIES = 4;

  /// How many a constant takes: its name and the number or text, or else what makes its value.
  private static final int LITERAL_ENTRIES = 3;

  private static final int MADE_ENTRIES = 8;

  /// How many each value in a constant takes, and all in a container, whose rest is elsewhere.
  private static final int VALUE_ENTRIES = 2;

  private static final int MAX_CONTAINER_ENTRIES = 1_000;

  /// How many slots the parameters of a method may take, `this` included (4.3.3).
  private static final int MAX_SLOTS = 255;

  private ClassLimits() {}

  /// Reports an enum with too many constants.
  static void checkItems(EnumType type, List<Diagnostic> diagnostics) {
    long count = type.items().stream().map(EnumType.Item::value).distinct().count();
    if (count > MAX_ITEMS) {
      diagnostics.add(
          Diagnostic.of(
                  ThriftRule.JAVA_LIMIT,
                  type.syntax().name().span(),
                  "'%s' has %s items, more than an enum of Java has room for (expected: at most %s)"
                      .formatted(type.name(), count, MAX_ITEMS))
              .withHelp("share them out among several enums, or use i32 and constants"));
    }
  }

  /// Reports a service with too many methods.
  static void checkMethods(Service service, List<Diagnostic> diagnostics) {
    int entries =
        service.methods().stream()
            .mapToInt(
                it ->
                    METHOD_ENTRIES
                        + FIELD_ENTRIES * (it.arguments().size() + it.exceptions().size()))
            .sum();
    if (entries > MAX_ENTRIES) {
      diagnostics.add(
          Diagnostic.of(
                  ThriftRule.JAVA_LIMIT,
                  service.syntax().name().span(),
                  "'%s' has %s methods, more than a class has room for"
                      .formatted(service.name(), service.methods().size()))
              .withHelp("share them out among several services, of which one extends another"));
    }
  }

  /// Reports a method with too many arguments.
  static void checkParameters(
      Method method, List<JavaField> parameters, List<Diagnostic> diagnostics) {
    int slots = 1 + slots(parameters);
    if (slots > MAX_SLOTS) {
      diagnostics.add(
          Diagnostic.of(
                  ThriftRule.JAVA_LIMIT,
                  method.syntax().name().span(),
                  "'%s' has too many arguments: they would take %s slots (expected: at most %s; i64 and double take two)"
                      .formatted(method.name(), slots, MAX_SLOTS))
              .withHelp("make them fields of a struct"));
    }
  }

  /// Reports a record with too many fields, whose constructor also takes the unknown ones.
  public static void checkComponents(
      StructType struct, List<JavaField> fields, List<Diagnostic> diagnostics) {
    int slots = 2 + slots(fields);
    if (slots > MAX_SLOTS) {
      diagnostics.add(
          Diagnostic.of(
                  ThriftRule.JAVA_LIMIT,
                  struct.syntax().name().span(),
                  "'%s' has too many fields for a record: its constructor would take %s slots (expected: at most %s; i64 and double take two)"
                      .formatted(struct.name(), slots, MAX_SLOTS))
              .withHelp("write (windhover.style = \"class\") behind the struct"));
    }
  }

  private static int slots(List<JavaField> fields) {
    return fields.stream().mapToInt(ClassLimits::slots).sum();
  }

  private static int slots(JavaField field) {
    boolean isDouble = field.type() == Scalar.I64 || field.type() == Scalar.DOUBLE;
    return field.isPrimitive() && isDouble ? 2 : 1;
  }

  /// Reports a struct whose defaults hold too many values.
  static void checkDefaults(StructType struct, List<Diagnostic> diagnostics) {
    long count =
        struct.fields().stream()
            .flatMap(field -> field.defaultValue().stream())
            .mapToLong(ClassLimits::count)
            .sum();
    if (count > MAX_VALUES) {
      diagnostics.add(
          Diagnostic.of(
                  ThriftRule.JAVA_LIMIT,
                  struct.syntax().name().span(),
                  "the defaults of '%s' hold %s values, more than a class has room for (expected: at most %s)"
                      .formatted(struct.name(), count, MAX_VALUES))
              .withHelp("make the large ones constants, and set them where a struct is made"));
    }
  }

  /// Reports constants that hold too much, and too many of them.
  static void checkConstants(Program program, List<Diagnostic> diagnostics) {
    var constants = program.definitions(Constant.class);
    constants.forEach(it -> checkValues(it, diagnostics));
    long entries = constants.stream().mapToLong(ClassLimits::entries).sum();
    if (entries > MAX_ENTRIES) {
      diagnostics.add(
          Diagnostic.of(
                  ThriftRule.JAVA_LIMIT,
                  program.syntax().span(),
                  "%s constants are more than a class has room for".formatted(constants.size()))
              .withHelp("share them out among several files"));
    }
  }

  private static void checkValues(Constant constant, List<Diagnostic> diagnostics) {
    long count = elements(constant.value()).mapToLong(ClassLimits::count).max().orElse(0);
    if (count > MAX_VALUES) {
      diagnostics.add(
          Diagnostic.of(
                  ThriftRule.JAVA_LIMIT,
                  constant.syntax().name().span(),
                  "a struct or an element in '%s' holds %s values, more than a method has room for (expected: at most %s)"
                      .formatted(constant.name(), count, MAX_VALUES))
              .withHelp("keep it in a file beside the program"));
    }
  }

  /// Returns the parts of a constant that are each made as a whole.
  private static Stream<Value> elements(Value value) {
    return switch (value) {
      case Value.OfList list -> list.elements().stream();
      case Value.OfMap map -> map.entries().stream().flatMap(it -> Stream.of(it.key(), it.value()));
      case Value.OfConstant constant -> elements(constant.value());
      case Value.OfStruct _, Value.OfEnum _, Value.OfEnumNumber _ -> Stream.of(value);
      case Value.OfBool _, Value.OfInt _, Value.OfDouble _, Value.OfString _, Value.OfUuid _ ->
          Stream.of(value);
    };
  }

  private static long entries(Constant constant) {
    var type = constant.type().trueType();
    if (type instanceof BaseType && type != BaseType.BINARY && type != BaseType.UUID) {
      return LITERAL_ENTRIES;
    }
    if (!Lowering.holdsStruct(type)) {
      return MADE_ENTRIES; // what it holds is in other classes, but for that of the first ones
    }
    long values = VALUE_ENTRIES * count(constant.value());
    boolean isSplit = !(type instanceof StructType);
    return MADE_ENTRIES + (isSplit ? Math.min(values, MAX_CONTAINER_ENTRIES) : values);
  }

  private static long count(Value value) {
    return switch (value) {
      case Value.OfList list -> 1 + list.elements().stream().mapToLong(ClassLimits::count).sum();
      case Value.OfMap map ->
          1 + map.entries().stream().mapToLong(it -> count(it.key()) + count(it.value())).sum();
      case Value.OfStruct struct ->
          1 + struct.members().stream().mapToLong(it -> count(it.value())).sum();
      case Value.OfConstant constant -> count(constant.value());
      case Value.OfBool _, Value.OfInt _, Value.OfDouble _, Value.OfString _, Value.OfUuid _ -> 1;
      case Value.OfEnum _, Value.OfEnumNumber _ -> 1;
    };
  }

  /// Reports a constant or default that holds a longer text.
  static void checkTexts(Value value, ConstValue syntax, List<Diagnostic> diagnostics) {
    var text = tooLong(value);
    if (text != null) {
      diagnostics.add(
          Diagnostic.of(
                  ThriftRule.JAVA_LIMIT,
                  syntax.span(),
                  "a text of %s characters is too long for a class file (expected: at most %s bytes)"
                      .formatted(text.length(), MAX_BYTES))
              .withHelp("keep it in a file beside the program"));
    }
  }

  private static @Nullable String tooLong(Value value) {
    return switch (value) {
      case Value.OfString text -> bytes(text.value()) > MAX_BYTES ? text.value() : null;
      case Value.OfList list -> first(list.elements());
      case Value.OfMap map ->
          first(map.entries().stream().flatMap(it -> Stream.of(it.key(), it.value())).toList());
      case Value.OfStruct struct -> first(struct.members().stream().map(it -> it.value()).toList());
      case Value.OfConstant constant -> tooLong(constant.value());
      case Value.OfBool _, Value.OfInt _, Value.OfDouble _, Value.OfUuid _ -> null;
      case Value.OfEnum _, Value.OfEnumNumber _ -> null;
    };
  }

  private static @Nullable String first(List<Value> values) {
    for (var value : values) {
      var text = tooLong(value);
      if (text != null) {
        return text;
      }
    }
    return null;
  }

  /// Returns the length in the UTF-8 of class files, which has two bytes for NUL and two times
  /// three for a character outside of the first plane.
  public static int bytes(String text) {
    return text.chars().map(it -> it == 0 ? 2 : it < 0x80 ? 1 : it < 0x800 ? 2 : 3).sum();
  }
}
