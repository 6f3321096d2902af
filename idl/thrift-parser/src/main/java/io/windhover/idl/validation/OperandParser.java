package io.windhover.idl.validation;

import io.windhover.idl.BaseType;
import io.windhover.idl.EnumType;
import io.windhover.idl.Program;
import io.windhover.idl.TrueType;
import io.windhover.idl.Value;
import io.windhover.idl.validation.Operand.Literal;
import io.windhover.idl.validation.WrittenRule.Text;
import io.windhover.source.Quote;
import io.windhover.source.parse.Suggestion;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/// Parses the values of annotations against the type that a rule compares.
final class OperandParser {

  /// Go's tool takes other texts that begin with `@` for what they are.
  private static final Pattern CALL = Pattern.compile("@[A-Za-z_][A-Za-z0-9_.]*\\s*\\(");

  private final References references;
  private final EnumNames enums;

  /// @param program of the annotations: its names can be used
  OperandParser(References references, Program program) {
    this.references = references;
    this.enums = new EnumNames(program);
  }

  /// @param expected a scalar type
  Operand parse(Text text, TrueType expected) throws BadRuleException {
    if (text.startsWith('$')) {
      return fitting(references.find(text), expected, text);
    }
    boolean isText = expected == BaseType.STRING || expected == BaseType.BINARY;
    if (text.startsWith('@') && (!isText || isCall(text))) {
      return fitting(new FunctionParser(references, text).parse(), expected, text);
    }
    return new Literal(expected, literal(text, expected));
  }

  /// Whether a text that may be a literal is the call of a function.
  static boolean isCall(Text text) {
    return CALL.matcher(text.text()).lookingAt();
  }

  private static Operand fitting(Operand operand, TrueType expected, Text text)
      throws BadRuleException {
    var wanted = new Literal(expected, new Value.OfInt(0)); // for its type
    if (operand.type().equals(expected) || (operand.isNumber() && wanted.isNumber())) {
      return operand;
    }
    throw new BadRuleException(
        text.span(), "expected %s, found %s".formatted(named(expected), named(operand.type())));
  }

  private static String named(TrueType type) {
    return type instanceof EnumType ? "an item of enum " + type : "a value of type " + type;
  }

  /// Parses `[1, 2, $field]`, or one operand.
  List<Operand> list(Text text, TrueType expected) throws BadRuleException {
    boolean isText = expected == BaseType.STRING || expected == BaseType.BINARY;
    if (isText || !text.startsWith('[')) {
      return List.of(parse(text, expected));
    }
    if (!text.text().endsWith("]")) {
      throw new BadRuleException(text.span(), "the list has no ] at its end");
    }
    var operands = new ArrayList<Operand>();
    for (var part : split(text.part(1, text.text().length() - 1))) {
      operands.add(parse(part.strip(), expected));
    }
    return operands;
  }

  /// Splits at the commas that are not inside of a call.
  private static List<Text> split(Text list) {
    var parts = new ArrayList<Text>();
    var text = list.text();
    int depth = 0;
    int start = 0;
    for (int i = 0; i < text.length(); i++) {
      switch (text.charAt(i)) {
        case '(' -> depth++;
        case ')' -> depth--;
        case ',' -> {
          if (depth == 0) {
            parts.add(list.part(start, i));
            start = i + 1;
          }
        }
        default -> {}
      }
    }
    parts.add(list.part(start, text.length()));
    return parts;
  }

  /// Parses a number of bytes, characters or elements.
  Operand size(Text text) throws BadRuleException {
    var operand = parse(text, BaseType.I64);
    if (!operand.isWhole()) {
      throw new BadRuleException(
          text.span(), "expected a whole number, found a value of type " + operand.type());
    }
    if (!(operand instanceof Literal(TrueType _, Value.OfInt(long size)))) {
      return operand;
    }
    if (size < 0 || size > Integer.MAX_VALUE) {
      throw new BadRuleException(
          text.span(), "size: %d (expected: 0..%d)".formatted(size, Integer.MAX_VALUE));
    }
    return new Literal(BaseType.I32, new Value.OfInt(size));
  }

  private Value literal(Text text, TrueType expected) throws BadRuleException {
    return switch (expected) {
      case BaseType.BOOL -> new Value.OfBool(bool(text));
      case BaseType.I8, BaseType.I16, BaseType.I32, BaseType.I64 ->
          new Value.OfInt(integer(text, (BaseType) expected));
      case BaseType.DOUBLE -> new Value.OfDouble(floating(text));
      case BaseType.STRING, BaseType.BINARY -> new Value.OfString(text.text());
      case EnumType type -> new Value.OfEnum(item(text, type));
      default -> throw new IllegalArgumentException(expected + " (expected: a scalar)");
    };
  }

  static boolean bool(Text text) throws BadRuleException {
    var value = GoLiterals.bool(text.text());
    if (value == null) {
      throw new BadRuleException(
          text.span(), "expected true or false, found " + Quote.of(text.text()));
    }
    return value;
  }

  private static long integer(Text text, BaseType type) throws BadRuleException {
    var value = GoLiterals.integer(text.text());
    if (value == null) {
      throw new BadRuleException(
          text.span(), "expected a whole number of 64 bits, found " + Quote.of(text.text()));
    }
    int unused =
        switch (type) {
          case I8 -> Long.SIZE - Byte.SIZE;
          case I16 -> Long.SIZE - Short.SIZE;
          case I32 -> Long.SIZE - Integer.SIZE;
          default -> 0;
        };
    if (value << unused >> unused != value) {
      throw new BadRuleException(text.span(), value + " does not fit " + type);
    }
    return value;
  }

  private static double floating(Text text) throws BadRuleException {
    var value = GoLiterals.floating(text.text());
    if (value == null) {
      throw new BadRuleException(text.span(), "expected a number, found " + Quote.of(text.text()));
    }
    return value;
  }

  private EnumType.Item item(Text text, EnumType type) throws BadRuleException {
    var item = enums.resolve(text.text(), type);
    if (item == null) {
      throw new BadRuleException(
          text.span(),
          "enum %s has no item %s".formatted(type, Quote.of(text.text())),
          Suggestion.help(text.text(), EnumNames.candidates(type)));
    }
    return item;
  }
}
