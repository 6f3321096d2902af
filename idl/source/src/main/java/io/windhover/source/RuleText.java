package io.windhover.source;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What a [Rule] is about, for people: prose, and an example that breaks it.
///
/// The texts of a language are one in Markdown, a section a rule. There, fenced blocks are the
/// files of the example; the first is the one to compile.
///
/// @param prose paragraphs, separated by empty lines
/// @param example texts by file name
public record RuleText(Rule rule, String prose, Map<String, String> example) {
  private static final String FENCE = "```";

  public RuleText {
    example = Collections.unmodifiableMap(new LinkedHashMap<>(example));
  }

  /// Reads the text of a rule out of a resource, and closes that.
  ///
  /// @param texts the texts of a language, in UTF-8; null if they are missing
  /// @param main what a file of an example is called that has no name there
  /// @throws IllegalStateException if there is no section of this rule
  public static RuleText read(Rule rule, @Nullable InputStream texts, String main) {
    try (texts) {
      if (texts == null) {
        throw new IllegalStateException("the texts of rules are missing");
      }
      return of(rule, new String(texts.readAllBytes(), StandardCharsets.UTF_8), main);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// @param all the texts of a language
  /// @param main what a file of an example is called that has no name there
  /// @throws IllegalStateException if there is no section of this rule
  static RuleText of(Rule rule, String all, String main) {
    String heading = "\n## " + rule + "\n";
    int start = all.indexOf(heading);
    if (start < 0) {
      throw new IllegalStateException("no section of " + rule);
    }
    int from = start + heading.length();
    int end = all.indexOf("\n## ", from);
    return parse(rule, all.substring(from, end < 0 ? all.length() : end), main);
  }

  private static RuleText parse(Rule rule, String section, String main) {
    var prose = new StringBuilder();
    var example = new LinkedHashMap<String, String>();
    List<String> block = null;
    String name = main;
    for (String line : section.strip().lines().toList()) {
      if (!line.startsWith(FENCE)) {
        if (block == null) {
          prose.append(line).append('\n');
        } else {
          block.add(line);
        }
      } else if (block == null) {
        block = new ArrayList<>();
        name = line.contains(" ") ? line.substring(line.indexOf(' ') + 1) : main;
      } else {
        example.put(name, String.join("\n", block) + "\n");
        block = null;
      }
    }
    return new RuleText(rule, prose.toString().strip(), example);
  }

  /// All of it as text: heading, prose, the files of the example.
  @Override
  public String toString() {
    var text = new StringBuilder();
    text.append(rule).append(" (").append(rule.severity());
    text.append(rule.isErrorWhenStrict() ? ", an error if strict)" : ")").append("\n\n");
    text.append(prose).append('\n');
    example.forEach(
        (name, content) -> {
          text.append("\n").append(example.size() > 1 ? name : "Example").append(":\n\n");
          content.lines().forEach(line -> text.append("    ").append(line).append('\n'));
        });
    return text.toString();
  }
}
