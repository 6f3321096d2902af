package io.windhover.source.diff;

import io.windhover.source.JsonWriter;
import io.windhover.source.Span;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/// Changes as they are shown, the worst first.
public record Report(List<Change> changes) {

  public Report {
    var sorted = new ArrayList<>(changes);
    sorted.sort(Comparator.comparing(Change::level));
    changes = List.copyOf(sorted);
  }

  public long count(Level level) {
    return changes.stream().filter(change -> change.level() == level).count();
  }

  /// For people: three lines a change, and one for them all.
  public String text() {
    var text = new StringBuilder();
    for (Change change : changes) {
      text.append(
          "%s: %s: %s [%s]\n"
              .formatted(change.level(), change.subject(), change.message(), change.rule().id()));
      text.append("  %s -> %s\n".formatted(place(change.before()), place(change.after())));
      text.append("  %s\n".formatted(change.rule().consequence()));
    }
    return text + summary() + "\n";
  }

  private static String place(Optional<Span> span) {
    return span.map(Span::toString).orElse("nowhere");
  }

  /// The numbers by level.
  private String summary() {
    if (changes.isEmpty()) {
      return "no changes";
    }
    return Arrays.stream(Level.values())
        .filter(level -> count(level) > 0)
        .map(level -> count(level) + " " + noun(level, count(level) == 1))
        .collect(Collectors.joining(", "));
  }

  private static String noun(Level level, boolean isOne) {
    return switch (level) {
      case WIRE -> isOne ? "breaks the wire" : "break the wire";
      case SOURCE -> isOne ? "breaks the source" : "break the source";
      case NOTE -> isOne ? "note" : "notes";
    };
  }

  /// For tools.
  public String json() {
    var json = new JsonWriter().beginObject().name("version").value(1);
    json.name("wire").value(count(Level.WIRE));
    json.name("source").value(count(Level.SOURCE));
    json.name("notes").value(count(Level.NOTE));
    json.name("changes").beginArray();
    for (Change change : changes) {
      json.beginObject();
      json.name("rule").value(change.rule().id());
      json.name("level").value(change.level().name().toLowerCase(Locale.ROOT));
      json.name("subject").value(change.subject());
      json.name("message").value(change.message());
      json.name("consequence").value(change.rule().consequence());
      change.before().ifPresent(span -> place(json.name("before"), span));
      change.after().ifPresent(span -> place(json.name("after"), span));
      json.endObject();
    }
    return json.endArray().endObject().toString();
  }

  private static void place(JsonWriter json, Span span) {
    json.beginObject().name("file").value(span.file().path());
    json.name("line").value(span.line()).name("column").value(span.column()).endObject();
  }
}
