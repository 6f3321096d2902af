package io.windhover.interop;

import io.windhover.interop.IdlCompiler.Outcome;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/// The file of the differences that are known: `idl/differences.txt`.
///
/// After `===` it says what becomes of some snippets, first with us, then with Apache Thrift, then
/// with Thriftgo; after each `---` why, followed by their names.
final class IdlDifferences {
  static final String FILE = "differences.txt";

  /// @param reason never blank
  record Known(Verdict verdict, String reason) {}

  /// What becomes of a snippet.
  record Verdict(Outcome ours, Outcome apache, Outcome thriftgo) {
    static Verdict parse(String text) {
      var words = text.toUpperCase(Locale.ROOT).split(" ", -1);
      return new Verdict(
          Outcome.valueOf(words[0]), Outcome.valueOf(words[1]), Outcome.valueOf(words[2]));
    }

    boolean isUnanimous() {
      return ours == apache && ours == thriftgo;
    }

    @Override
    public String toString() {
      return (ours + " " + apache + " " + thriftgo).toLowerCase(Locale.ROOT);
    }
  }

  private IdlDifferences() {}

  /// By the name of the snippet.
  static Map<String, Known> read() {
    return read(GoToolchain.read(Snippet.FOLDER.resolve(Path.of(FILE))));
  }

  private static Map<String, Known> read(String text) {
    var known = new LinkedHashMap<String, Known>();
    var verdict = "";
    var reason = "";
    for (var line : text.lines().toList()) {
      if (line.startsWith("=== ")) {
        verdict = line.substring(4);
        reason = "";
      } else if (line.startsWith("--- ")) {
        reason = line.substring(4).strip();
      } else if (!line.isBlank() && !line.startsWith("#")) {
        if (reason.isEmpty()) {
          throw new IllegalStateException("no reason for " + line);
        }
        if (known.put(line, new Known(Verdict.parse(verdict), reason)) != null) {
          throw new IllegalStateException("listed twice: " + line);
        }
      }
    }
    return known;
  }
}
