package io.windhover.idl;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.windhover.idl.ast.Requiredness;
import io.windhover.source.Diagnostic;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// What the compiler makes of a file that uses everything.
final class GrammarFixtureTest {
  private final Compilation compilation = GrammarFixture.compile();

  @Test
  void compilesWithTheWarningsItIsWrittenFor() {
    assertThat(compilation.diagnostics())
        .extracting(Diagnostic::message)
        .containsExactly(
            "'shared/base.thrift' is included twice",
            "enum Empty has no items, so it has no values",
            "field id -2 is kept, but Apache Thrift replaces it",
            "Item as a key of a map: Go compares structs by address, so that equal ones differ",
            "Failure is or holds an exception, which is meant to be thrown",
            "'required' means nothing on argument 'item'",
            "'async' is an old spelling");
  }

  @Test
  void listsIncludesFirst() {
    assertThat(compilation.programs())
        .extracting(Program::name)
        .containsExactly("base", "money.v1", "shop");
    assertThat(compilation.roots()).extracting(Program::name).containsExactly("shop");
    assertThat(shop().includes()).extracting(Program::name).containsExactly("base", "money.v1");
  }

  @Test
  void knowsNamespaces() {
    assertThat(program("base").namespace("java")).contains("com.example.base");
    assertThat(program("base").namespace("rust")).contains("example.base");
    assertThat(program("money.v1").namespace("java")).contains("com.example.money");
    assertThat(shop().namespace("py.twisted")).contains("example.shop");
  }

  /// So that a keyword that is added to the grammar is added to the fixture.
  @Test
  void usesEveryWordOfTheLanguage() {
    var words =
        Set.of(
            "include",
            "cpp_include",
            "namespace",
            "const",
            "typedef",
            "enum",
            "struct",
            "union",
            "exception",
            "service",
            "extends",
            "oneway",
            "async",
            "void",
            "throws",
            "required",
            "optional",
            "bool",
            "byte",
            "i8",
            "i16",
            "i32",
            "i64",
            "double",
            "string",
            "binary",
            "uuid",
            "map",
            "set",
            "list",
            "cpp_type",
            "xsd_all",
            "xsd_optional",
            "xsd_nillable",
            "xsd_attrs",
            "true",
            "false");

    assertThat(
            List.of(requireNonNull(GrammarFixture.texts().get(GrammarFixture.ROOT)).split("\\W+")))
        .containsAll(words);
  }

  @Test
  void resolvesAcrossFiles() {
    var order = definition(shop(), StructType.class, "Order");
    var trace = requireNonNull(order.field("trace"));

    assertThat(trace.requiredness()).isEqualTo(Requiredness.REQUIRED);
    assertThat(trace.type()).isSameAs(definition(program("base"), StructType.class, "Trace"));
    assertThat(definition(shop(), Service.class, "Branch").base().flatMap(Service::base))
        .contains(definition(program("base"), Service.class, "Health"));
  }

  private Program shop() {
    return program("shop");
  }

  private Program program(String name) {
    return compilation.programs().stream()
        .filter(it -> it.name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  private static <D extends Definition> D definition(Program program, Class<D> kind, String name) {
    return program.definitions(kind).stream()
        .filter(it -> it.name().equals(name))
        .findFirst()
        .orElseThrow();
  }
}
