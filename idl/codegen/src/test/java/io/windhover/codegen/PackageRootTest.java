package io.windhover.codegen;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreePathScanner;
import io.windhover.codegen.GeneratorOptions.Descriptors;
import io.windhover.codegen.GeneratorOptions.StructStyle;
import io.windhover.codegen.model.JavaNames;
import io.windhover.idl.CompilerOptions;
import io.windhover.idl.Program;
import io.windhover.idl.Service;
import io.windhover.idl.StructType;
import io.windhover.idl.ThriftCompiler;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.JavaFileObject.Kind;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Packages whose first part generated code uses as a name. In `in.acme.Circle.CODEC`, Java takes
/// `in` for a variable if there is one.
final class PackageRootTest {
  private static final GeneratorOptions ALL =
      new GeneratorOptions(StructStyle.RECORD, true, Descriptors.DOCS);

  /// Some that also name fields of the IDL below.
  private static final Set<String> USUAL =
      JavaNames.words("in out value count header i element map list set handler operations");

  @Test
  void variablesGiveWayToPackages(@TempDir Path classes) {
    var texts = new TreeMap<String, String>();
    for (var root : variables()) {
      texts.put(root + "_base.thrift", used(root));
      texts.put(root + "_main.thrift", using(root));
    }
    var compilation = ThriftCompiler.compile(texts, List.copyOf(texts.keySet()));

    Generated.load(classes, Generated.sources(compilation, ALL));

    assertThat(classes.resolve("in/main/Shape$Circle.class")).exists();
  }

  @Test
  void methodsOfStreamsHaveTheNameOfAPackage(@TempDir Path classes) {
    var generated =
        Generated.loadText(
            classes,
            """
            namespace java chat.acme
            struct List { 1: string text }
            service Chats { List chat(1: List list) (streaming.mode = "bidirectional") }
            """);

    assertThat(generated.type("chat.acme.Chats")).hasMethods("chat");
  }

  @Test
  void namesThatUsersSeeStay(@TempDir Path classes) {
    var generated =
        Generated.loadText(
            classes,
            """
            namespace java value.acme
            struct Circle { 1: i32 size }
            union Shape { 1: Circle circle }
            enum Kind { value }
            """);

    assertThat(generated.type("value.acme.Shape$Circle"))
        .hasDeclaredFields("value")
        .hasMethods("value");
    assertThat(generated.type("value.acme.Kind")).hasMethods("value");
  }

  @ParameterizedTest
  @ValueSource(strings = {"Codec", "CODEC", "unknownFields", "hasSize", "Shape"})
  void refusesAPackageThatNothingCanGiveWayTo(String root) {
    var compilation =
        Generated.compileText(
            """
            namespace java %s.acme
            struct Circle { 1: optional i32 size }
            union Shape { 1: Circle shape, 2: Circle circle }
            struct List { 1: list<string> names }
            """
                .formatted(root));

    var result = JavaGenerator.generate(compilation.programs());

    assertThat(result.diagnostics())
        .singleElement()
        .hasToString(
            """
            test.thrift:1:16: error[E036]: '%1$s' is the first part of the package '%1$s.acme' and a name in generated code
            namespace java %1$s.acme
                           %2$s
            help: begin the namespace with another word, in small letters
            """
                .formatted(root, "^" + "~".repeat(root.length() + ".acme".length() - 1)));
  }

  /// Returns types that each mean two things in [#using].
  private static String used(String root) {
    return """
    namespace java %s.base
    enum Kind { A, B }
    enum List { A }
    struct Circle { 1: Kind kind, 2: optional Circle next }
    union Shape { 1: Circle circle, 2: list<Kind> kind, 3: map<Kind, Circle> shape }
    exception Refused { 1: Kind kind }
    service Base { Kind kind(1: Circle circle) throws (1: Refused refused) }
    """
        .formatted(root);
  }

  private static String using(String root) {
    return """
    namespace java %1$s.main
    include "%1$s_base.thrift"
    enum Kind { A }
    struct Circle {
      1: %1$s_base.Kind kind = %1$s_base.Kind.B
      2: optional i32 map = 3
      3: required list<%1$s_base.Circle> list (vt.min_size = "1")
      4: map<%1$s_base.Kind, list<%1$s_base.Circle>> element
      5: Shape value
      6: string %1$s_x = "" (vt.max_size = "9")
    } (windhover.style = "class")
    struct Square { 1: %1$s_base.Kind kind, 2: set<%1$s_base.Kind> out = [1] (go.type = "slice"), 3: Kind %1$s_x }
    union Shape { 1: Circle circle, 2: %1$s_base.Shape shape, 3: list<%1$s_base.Kind> kind }
    exception Refused { 1: %1$s_base.Kind kind, 2: string message }
    const list<%1$s_base.Kind> %1$s_x = [0, 1]
    const %1$s_base.Circle CIRCLE = {"kind": 1}
    service Base extends %1$s_base.Base {
      %1$s_base.Kind get(1: %1$s_base.Kind %1$s_x, 2: list<%1$s_base.Shape> in = [])
          throws (1: %1$s_base.Refused one, 2: Refused other)
      oneway void put(1: Circle circle (vt.not_nil = "true"))
    }
    """
        .formatted(root);
  }

  /// Returns the names of variables in generated code that do not come from the IDL.
  private static Set<String> variables() {
    var idl = Generated.resource("everything/everything.thrift");
    var compilation = ThriftCompiler.compile(List.of(idl), CompilerOptions.DEFAULTS);
    var names = new TreeSet<String>();
    Stream.of(ALL, GeneratorOptions.DEFAULTS)
        .flatMap(options -> Generated.sources(compilation, options).stream())
        .forEach(file -> names.addAll(variables(file.content())));
    compilation.programs().forEach(program -> names.removeAll(names(program)));
    names.removeIf(name -> name.matches("unknownFields|(has|seen)[A-Z].*"));
    names.addAll(USUAL);
    return names;
  }

  private static Set<String> names(Program program) {
    return Stream.concat(
            program.definitions(StructType.class).stream().flatMap(it -> it.fields().stream()),
            program.definitions(Service.class).stream()
                .flatMap(it -> it.methods().stream())
                .flatMap(it -> it.arguments().stream()))
        .map(field -> JavaNames.camelCase(field.name()))
        .collect(Collectors.toSet());
  }

  /// Returns the names of the local variables and parameters in a Java file.
  private static Collection<String> variables(String source) {
    var names = new ArrayList<String>();
    var file =
        new SimpleJavaFileObject(URI.create("mem:///Source.java"), Kind.SOURCE) {
          @Override
          public String getCharContent(boolean ignoresErrors) {
            return source;
          }
        };
    var javac = ToolProvider.getSystemJavaCompiler();
    var task = (JavacTask) javac.getTask(null, null, null, null, null, List.of(file));
    try {
      task.parse()
          .forEach(
              unit ->
                  new TreePathScanner<Void, Void>() {
                    @Override
                    public Void visitVariable(VariableTree variable, Void nothing) {
                      Tree parent = getCurrentPath().getParentPath().getLeaf();
                      if (!(parent instanceof ClassTree)) {
                        names.add(variable.getName().toString());
                      }
                      return super.visitVariable(variable, null);
                    }
                  }.scan(unit, null));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    return names;
  }
}
