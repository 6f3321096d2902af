package io.windhover.idl.validation;

import io.windhover.idl.BaseType;
import io.windhover.idl.Value;
import io.windhover.idl.validation.Operand.Literal;
import io.windhover.idl.validation.WrittenRule.Text;
import java.util.ArrayList;
import java.util.regex.Pattern;

/// Parses `@name(argument, ...)`: numbers, quoted texts, `$field` and further calls.
final class FunctionParser {
  private static final int MAX_DEPTH = 8;
  private static final int MAX_SIZE = 64;
  private static final int MAX_LENGTH = 1000;

  private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_.]*");
  private static final Pattern NUMBER = Pattern.compile("[+-]?[.0-9](?:[eE][+-]|[0-9A-Za-z_.])*");
  private static final Pattern QUOTED =
      Pattern.compile("\"((?:\\\\.|[^\"\\\\])*)\"|'((?:\\\\.|[^'\\\\])*)'");
  private static final Pattern SPACE = Pattern.compile("[ \t\r\n]*");

  private final References references;
  private final Text text;
  private int position;
  private int depth;

  FunctionParser(References references, Text text) {
    this.references = references;
    this.text = text;
  }

  /// Parses all of the text.
  Operand parse() throws BadRuleException {
    if (text.text().length() > MAX_LENGTH) {
      throw new BadRuleException(text.span(), "longer than %s characters".formatted(MAX_LENGTH));
    }
    var call = call();
    if (position < text.text().length()) {
      throw unexpected("the end of the value");
    }
    if (call.size() > MAX_SIZE) {
      throw new BadRuleException(
          text.span(), "more than %s values and functions in one".formatted(MAX_SIZE));
    }
    return call;
  }

  private Operand call() throws BadRuleException {
    if (++depth > MAX_DEPTH) {
      throw new BadRuleException(
          text.span(), "functions nested deeper than %s levels".formatted(MAX_DEPTH));
    }
    int start = position;
    position++; // the @
    int nameStart = position;
    var name = take(NAME, "the name of a function");
    var nameText = text.part(nameStart, nameStart + name.length());
    expect('(');
    var arguments = new ArrayList<Operand>();
    while (!accept(')')) {
      arguments.add(argument());
      if (!accept(',')) {
        accept(';');
      }
    }
    depth--;
    return new FunctionChecker(nameText, text.part(start, position)).call(name, arguments);
  }

  private Operand argument() throws BadRuleException {
    int start = position;
    return switch (peek()) {
      case '@' -> call();
      case '$' -> {
        position++;
        take(NAME, "the name of a field");
        yield references.find(text.part(start, position).strip());
      }
      case '"', '\'' -> {
        var quoted = take(QUOTED, "a text with a quote at its end");
        var inner = quoted.substring(1, quoted.length() - 1).replaceAll("\\\\([\"'\\\\])", "$1");
        yield new Literal(BaseType.STRING, new Value.OfString(inner));
      }
      default -> number(text.part(start, start + take(NUMBER, "an argument or )").length()));
    };
  }

  private static Operand number(Text number) throws BadRuleException {
    var whole = GoLiterals.integer(number.text());
    if (whole != null) {
      return new Literal(BaseType.I64, new Value.OfInt(whole));
    }
    var floating = GoLiterals.floating(number.text());
    if (floating != null) {
      return new Literal(BaseType.DOUBLE, new Value.OfDouble(floating));
    }
    throw new BadRuleException(number.span(), "not a number");
  }

  private char peek() {
    return position < text.text().length() ? text.text().charAt(position) : '\0';
  }

  private boolean accept(char c) {
    if (peek() != c) {
      return false;
    }
    position++;
    skipSpace();
    return true;
  }

  private void expect(char c) throws BadRuleException {
    if (!accept(c)) {
      throw unexpected(Character.toString(c));
    }
  }

  private String take(Pattern pattern, String what) throws BadRuleException {
    var matcher = pattern.matcher(text.text()).region(position, text.text().length());
    if (!matcher.lookingAt()) {
      throw unexpected(what);
    }
    position = matcher.end();
    skipSpace();
    return matcher.group();
  }

  private void skipSpace() {
    var space = SPACE.matcher(text.text()).region(position, text.text().length());
    if (space.lookingAt()) {
      position = space.end();
    }
  }

  private BadRuleException unexpected(String expected) {
    int end = text.text().length();
    var found = position < end ? "'" + text.text().charAt(position) + "'" : "the end of the value";
    int from = Math.min(position, end - 1);
    return new BadRuleException(
        text.part(from, from + 1).span(), "expected %s, found %s".formatted(expected, found));
  }
}
