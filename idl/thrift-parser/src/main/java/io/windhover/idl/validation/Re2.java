package io.windhover.idl.validation;

import io.windhover.idl.validation.WrittenRule.Text;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/// Translates regular expressions of RE2, the engine of Go, to those of Java that find the same.
///
/// The two agree on most. What they do not agree on is spelled out here (`$` before a last line
/// break, `\s`, `\v`, scripts, what stands in brackets), and what RE2 refuses is refused:
/// look-around, back-references, possessive quantifiers. Names of groups are dropped.
final class Re2 {
  private static final int MAX_REPEAT = 1000;
  private static final int MAX_DEPTH = 100; // the stack of the JDK's parser holds far more
  private static final String SPACE = "\\t\\n\\f\\r ";
  private static final Pattern REPEAT = Pattern.compile("\\{(\\d+)(?:,(\\d*))?\\}");
  private static final Pattern GROUP_NAME = Pattern.compile("\\?P?<(\\w+)>");
  private static final Pattern FLAGS = Pattern.compile("\\?([imsU]*)(?:-([imsU]+))?([:)])");

  private final Text source;
  private final String text;
  private final StringBuilder java = new StringBuilder("(?d)"); // lines end with \n alone
  private final Deque<Boolean> outerMultiline = new ArrayDeque<>();
  private boolean multiline;
  private boolean afterQuantifier;
  private int position;

  private Re2(Text source) {
    this.source = source;
    this.text = source.text();
  }

  static Constraint.Pattern parse(Text source) throws BadRuleException {
    if (source.startsWith('$') || OperandParser.isCall(source)) {
      throw new BadRuleException(
          source.span(),
          "a pattern must be written out: it is translated when the code is generated");
    }
    var re2 = new Re2(source);
    while (re2.position < re2.text.length()) {
      re2.next();
    }
    var java = re2.java.toString();
    try {
      Pattern.compile(java);
    } catch (PatternSyntaxException e) {
      throw new BadRuleException(source.span(), "bad pattern: " + e.getDescription());
    }
    return new Constraint.Pattern(re2.text, java);
  }

  private void next() throws BadRuleException {
    int start = position;
    int c = text.codePointAt(position);
    position += Character.charCount(c);
    boolean isQuantifier = false;
    switch (c) {
      case '\\' -> java.append(escape(start, false));
      case '[' -> brackets(start);
      case '(' -> open(start);
      case ')' -> {
        multiline = !outerMultiline.isEmpty() && outerMultiline.pop();
        java.append(')');
      }
      case '$' -> java.append(multiline ? "$" : "\\z");
      case '*', '+', '?' -> {
        quantifier(start, Character.toString(c));
        isQuantifier = true;
      }
      case '{' -> isQuantifier = repeat(start);
      case '}', ']' -> java.append('\\').appendCodePoint(c);
      default -> java.appendCodePoint(c);
    }
    afterQuantifier = isQuantifier;
  }

  private void quantifier(int start, String quantifier) throws BadRuleException {
    if (afterQuantifier) {
      throw bad(start, "a quantifier may not follow another one");
    }
    java.append(quantifier);
    if (position < text.length() && text.charAt(position) == '?') {
      position++;
      java.append('?');
    }
  }

  /// @return whether the brace is one of a quantifier
  private boolean repeat(int start) throws BadRuleException {
    var matcher = REPEAT.matcher(text).region(start, text.length());
    if (!matcher.lookingAt()) {
      java.append("\\{");
      return false;
    }
    for (int group = 1; group <= 2; group++) {
      var count = matcher.group(group);
      if (count != null && (count.length() > 4 || number(count) > MAX_REPEAT)) {
        throw bad(start, "repeated more than " + MAX_REPEAT + " times");
      }
    }
    position = matcher.end();
    quantifier(start, matcher.group());
    return true;
  }

  private static int number(String digits) {
    return digits.isEmpty() ? 0 : Integer.parseInt(digits);
  }

  private void open(int start) throws BadRuleException {
    if (outerMultiline.size() == MAX_DEPTH) {
      throw bad(start, "groups nested deeper than " + MAX_DEPTH + " levels");
    }
    if (position == text.length() || text.charAt(position) != '?') {
      outerMultiline.push(multiline);
      java.append('(');
      return;
    }
    var name = GROUP_NAME.matcher(text).region(position, text.length());
    if (name.lookingAt()) {
      position = name.end();
      outerMultiline.push(multiline);
      java.append('(');
      return;
    }
    var flags = FLAGS.matcher(text).region(position, text.length());
    if (!flags.lookingAt()) {
      throw bad(start, "no group of RE2 begins like that: it has no look-around");
    }
    position = flags.end();
    flags(start, flags.group(1), flags.group(2) == null ? "" : flags.group(2), flags.group(3));
  }

  private void flags(int start, String on, String off, String end) throws BadRuleException {
    if (on.contains("U")) {
      throw bad(start, "flag U is not supported");
    }
    if (end.equals(":")) {
      outerMultiline.push(multiline);
    }
    multiline = !off.contains("m") && (multiline || on.contains("m"));
    var plainOff = off.replace("U", "");
    java.append("(?")
        .append(on.replace("i", "iu")) // cases are those of Unicode
        .append(plainOff.isEmpty() ? "" : "-" + plainOff)
        .append(end);
  }

