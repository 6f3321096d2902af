package io.windhover.codegen;

import io.windhover.idl.Field;
import io.windhover.idl.ast.Annotation;
import io.windhover.idl.source.Diagnostic;
import java.util.List;

/// What annotations of the IDL say about the Java that is generated.
final class Settings {

  /// What the keys of these annotations begin with.
  private static final String PREFIX = "windhover.";

  private static final String REDACT = PREFIX + "redact";

  private final List<Diagnostic> diagnostics;

  Settings(List<Diagnostic> diagnostics) {
    this.diagnostics = diagnostics;
  }

  /// Whether the value of a field must not show in texts.
  boolean isRedacted(Field field) {
    boolean isRedacted = false;
    for (var annotation : own(field.syntax().annotations())) {
      if (annotation.key().text().equals(REDACT)) {
        isRedacted = flag(annotation);
      } else {
        unknown(annotation, List.of(REDACT));
      }
    }
    return isRedacted;
  }

  private static List<Annotation> own(List<Annotation> annotations) {
    return annotations.stream().filter(it -> it.key().text().startsWith(PREFIX)).toList();
  }

  /// A bare key says yes.
  private boolean flag(Annotation annotation) {
    var value = value(annotation);
    if (!value.equals("true") && !value.equals("false")) {
      refused(annotation, "true or false");
    }
    return value.equals("true");
  }

  private static String value(Annotation annotation) {
    return annotation.value().map(it -> it.value()).orElse("true");
  }

  private void refused(Annotation annotation, String expected) {
    diagnostics.add(
        Diagnostic.error(
            annotation.span(),
            "%s: '%s' (expected: %s)"
                .formatted(annotation.key().text(), value(annotation), expected)));
  }

  /// A key that is misspelled must not pass in silence: it may stand for a secret.
  private void unknown(Annotation annotation, List<String> known) {
    diagnostics.add(
        Diagnostic.error(
            annotation.key().span(),
            "'%s' means nothing here (expected: %s)"
                .formatted(annotation.key().text(), String.join(", ", known))));
  }
}
