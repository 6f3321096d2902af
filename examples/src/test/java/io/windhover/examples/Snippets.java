package io.windhover.examples;

import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import javax.tools.ToolProvider;

/// Compiles what a guide shows: whole classes, members of a class, or statements. They see what
/// [GuideNames] declares, the imports of their guide, and classes of others.
final class Snippets {

  private static final List<String> IMPORTS =
      List.of(
          "com.google.protobuf.StringValue",
          "io.windhover.examples.greeter.*",
          "io.windhover.examples.readme.*",
          "io.windhover.examples.orders.*",
          "java.net.InetSocketAddress",
          "java.time.Duration",
          "java.util.*",
          "java.util.concurrent.*",
          "java.util.concurrent.atomic.LongAdder",
          "org.junit.jupiter.api.Test",
          "org.junit.jupiter.api.extension.RegisterExtension",
          "static org.assertj.core.api.Assertions.assertThat",
          "static org.assertj.core.api.Assertions.assertThatThrownBy");

  private final Path folder;
  private final String imports;

  /// @param folder for classes, of the test's own
  /// @param imports of Windhover's classes, as lines of Java
  Snippets(Path folder, String imports) {
    this.folder = folder;
    this.imports = imports;
  }

  /// Returns what javac says of a snippet; empty if it compiles.
  Optional<String> compile(String snippet) throws IOException {
    var statements = javac("throws Exception {\n" + snippet + "\n}", true);
    if (statements.isEmpty() || javac(snippet, false).isEmpty()) {
      return Optional.empty();
    }
    return statements;
  }

  private Optional<String> javac(String body, boolean isMethod) throws IOException {
    var others =
        IMPORTS.stream().map(name -> "import " + name + ";\n").collect(Collectors.joining());
    var source =
        """
        package io.windhover.examples;
        %s
        class Snippet extends GuideNames {
        %s%s
        }
        """
            .formatted(imports + others, isMethod ? "void run() " : "", body);
    var javac = ToolProvider.getSystemJavaCompiler();
    var file = Files.writeString(folder.resolve("Snippet.java"), source);
    var messages = new StringWriter();
    try (var files = javac.getStandardFileManager(null, null, null)) {
      var options =
          List.of(
              "-proc:none", "-d", folder.toString(), "-cp", System.getProperty("java.class.path"));
      var units = files.getJavaFileObjects(file);
      boolean compiles = javac.getTask(messages, files, null, options, null, units).call();
      return compiles ? Optional.empty() : Optional.of(messages.toString());
    }
  }
}
