package io.windhover.scaffold;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The text of a file of a new project, with `{{name}}` for what differs.
final class Template {
  private static final Pattern PLACE = Pattern.compile("\\{\\{(\\w+)}}");

  private Template() {}

  /// @param name of a resource beside this class
  static String read(String name) throws IOException {
    try (var in = Template.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new FileNotFoundException("template " + name);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  /// @throws IllegalArgumentException if the text names what is not given
  static String fill(String text, Map<String, String> values) {
    return PLACE
        .matcher(text)
        .replaceAll(
            place -> {
              String value = values.get(place.group(1));
              if (value == null) {
                throw new IllegalArgumentException(
                    "%s (expected: one of %s)"
                        .formatted(place.group(), new TreeSet<>(values.keySet())));
              }
              return Matcher.quoteReplacement(value);
            });
  }
}
