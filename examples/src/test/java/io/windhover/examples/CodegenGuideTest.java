package io.windhover.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What `docs/guides/codegen.md` shows compiles with what is generated.
final class CodegenGuideTest {

  private static final Page PAGE = new Page("docs/guides/codegen.md");

  @Test
  void theIdlIsThatOfTheExamples() throws IOException {
    var orders = Files.readAllLines(Path.of("hello/orders.thrift"));

    assertThat(PAGE.blocks("thrift").getFirst().lines())
        .containsExactlyElementsOf(orders.subList(1, orders.size()));
  }

  @Test
  void theSnippetsCompile(@TempDir Path folder) throws IOException {
    var javac = ToolProvider.getSystemJavaCompiler();
    var snippets = PAGE.blocks("java");
    assertThat(snippets).hasSizeGreaterThan(5);
    var sources = new ArrayList<Path>();
    for (int i = 0; i < snippets.size(); i++) {
      var file = folder.resolve("Snippet" + i + ".java");
      sources.add(Files.writeString(file, classOf(i, snippets.get(i))));
    }
    var messages = new StringWriter();
    try (var manager = javac.getStandardFileManager(null, null, null)) {
      var options = List.of("-d", folder.toString(), "-cp", System.getProperty("java.class.path"));
      var units = manager.getJavaFileObjectsFromPaths(sources);

      assertThat(javac.getTask(messages, manager, null, options, null, units).call())
          .as(messages::toString)
          .isTrue();
    }
  }

  private static String classOf(int number, String snippet) {
    return """
    import io.windhover.buffer.LinkBuffer;
    import io.windhover.examples.orders.*;
    import io.windhover.rpc.Middleware;
    import io.windhover.rpc.client.Client;
    import io.windhover.buffer.list.*;
    import io.windhover.thrift.*;
    import io.windhover.thrift.call.*;
    import io.windhover.thrift.descriptor.*;
    import java.util.List;
    import java.util.concurrent.CompletionStage;

    final class Snippet%s {
      static void run(Client client) {
    %s
      }
    }
    """
        .formatted(number, snippet);
  }
}
