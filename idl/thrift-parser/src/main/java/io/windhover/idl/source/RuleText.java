package io.windhover.idl.source;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What a [Rule] is about, for people: prose, and an example that breaks it.
///
/// The texts are in `rules.md`, a section a rule. There, fenced blocks are the files of the
/// example; the first is the one to compile.
///
/// @param prose paragraphs, separated by empty lines
/// @param example texts by file name
public record RuleText(Rule rule, String prose, Map<String, String> example) {
  private static final String RESOURCE = "rules.md";
  private static final String FENCE = "```";
  private static final String MAIN = "main.thrift";

  public RuleText {
    example = Collections.unmodifiableMap(new LinkedHashMap<>(example));
  }

  public static RuleText of(Rule rule) {
    String heading = "\n## " + rule + "\n";
    String all = read();
    int start = all.indexOf(heading);
    if (start < 0) {
      throw new IllegalStateException(RESOURCE + " has no section of " + rule);
    }
    int from = start + heading.length();
    int end = all.indexOf("\n## ", from);
    return parse(rule, all.substring(from, end < 0 ? all.length() : end));
  }

  private static RuleText parse(Rule rule, String section) {
    var prose = new StringBuilder();
    var example = new LinkedHashMap<String, String>();
    List<String> block = null;
    String name = MAIN;
    for (String line : section.strip().lines().toList()) {
      if (!line.startsWith(FENCE)) {
        if (block == null) {
          prose.append(line).append('\n');
        } else {
          block.add(line);
        }
      } else if (block == null) {
        block = new ArrayList<>();
        name = line.contains(" ") ? line.substring(line.indexOf(' ') + 1) : MAIN;
      } else {
        example.put(name, String.join("\n", block) + "\n");
        block = null;
      }
    }
    return new RuleText(rule, prose.toString().strip(), example);
  }

  private static String read() {
    try (var in = RuleText.class.getResourceAsStream(RESOURCE)) {
      if (in == null) {
        throw new IllegalStateException(RESOURCE + " is missing");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
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
