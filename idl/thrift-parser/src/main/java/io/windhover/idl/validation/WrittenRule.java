package io.windhover.idl.validation;

import io.windhover.idl.ast.Annotation;
import io.windhover.idl.ast.Name;
import io.windhover.idl.ast.StringLiteral;
import io.windhover.source.Span;
import java.util.ArrayList;
import java.util.List;

/// One `vt.*` annotation, or the rest of it that is about the values inside of a value.
///
/// @param words of the key that are not looked at yet; may be none
record WrittenRule(List<String> words, Annotation annotation) {

  private static final String PREFIX = "vt.";

  static List<WrittenRule> of(List<Annotation> annotations) {
    var rules = new ArrayList<WrittenRule>();
    for (var annotation : annotations) {
      if (isRule(annotation)) {
        var words = annotation.key().text().substring(PREFIX.length()).split("\\.", -1);
        rules.add(new WrittenRule(List.of(words), annotation));
      }
    }
    return rules;
  }

  static boolean isRule(Annotation annotation) {
    return annotation.key().text().startsWith(PREFIX);
  }

  /// The word that the key goes on with; empty if it does not.
  String word() {
    return words.isEmpty() ? "" : words.getFirst();
  }

  /// The same rule for whom the first word has led to.
  WrittenRule inner() {
    return new WrittenRule(words.subList(1, words.size()), annotation);
  }

  /// The key as far as it was looked at, with its dot.
  String prefix() {
    var key = key();
    var rest = String.join(".", words);
    return words.isEmpty() ? key + "." : key.substring(0, key.length() - rest.length());
  }

  /// The whole key.
  String key() {
    return name().text();
  }

  Name name() {
    return annotation.key();
  }

  Text value() throws BadRuleException {
    var literal = annotation.value();
    if (literal.isEmpty()) {
      throw new BadRuleException(
          annotation.span(), key() + " needs a value", "write " + key() + " = \"...\"");
    }
    return new Text(literal.get(), 0, literal.get().value().length());
  }

  /// The value of an annotation, or a part of it.
  record Text(StringLiteral literal, int from, int to) {

    String text() {
      return literal.value().substring(from, to);
    }

    Text part(int start, int end) {
      return new Text(literal, from + start, from + end);
    }

    Text strip() {
      var text = text();
      int start = text.length() - text.stripLeading().length();
      return part(start, Math.max(start, text.stripTrailing().length()));
    }

    boolean startsWith(char c) {
      return from < to && literal.value().charAt(from) == c;
    }

    /// Where it stands; of a text with escapes that is all of the literal.
    Span span() {
      var all = literal.span();
      boolean isPlain = literal.raw().equals(literal.value());
      int start = all.start() + 1; // behind the quote
      return isPlain && from < to ? all.file().span(start + from, start + to) : all;
    }
  }
}
