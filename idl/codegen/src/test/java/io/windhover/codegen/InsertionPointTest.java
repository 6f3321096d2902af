package io.windhover.codegen;

import static org.assertj.core.api.Assertions.assertThat;

import io.windhover.idl.CompilerOptions;
import io.windhover.idl.Program;
import io.windhover.idl.ThriftCompiler;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class InsertionPointTest {

  private final List<Program> programs =
      ThriftCompiler.compile(
              List.of(Generated.resource("everything/everything.thrift")), CompilerOptions.DEFAULTS)
          .programs();

  @Test
  void isMarkedOnceInEveryClassButTheHiddenOnes() {
    for (var file : JavaGenerator.generateMarked(programs, GeneratorOptions.DEFAULTS).files()) {
      for (var point : InsertionPoint.values()) {
        boolean isHidden = file.path().endsWith("Calls.java");
        assertThat(file.content().split(Pattern.quote(point.mark()), -1))
            .as(point + " in " + file.path())
            .hasSize(isHidden ? 1 : 2);
      }
    }
  }

  @Test
  void leavesNothingBehind() {
    var marked = JavaGenerator.generateMarked(programs, GeneratorOptions.DEFAULTS).files();

    assertThat(replace(marked, Map.of())).isEqualTo(JavaGenerator.generate(programs).files());
  }

  @Test
  void takesCodeThatCompiles(@TempDir Path classes) {
    var code =
        Map.of(
            InsertionPoint.IMPORTS, "import java.util.concurrent.atomic.AtomicInteger;\n",
            InsertionPoint.TYPE, "@javax.annotation.processing.Generated(\"test\")\n",
            InsertionPoint.MEMBERS,
                "\n  /** Extra. */\n  static AtomicInteger extra() { return null; }\n");

    var generated =
        Generated.load(
            classes,
            replace(
                JavaGenerator.generateMarked(programs, GeneratorOptions.DEFAULTS).files(), code));

    for (var name : List.of("Scalars", "Shape", "EverythingConstants")) {
      assertThat(generated.type("com.example.everything." + name).getDeclaredMethods())
          .extracting(method -> method.getName())
          .contains("extra");
    }
  }

  private static List<GeneratedFile> replace(
      Collection<GeneratedFile> files, Map<InsertionPoint, String> code) {
    return files.stream().map(file -> replace(file, code)).toList();
  }

  private static GeneratedFile replace(GeneratedFile file, Map<InsertionPoint, String> code) {
    var content = file.content();
    for (var point : InsertionPoint.values()) {
      content = content.replace(point.mark(), code.getOrDefault(point, ""));
    }
    return new GeneratedFile(file.idl(), file.path(), content);
  }
}
