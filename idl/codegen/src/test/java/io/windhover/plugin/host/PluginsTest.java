package io.windhover.plugin.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.windhover.codegen.GeneratedFile;
import io.windhover.codegen.GeneratorOptions;
import io.windhover.codegen.InsertionPoint;
import io.windhover.codegen.JavaGenerator;
import io.windhover.idl.Compilation;
import io.windhover.idl.Service;
import io.windhover.idl.StructType;
import io.windhover.idl.ThriftCompiler;
import io.windhover.plugin.GeneratorPlugin;
import io.windhover.plugin.PluginInput;
import io.windhover.plugin.PluginOutput;
import io.windhover.thriftgo.ExternalPlugin;
import io.windhover.thriftgo.PluginException;
import io.windhover.thriftgo.Request;
import io.windhover.thriftgo.Response;
import io.windhover.thriftgo.Response.Generated;
import io.windhover.thriftgo.Script;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class PluginsTest {
  private static final Duration AMPLE = Duration.ofMinutes(1);

  @TempDir Path out;
  @TempDir Path scripts;

  private final Compilation compilation =
      ThriftCompiler.compile(
          Map.of(
              "a.thrift",
              "include 'b.thrift' namespace java com.a struct A { 1: b.B b } service S {}",
              "b.thrift",
              "namespace java com.b struct B {}"),
          List.of("a.thrift"));

  @Test
  void insertsIntoClassesAndAddsFiles() {
    var result =
        run(
            (input, output) -> {
              for (var program : input.programs()) {
                for (var struct : program.definitions(StructType.class)) {
                  var name = input.types().classOf(struct);
                  output.insert(
                      name, InsertionPoint.MEMBERS, "\nint one() {\n\n  return 1;\n}\n\n");
                  output.insert(name, InsertionPoint.TYPE, "@One");
                  output.insert(name, InsertionPoint.IMPORTS, "import one.One;");
                }
                program
                    .definitions(Service.class)
                    .forEach(it -> output.add("./x/../services.txt", input.types().classOf(it)));
              }
            });

    assertThat(result.messages()).isEmpty();
    var files = byPath(result);
    assertThat(files.get("services.txt")).isEqualTo("com.a.S");
    assertThat(files.get("com/a/A.java"))
        .contains("import one.One;\n\n", "\n@One\npublic final class A {")
        .endsWith("}\n\n  int one() {\n\n    return 1;\n  }\n}\n");
    assertThat(files.get("com/b/B.java")).contains("\n@One\n");
    assertThat(files.values()).noneMatch(it -> it.contains("@@"));
  }

  @Test
  void passOnParametersAndMessages() {
    var plugin =
        new PluginClass(
            "x",
            (input, output) -> {
              var place = input.programs().getFirst().syntax().span();
              output.warning(place, input.parameters().get("say"));
              output.error(place, "no");
            },
            Map.of("say", "hello"));

    var result = new Plugins(List.of(plugin), List.of(), AMPLE).run(work(compilation.programs()));

    assertThat(result.messages())
        .containsExactly("b.thrift:1:1: warning: hello", "b.thrift:1:1: error: no");
    assertThat(result.hasErrors()).isTrue();
  }

  @Test
  void tellWhichOneFails() {
    assertThatThrownBy(
            () ->
                run(
                    (_, _) -> {
                      throw new IllegalStateException("broken");
                    }))
        .isInstanceOf(PluginException.class)
        .hasMessageStartingWith("plugin x failed:\njava.lang.IllegalStateException: broken\n\tat ");
    assertThatThrownBy(
            () -> run((_, output) -> output.insert("com.a.No", InsertionPoint.TYPE, "@One")))
        .isInstanceOf(PluginException.class)
        .hasMessage("plugin x: no generated class in com/a/No.java");
  }

  @Test
  void runProgramsForEachFileThatIsNamed() throws IOException {
    var answer =
        answer(
            generated("text", Optional.of(out + "/x.txt"), Optional.empty()),
            generated("// more\n", Optional.of(out + "/com/b/B.java"), Optional.of("members")));
    var script = Script.answering(scripts.resolve("p"), answer);
    var copy = scripts.resolve("request");
    Files.writeString(script, Files.readString(script).replace("/dev/null", "'" + copy + "'"));
    var plugin = new ExternalPlugin("p", script, List.of("k=v"));

    var result = new Plugins(List.of(), List.of(plugin), AMPLE).run(work(compilation.programs()));

    var request = Request.read(Files.readAllBytes(copy));
    assertThat(request.ast().filename()).isEqualTo("a.thrift");
    assertThat(request.language()).isEqualTo("java");
    assertThat(request.outputPath()).isEqualTo(out.toString());
    assertThat(request.recursive()).isTrue();
    assertThat(request.pluginParameters()).containsExactly("k=v");
    assertThat(request.generatorParameters())
        .containsExactly("style=class", "async=false", "descriptors=none");
    assertThat(byPath(result)).containsEntry("x.txt", "text");
    assertThat(byPath(result).get("com/b/B.java")).endsWith("// more\n}\n");
    assertThat(result.files())
        .filteredOn(it -> it.path().equals("x.txt"))
        .extracting(GeneratedFile::idl)
        .containsExactly("a.thrift");
  }

  @Test
  void insertOnceIntoWhatTwoFilesInclude() {
    var piece = generated("// more\n", Optional.of(out + "/com/b/B.java"), Optional.of("members"));
    var nameless = generated("@Two\n", Optional.empty(), Optional.of("type"));
    var script = Script.answering(scripts.resolve("p"), answer(piece, piece, nameless));
    var compilation =
        ThriftCompiler.compile(
            Map.of(
                "a.thrift", "include 'b.thrift' struct A { 1: b.B b }",
                "c.thrift", "include 'b.thrift' struct C { 1: b.B b }",
                "b.thrift", "namespace java com.b struct B {}"),
            List.of("a.thrift", "c.thrift"));
    var java =
        JavaGenerator.generateMarked(compilation.programs(), GeneratorOptions.DEFAULTS).files();
    var plugins =
        new Plugins(List.of(), List.of(new ExternalPlugin("p", script, List.of())), AMPLE);

    var result =
        plugins.run(
            new Plugins.Work(
                compilation.roots(),
                compilation.programs(),
                true,
                java,
                GeneratorOptions.DEFAULTS,
                out));

    assertThat(byPath(result).get("com/b/B.java"))
        .endsWith("  }\n// more\n// more\n}\n")
        .containsOnlyOnce("@Two");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/etc/x", "../x", "%s/../x", "%s", "%s/a/../../x"})
  void refuseFilesOutsideOfTheOutputFolder(String name) {
    var answer = answer(generated("", Optional.of(name.formatted(out)), Optional.empty()));
    var script = Script.answering(scripts.resolve("p"), answer);
    var plugins =
        new Plugins(List.of(), List.of(new ExternalPlugin("p", script, List.of())), AMPLE);

    assertThatThrownBy(() -> plugins.run(work(compilation.programs())))
        .isInstanceOf(PluginException.class)
        .hasMessage(
            "plugin 'p' names the file %s, which is not in the output folder %s",
            name.formatted(out), out);
  }

  @Test
  void refuseNamesThatAreNoPaths() {
    var answer = answer(generated("", Optional.of("a\0b"), Optional.empty()));
    var script = Script.answering(scripts.resolve("p"), answer);
    var plugins =
        new Plugins(List.of(), List.of(new ExternalPlugin("p", script, List.of())), AMPLE);

    assertThatThrownBy(() -> plugins.run(work(compilation.programs())))
        .isInstanceOf(PluginException.class)
        .hasMessageStartingWith("plugin 'p' names a file by what is no path: ");
  }

  /// A plugin that can be loaded.
  public static final class Loadable implements GeneratorPlugin {

    public Loadable() {}

    @Override
    public void run(PluginInput input, PluginOutput output) {
      output.add("loaded.txt", input.parameters().toString());
    }
  }

  /// One that cannot.
  public static final class Throwing implements GeneratorPlugin {

    public Throwing() {
      throw new IllegalStateException("broken");
    }

    @Override
    public void run(PluginInput input, PluginOutput output) {}
  }

  /// Another one.
  static final class Hidden implements GeneratorPlugin {
    @Override
    public void run(PluginInput input, PluginOutput output) {}
  }

  @Test
  void loadClassesByName() {
    var plugin = PluginClass.load(Loadable.class.getName() + ":a=b=c,d", loader());

    assertThat(plugin.plugin()).isInstanceOf(Loadable.class);
    assertThat(plugin.parameters()).isEqualTo(Map.of("a", "b=c", "d", ""));
  }

  @ParameterizedTest
  @CsvSource({
    "no.Such, plugin no.Such: no such class",
    "java.lang.String, does not implement io.windhover.plugin.GeneratorPlugin",
    "io.windhover.plugin.host.PluginsTest$Hidden, has no public constructor without parameters",
    "io.windhover.plugin.host.PluginsTest$Throwing, cannot be made",
  })
  void refuseClassesThatAreNone(String name, String message) {
    assertThatThrownBy(() -> PluginClass.load(name, loader()))
        .isInstanceOf(PluginException.class)
        .hasMessageContaining(message);
  }

  private static ClassLoader loader() {
    return PluginsTest.class.getClassLoader();
  }

  private Plugins.Result run(GeneratorPlugin plugin) {
    return new Plugins(List.of(new PluginClass("x", plugin, Map.of())), List.of(), AMPLE)
        .run(work(compilation.programs()));
  }

  private Plugins.Work work(List<io.windhover.idl.Program> programs) {
    return new Plugins.Work(
        compilation.roots(),
        programs,
        true,
        JavaGenerator.generateMarked(programs, GeneratorOptions.DEFAULTS).files(),
        GeneratorOptions.DEFAULTS,
        out);
  }

  private static Map<String, String> byPath(Plugins.Result result) {
    return result.files().stream()
        .collect(Collectors.toMap(GeneratedFile::path, GeneratedFile::content));
  }

  private static Generated generated(
      String content, Optional<String> name, Optional<String> point) {
    return new Generated(content, name, point);
  }

  private static Response answer(Generated... generated) {
    return new Response(Optional.empty(), Optional.of(List.of(generated)), Optional.empty());
  }
}
