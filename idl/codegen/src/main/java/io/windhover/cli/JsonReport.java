package io.windhover.cli;

import io.windhover.source.Diagnostic;
import io.windhover.source.JsonWriter;
import io.windhover.source.Span;
import java.util.List;

/// Diagnostics as JSON: an array with an object a line.
final class JsonReport {
  private JsonReport() {}

  static String of(List<Diagnostic> diagnostics) {
    var json = JsonWriter.ofLines().beginArray();
    diagnostics.forEach(diagnostic -> write(json, diagnostic));
    return json.endArray().toString();
  }

  private static void write(JsonWriter json, Diagnostic diagnostic) {
    place(json.beginObject(), diagnostic.span());
    json.name("severity").value(diagnostic.severity().toString());
    json.name("code").value(diagnostic.rule().code());
    json.name("rule").value(diagnostic.rule().ruleName());
    json.name("message").value(diagnostic.message());
    diagnostic.help().ifPresent(help -> json.name("help").value(help));
    json.name("labels").beginArray();
    for (var label : diagnostic.labels()) {
      place(json.beginObject(), label.span());
      json.name("text").value(label.text()).endObject();
    }
    json.endArray().endObject();
  }

  private static void place(JsonWriter json, Span span) {
    json.name("file").value(span.file().path());
    json.name("line").value(span.line()).name("column").value(span.column());
    json.name("endLine").value(span.endLine()).name("endColumn").value(span.endColumn());
  }
}