  private void brackets(int start) throws BadRuleException {
    java.append('[');
    if (position < text.length() && text.charAt(position) == '^') {
      position++;
      java.append('^');
    }
    int first = position;
    while (position < text.length() && (text.charAt(position) != ']' || position == first)) {
      int at = position;
      int c = text.codePointAt(position);
      position += Character.charCount(c);
      switch (c) {
        case '\\' -> java.append(escape(at, true));
        case '[' -> java.append(posixClass(at));
        case '&', '^', ']', '~' -> java.append('\\').appendCodePoint(c);
        default -> java.appendCodePoint(c);
      }
    }
    if (position == text.length()) {
      throw bad(start, "no ] for this [");
    }
    position++;
    java.append(']');
  }

  private String posixClass(int start) throws BadRuleException {
    int end = text.startsWith("[:", start) ? text.indexOf(":]", start) : -1;
    if (end < 0) {
      return "\\[";
    }
    boolean isNegated = text.startsWith("^", start + 2);
    var name = text.substring(start + (isNegated ? 3 : 2), end);
    position = end + 2;
    var java =
        switch (name) {
          case "alnum" -> "Alnum";
          case "alpha" -> "Alpha";
          case "ascii" -> "ASCII";
          case "blank" -> "Blank";
          case "cntrl" -> "Cntrl";
          case "digit" -> "Digit";
          case "graph" -> "Graph";
          case "lower" -> "Lower";
          case "print" -> "Print";
          case "punct" -> "Punct";
          case "space" -> "Space";
          case "upper" -> "Upper";
          case "xdigit" -> "XDigit";
          case "word" -> "";
          default -> throw bad(start, "unknown class [:" + name + ":]");
        };
    if (java.isEmpty()) {
      return isNegated ? "\\W" : "\\w";
    }
    return (isNegated ? "\\P{" : "\\p{") + java + "}";
  }

  /// @param start of the backslash
  private String escape(int start, boolean inBrackets) throws BadRuleException {
    if (position == text.length()) {
      throw bad(start, "nothing after the last \\");
    }
    int c = text.codePointAt(position);
    position += Character.charCount(c);
    return switch (c) {
      case 'd', 'D', 'w', 'W', 'a', 'f', 't', 'n', 'r' -> "\\" + (char) c;
      case 'A', 'z', 'b', 'B' -> {
        if (inBrackets) {
          throw bad(start, "no place in the text can be in brackets");
        }
        yield "\\" + (char) c;
      }
      case 's' -> inBrackets ? SPACE : "[" + SPACE + "]";
      case 'S' -> inBrackets ? "\\S\\x0B" : "[^" + SPACE + "]";
      case 'v' -> "\\x0B";
      case 'p', 'P' -> unicodeClass(start, c == 'P');
      case 'x' -> hex(start);
      case 'Q' -> quoted();
      case '0', '1', '2', '3', '4', '5', '6', '7' -> octal(start, c);
      default -> {
        if (c >= 0x80 || Character.isLetterOrDigit(c)) {
          throw bad(start, "unknown escape \\" + Character.toString(c));
        }
        yield "\\" + (char) c;
      }
    };
  }

  private String unicodeClass(int start, boolean isNegated) throws BadRuleException {
    boolean isLong = text.startsWith("{", position);
    int end = isLong ? text.indexOf('}', position) : position + 1;
    if (end < 0 || end > text.length()) {
      throw bad(start, "no name of a class of characters after \\p");
    }
    var name = text.substring(isLong ? position + 1 : position, end);
    position = isLong ? end + 1 : end;
    boolean isReversed = name.startsWith("^");
    var plain = isReversed ? name.substring(1) : name;
    var java = plain.length() <= 2 ? plain : "Is" + plain; // L, Lu; Greek
    return (isNegated != isReversed ? "\\P{" : "\\p{") + java + "}";
  }

  private String hex(int start) throws BadRuleException {
    boolean isLong = text.startsWith("{", position);
    int end = isLong ? text.indexOf('}', position) : position + 2;
    if (end < 0 || end > text.length()) {
      throw bad(start, "no hexadecimal number after \\x");
    }
    var digits = text.substring(isLong ? position + 1 : position, end);
    position = isLong ? end + 1 : end;
    return "\\x{" + digits + "}";
  }

  private String quoted() {
    int end = text.indexOf("\\E", position);
    var quoted = text.substring(position, end < 0 ? text.length() : end);
    position = end < 0 ? text.length() : end + 2;
    return quoted.isEmpty() ? "" : quoted.replaceAll("[^A-Za-z0-9\\s\\P{ASCII}]", "\\\\$0");
  }

  /// Up to three digits; a single one but 0 would refer back to a group.
  private String octal(int start, int first) throws BadRuleException {
    int value = first - '0';
    int from = position;
    while (position < text.length() && position < from + 2 && isOctal(text.charAt(position))) {
      value = value * 8 + (text.charAt(position++) - '0');
    }
    if (position == from && first != '0') {
      throw bad(start, "RE2 has no back-references");
    }
    return "\\x{" + Integer.toHexString(value) + "}";
  }

  private static boolean isOctal(char c) {
    return c >= '0' && c <= '7';
  }

  private BadRuleException bad(int start, String problem) {
    int end = Math.min(text.length(), Math.max(position, start + 1));
    return new BadRuleException(source.part(start, end).span(), "bad pattern: " + problem);
  }
}
