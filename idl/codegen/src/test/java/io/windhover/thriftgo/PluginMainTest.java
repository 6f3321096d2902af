package io.windhover.thriftgo;

import static org.assertj.core.api.Assertions.assertThat;

import io.windhover.codegen.GeneratorOptions;
import io.windhover.codegen.JavaGenerator;
import io.windhover.idl.Compilation;
import io.windhover.idl.CompilerOptions;
import io.windhover.idl.Program;
import io.windhover.idl.ThriftCompiler;
import io.windhover.thriftgo.Response.Generated;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class PluginMainTest {

  private static final Map<String, String> FILES =
      Map.of(
          "x/a.thrift",
          """
          include "../y/b.thrift"
          include "c.thrift"
          cpp_include "<a>"
          namespace java com.a (a = "b")
          /** Numbers. */
          typedef map cpp_type "m" <string, list<i32 (k = "v")>> Numbers (a = "1", a = "2", b = "3")
          const Numbers N = {"a": [1, -2], 'say "x"': []}
          const double D = 1e300
          const string S = 'it\\'s \\\\ "so"\\n\\u4e2d\\"'
          const bool B = true
          const b.E E = b.E.Y
          // An enum.
          enum F { /** first */ A = -1 (k = ""), B, C = 0x10 } (k = "w")
          struct T {
            1: required b.E e = b.E.Y
            -3: optional F f = F.A, # behind
            7: set<string> s = ["x"]
            string implicit
          } (x.y = "z")
          union U { 1: i32 a, 2: T t = {"e": b.E.X, "f": F.B} }
          exception X { 1: i64 code }
          service V extends c.Base {
            /** Doc. */
            T call(1: T t, 2: i32 n = b.N) throws (1: X x) (k = "v")
            oneway void tell()
          } (k = "v")
          """,
          "x/c.thrift",
          "include '../y/b.thrift' service Base { b.E base() }",
          "y/b.thrift",
          "enum E { X, Y } const i32 N = 3");

  @Test
  void seesWhatTheTreeSays() {
    var tree = new AstEncoder().encode(compile(FILES, "x/a.thrift").roots().getFirst());

    var texts = AstPrinter.print(tree);
    var again = compile(texts, texts.keySet().iterator().next());

    assertThat(texts).hasSize(3);
    assertThat(new AstEncoder().encode(again.roots().getFirst())).isEqualTo(tree);
  }

  @Test
  void makesTheSameJavaAsTheFilesThemselves() {
    var path = Path.of("src/test/resources/golden/hello.thrift");
    var compilation = ThriftCompiler.compile(List.of(path), CompilerOptions.DEFAULTS);

    var response = PluginMain.answer(request(compilation.roots().getFirst(), true));

    var java =
        JavaGenerator.generateMarked(compilation.programs(), GeneratorOptions.DEFAULTS)
            .files()
            .stream()
            .collect(Collectors.toMap(it -> "the/out/" + it.path(), it -> it.content()));
    assertThat(response.error()).isEmpty();
    assertThat(response.contents().orElseThrow().stream())
        .allMatch(it -> it.content().equals(java.get(it.name().orElseThrow())))
        .hasSize(java.size());
  }

  @Test
  void leavesIncludedFilesToTheHost() {
    var root = compile(FILES, "x/a.thrift").roots().getFirst();

    assertThat(names(PluginMain.answer(request(root, false))))
        .allMatch(it -> it.contains("/com/a/"));
    assertThat(names(PluginMain.answer(request(root, true)))).anyMatch(it -> it.contains("/b/"));
  }

  private static List<String> names(Response response) {
    assertThat(response.error()).isEmpty();
    return response.contents().orElseThrow().stream()
        .map(Generated::name)
        .map(Optional::orElseThrow)
        .toList();
  }

  @ParameterizedTest
  @CsvSource({
    "the/out, out=x, x/com/a/T.java",
    "the/out, '', the/out/com/a/T.java",
    "'', '', ./com/a/T.java",
    "/abs, '', /abs/com/a/T.java",
    "'gen/{namespace}', out=x, x/com/a/T.java",
  })
  void putsItWhereItShall(String path, String parameter, String name) {
    var parameters = parameter.isEmpty() ? List.<String>of() : List.of(parameter);

    assertThat(names(PluginMain.answer(request(path, parameters)))).contains(name);
  }

  @ParameterizedTest
  @CsvSource({
    "the/out, outs=x, 'parameter outs=x (expected: style=class|record, async=true|false,"
        + " descriptors=none|plain|docs), or out=DIR'",
    "'gen/{namespace}/x', '', the output path gen/{namespace}/x depends on a namespace: name a"
        + " folder for the Java by out=DIR",
  })
  void refusesWhatItDoesNotKnow(String path, String parameter, String error) {
    var parameters = parameter.isEmpty() ? List.<String>of() : List.of(parameter);

    assertThat(PluginMain.answer(request(path, parameters)).error()).contains(error);
  }

  @Test
  void saysWhatIsWrongWithTheTree() {
    var field =
        new Ast.Field(
            1,
            "a; } struct B {",
            Ast.Requiredness.DEFAULT,
            TypeEncoder.VOID,
            Optional.empty(),
            List.of(),
            "*/ no comment");
    var struct = new Ast.StructLike("struct", "A", List.of(field), List.of(), "/* open");
    var tree =
        new Ast.Thrift(
            "f.thrift",
            List.of(),
            List.of(),
            List.of(),
            List.of(),
            List.of(),
            List.of(),
            List.of(struct),
            List.of(),
            List.of(),
            List.of(),
            Map.of());
    var request = new Request("1", List.of(), List.of(), "go", "out", false, tree);

    assertThat(PluginMain.answer(request).error().orElseThrow())
        .startsWith("cannot make Java (the lines are not those of the file):\n")
        .contains("f.thrift:2:6: error[E008]: 'void' is only the return type of a method");
  }

  private static Request request(Program program, boolean recursive) {
    var tree = new AstEncoder().encode(program);
    return new Request("1", List.of("x="), List.of(), "go", "the/out", recursive, tree);
  }

  private static Request request(String outputPath, List<String> parameters) {
    var tree = new AstEncoder().encode(compile(FILES, "x/a.thrift").roots().getFirst());
    return new Request("1", List.of(), parameters, "go", outputPath, false, tree);
  }

  private static Compilation compile(Map<String, String> texts, String root) {
    var compilation = ThriftCompiler.compile(texts, List.of(root));
    assertThat(compilation.hasErrors()).as(compilation.diagnostics().toString()).isFalse();
    return compilation;
  }
}
