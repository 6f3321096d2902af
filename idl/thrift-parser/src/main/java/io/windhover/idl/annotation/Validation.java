package io.windhover.idl.annotation;

import io.windhover.idl.ast.Annotation;
import io.windhover.idl.ast.StringLiteral;
import io.windhover.idl.parser.Diagnostics;
import io.windhover.idl.parser.Suggestion;
import io.windhover.idl.source.Diagnostic;
import io.windhover.idl.source.Quote;
import io.windhover.idl.source.Rule;
import io.windhover.idl.source.Span;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Checks `vt.*`, the rules of thrift-gen-validator.
///
/// A key is `vt.` and a rule, or leads to a part of the field first: `vt.elem.min_size`,
/// `vt.key.pattern`, `vt.value.elem.gt`. A value is a literal, `$field` for another field of the
/// struct, or a call such as `@len($name)`.
final class Validation {
  private static final Pattern REFERENCE = Pattern.compile("\\$(\\w*)");
  private static final Pattern CALL = Pattern.compile("@\\w+\\(.*\\)");
  private static final List<String> PARTS = List.of("elem", "key", "value");

  private final Diagnostics diagnostics;

  Validation(Diagnostics diagnostics) {
    this.diagnostics = diagnostics;
  }

  void checkStruct(Annotation annotation) {
    if (!annotation.key().text().equals("vt.assert")) {
      reportUnknown(annotation, annotation.key().text(), List.of("vt.assert"));
    }
  }

  void checkField(Annotation annotation, Shape field, Set<String> siblings) {
    String[] steps = annotation.key().text().split("\\.", -1);
    Shape shape = field;
    for (int i = 1; i < steps.length - 1; i++) {
      Shape part = part(shape, steps[i]);
      if (part == null) {
        reportPart(annotation, steps[i], shape);
        return;
      }
      shape = part;
    }
    String name = steps[steps.length - 1];
    ValidationRule rule = ValidationRule.find(name);
    if (rule == null) {
      String prefix =
          annotation.key().text().substring(0, annotation.key().text().length() - name.length());
      reportUnknown(
          annotation,
          annotation.key().text(),
          ValidationRule.names(shape.kind()).stream().map(prefix::concat).toList());
    } else if (!rule.isFor(shape.kind())) {
      report(annotation.key().span(), "'" + name + "' means nothing for " + article(shape));
    } else {
      checkValue(annotation, rule, shape, siblings);
    }
  }

  private static @Nullable Shape part(Shape shape, String step) {
    return switch (shape.kind()) {
      case LIST -> step.equals("elem") ? shape.element() : null;
      case MAP ->
          switch (step) {
            case "key" -> shape.key();
            case "value" -> shape.element();
            default -> null;
          };
      case BOOL, INTEGER, DOUBLE, TEXT, ENUM, STRUCT -> null;
    };
  }

  private void reportPart(Annotation annotation, String step, Shape shape) {
    if (PARTS.contains(step)) {
      report(annotation.key().span(), article(shape) + " has no part '" + step + "'");
    } else {
      reportUnknown(annotation, step, PARTS);
    }
  }

  private void checkValue(
      Annotation annotation, ValidationRule rule, Shape shape, Set<String> siblings) {
    if (annotation.value().isEmpty()) {
      report(annotation.span(), "'" + annotation.key() + "' needs a value");
      return;
    }
    StringLiteral written = annotation.value().get();
    String value = written.raw();
    Matcher reference = REFERENCE.matcher(value);
    if (rule.takesReference() && reference.matches()) {
      String name = reference.group(1);
      if (!name.isEmpty() && !siblings.contains(name)) {
        diagnostics.report(
            Diagnostic.of(Rule.ANNOTATION_VALUE, written.span(), "no field '" + name + "' here")
                .maybeHelp(Suggestion.help(name, siblings.stream().sorted().toList())));
      }
    } else if (!(rule.takesReference() && CALL.matcher(value).matches())) {
      String problem = rule.problem(value, shape.kind());
      if (problem != null) {
        report(written.span(), Quote.of(value) + " is not " + problem);
      }
    }
  }

  private static String article(Shape shape) {
    return switch (shape.kind()) {
      case INTEGER, ENUM -> "an " + shape.kind();
      case BOOL, DOUBLE, TEXT, LIST, MAP, STRUCT -> "a " + shape.kind();
    };
  }

  private void report(Span span, String message) {
    diagnostics.report(Rule.ANNOTATION_VALUE, span, message);
  }

  private void reportUnknown(Annotation annotation, String word, List<String> known) {
    diagnostics.report(
        Diagnostic.of(
                Rule.UNKNOWN_ANNOTATION,
                annotation.key().span(),
                "unknown annotation " + Quote.of(annotation.key().text()))
            .maybeHelp(Suggestion.help(word, known)));
  }
}
