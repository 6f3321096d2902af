package io.windhover.maven;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

/// `docs/guides/maven.md`, as tests read it.
final class MavenGuide {
  private static final Path PAGE = Path.of("../../docs/guides/maven.md");
  private static final Pattern XML = Pattern.compile("```xml\n(.*?)\n```", Pattern.DOTALL);

  private MavenGuide() {}

  /// The first XML: what a user adds to the plugins.
  static String plugin() throws IOException {
    return xml().get(0);
  }

  /// The second: what the generated Java needs.
  static String runtime() throws IOException {
    return xml().get(1);
  }

  static List<String> lines() throws IOException {
    return Files.readAllLines(PAGE);
  }

  private static List<String> xml() throws IOException {
    return XML.matcher(Files.readString(PAGE)).results().map(it -> it.group(1)).toList();
  }
}
