package io.windhover.fuzz;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.windhover.idl.ThriftCompiler;
import io.windhover.idl.dump.SyntaxJson;
import io.windhover.idl.format.Formatter;
import io.windhover.idl.parser.ParsedFile;
import java.util.List;
import java.util.Map;

/// The lexer, the parser, the checks and the formatter, with a file of any bytes: they have
/// diagnostics for it. What is right is formatted; that says the same, and is as the formatter
/// would have it.
public final class IdlTarget {
  private static final String NAME = "f.thrift";

  private static final int MAX_SHOWN = 1 << 20;

  private IdlTarget() {}

  /// Called by Jazzer.
  public static void fuzzerTestOneInput(byte[] input) {
    int shown =
        ThriftCompiler.compile(Map.of(NAME, new String(input, UTF_8)), List.of(NAME))
            .diagnostics()
            .stream()
            .mapToInt(it -> it.toString().length())
            .sum();
    if (shown > MAX_SHOWN) {
      throw new IllegalStateException("diagnostics of " + shown + " characters");
    }

    var parsed = ParsedFile.of(NAME, input);
    SyntaxJson.of(NAME, input);
    var formatted = Formatter.format(NAME, input).text();
    if (parsed.hasErrors() == formatted.isPresent()) {
      throw new IllegalStateException("formatted: " + formatted);
    }
    formatted.ifPresent(text -> check(parsed, text));
  }

  private static void check(ParsedFile before, String text) {
    var bytes = text.getBytes(UTF_8);
    var after = ParsedFile.of(NAME, bytes);
    if (after.hasErrors()
        || !SyntaxJson.withoutPlaces(after.document())
            .equals(SyntaxJson.withoutPlaces(before.document()))) {
      throw new IllegalStateException("says something else: " + text);
    }
    if (!Formatter.format(NAME, bytes).text().orElseThrow().equals(text)) {
      throw new IllegalStateException("formatted again, differs: " + text);
    }
  }
}
