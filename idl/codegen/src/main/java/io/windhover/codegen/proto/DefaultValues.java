package io.windhover.codegen.proto;

import io.windhover.codegen.model.JavaLiterals;
import io.windhover.codegen.proto.FieldModel.Numeric;
import io.windhover.codegen.proto.FieldModel.OfBytes;
import io.windhover.codegen.proto.FieldModel.OfEnum;
import io.windhover.codegen.proto.FieldModel.OfMessage;
import io.windhover.codegen.proto.FieldModel.Text;
import io.windhover.codegen.proto.FieldModel.ValueModel;
import io.windhover.proto.Field;

/// What a field is that is not set, as Java.
final class DefaultValues {

  private static final String ZERO = "";

  private DefaultValues() {}

  /// Returns an expression; an empty one for a number that is zero and for a message.
  static String of(Field field, ValueModel value, ProtoNames names) {
    var written = field.defaultValue();
    return switch (value) {
      case Numeric(var kind) -> written.map(it -> number(kind, it)).orElse(ZERO);
      case Text _ -> written.map(JavaLiterals::quote).orElse("\"\"");
      case OfBytes _ -> written.map(DefaultValues::bytes).orElse("`Bytes`.EMPTY");
      case OfEnum(var java, var type) ->
          java
              + "."
              + names.constant(
                  type.values().stream()
                      .filter(it -> it.name().equals(written.orElse("")))
                      .findFirst()
                      .orElse(type.values().getFirst()));
      case OfMessage _ -> ZERO;
    };
  }

  private static String number(NumberKind kind, String text) {
    return switch (kind) {
      case INT32, SINT32, UINT32, FIXED32 -> Integer.toString((int) Long.parseLong(text));
      case INT64, SINT64, FIXED64 ->
          (text.startsWith("-") ? Long.parseLong(text) : Long.parseUnsignedLong(text)) + "L";
      case FLOAT -> floating(text, "`Float`", Float.parseFloat(javaText(text)) + "f");
      case DOUBLE ->
          floating(text, "`Double`", Double.toString(Double.parseDouble(javaText(text))));
      case BOOL -> text;
    };
  }

  private static String javaText(String text) {
    return switch (text) {
      case "inf" -> "Infinity";
      case "-inf" -> "-Infinity";
      case "nan", "-nan" -> "NaN";
      default -> text;
    };
  }

  private static String floating(String text, String type, String literal) {
    return switch (text) {
      case "inf" -> type + ".POSITIVE_INFINITY";
      case "-inf" -> type + ".NEGATIVE_INFINITY";
      case "nan", "-nan" -> type + ".NaN";
      default -> literal;
    };
  }

  /// @param escaped as descriptors have bytes: with the escapes of C
  private static String bytes(String escaped) {
    var latin = new StringBuilder();
    for (int i = 0; i < escaped.length(); i++) {
      char c = escaped.charAt(i);
      if (c != '\\') {
        latin.append(c);
        continue;
      }
      char kind = escaped.charAt(++i);
      switch (kind) {
        case 'n' -> latin.append('\n');
        case 'r' -> latin.append('\r');
        case 't' -> latin.append('\t');
        case '0', '1', '2', '3', '4', '5', '6', '7' -> {
          latin.append((char) Integer.parseInt(escaped.substring(i, i + 3), 8));
          i += 2;
        }
        default -> latin.append(kind);
      }
    }
    return "`Bytes`.wrap(%s.getBytes(`StandardCharsets`.ISO_8859_1))"
        .formatted(JavaLiterals.quote(latin.toString()));
  }
}
