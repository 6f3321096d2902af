package io.windhover.cli;

import io.windhover.idl.source.Diagnostic;
import io.windhover.idl.source.Span;
import java.util.List;
import java.util.stream.Collectors;

/// Diagnostics as JSON: an array with an object a line.
final class JsonReport {
  private JsonReport() {}

  static String of(List<Diagnostic> diagnostics) {
    return diagnostics.stream()
        .map(JsonReport::object)
        .collect(Collectors.joining(",\n", "[\n", diagnostics.isEmpty() ? "]\n" : "\n]\n"));
  }

  private static String object(Diagnostic diagnostic) {
    var text = new StringBuilder("{");
    text.append(place(diagnostic.span()));
    text.append(",\"severity\":").append(string(diagnostic.severity().toString()));
    text.append(",\"code\":").append(string(diagnostic.rule().code()));
    text.append(",\"rule\":").append(string(diagnostic.rule().ruleName()));
    text.append(",\"message\":").append(string(diagnostic.message()));
    diagnostic.help().ifPresent(help -> text.append(",\"help\":").append(string(help)));
    var labels =
        diagnostic.labels().stream()
            .map(label -> "{" + place(label.span()) + ",\"text\":" + string(label.text()) + "}")
            .collect(Collectors.joining(",", "[", "]"));
    return text.append(",\"labels\":").append(labels).append("}").toString();
  }

  private static String place(Span span) {
    return "\"file\":%s,\"line\":%d,\"column\":%d,\"endLine\":%d,\"endColumn\":%d"
        .formatted(
            string(span.file().path()),
            span.line(),
            span.column(),
            span.endLine(),
            span.endColumn());
  }

  private static String string(String text) {
    var quoted = new StringBuilder("\"");
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"' || c == '\\') {
        quoted.append('\\').append(c);
      } else if (c < ' ' || c >= 127) { // so that a terminal obeys nothing of it
        quoted.append("\\u%04x".formatted((int) c));
      } else {
        quoted.append(c);
      }
    }
    return quoted.append('"').toString();
  }
}
