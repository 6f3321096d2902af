package io.windhover.maven;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Properties;

/// An installed JDK, known by its home folder.
final class Jdk {
  static final int NEEDED = 25;

  private final Path home;

  Jdk(Path home) {
    this.home = home;
  }

  /// Returns the JDK that a tool such as `/opt/jdk/bin/java` belongs to.
  static Optional<Jdk> ofTool(Path tool) {
    return Optional.ofNullable(tool.toAbsolutePath().getParent())
        .map(Path::getParent)
        .map(Jdk::new);
  }

  Path java() {
    var windows = home.resolve("bin").resolve("java.exe");
    return Files.exists(windows) ? windows : home.resolve("bin").resolve("java");
  }

  /// Whether it is new enough for the generator.
  boolean fits() {
    return feature() >= NEEDED;
  }

  /// Returns the feature release by the `release` file that every JDK has, 0 if that cannot be
  /// told.
  int feature() {
    var properties = new Properties();
    try (var in = Files.newBufferedReader(home.resolve("release"))) {
      properties.load(in);
    } catch (IOException e) {
      return 0;
    }
    var version = properties.getProperty("JAVA_VERSION", "").replace("\"", "");
    var digits = version.split("[^0-9]", 2)[0];
    return digits.isEmpty() ? 0 : Integer.parseInt(digits);
  }

  @Override
  public String toString() {
    return home.toString();
  }
}
