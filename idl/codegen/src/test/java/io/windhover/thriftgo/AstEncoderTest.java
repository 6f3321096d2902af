package io.windhover.thriftgo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.windhover.idl.ThriftCompiler;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// What no comparison with Thriftgo can show; the rest is tested against Thriftgo itself.
final class AstEncoderTest {

  @Test
  void tellsFilesByTheirPathFromTheWorkingFolder() {
    var tree = encode(Map.of("x/../a.thrift", "struct S {}"), "x/../a.thrift");

    assertThat(tree.filename()).isEqualTo("a.thrift");
  }

  @Test
  void includesAFileOnceForEachPath() {
    var tree =
        encode(
            Map.of(
                "a.thrift",
                "include 'b.thrift' include 'x/../b.thrift' include \"b.thrift\" struct S { 1: b.T"
                    + " t }",
                "b.thrift",
                "struct T {}"),
            "a.thrift");

    assertThat(tree.includes())
        .extracting(Ast.Include::path)
        .containsExactly("b.thrift", "x/../b.thrift");
    assertThat(tree.includes())
        .extracting(Ast.Include::used)
        .containsExactly(Optional.of(true), Optional.empty());
    assertThat(tree.structs().getFirst().fields().getFirst().type().reference())
        .contains(new Ast.Reference("T", 0));
  }

  @Test
  void tellsABareItemByItsNumber() {
    var tree = encode("enum E { A, B = 7 } const map<string, list<E>> C = {'x': [A, E.B, B]}");

    var typed = tree.constants().getFirst().value().orElseThrow().typedValue().orElseThrow();
    var map = (Ast.ConstTypedValue.OfMap) typed;
    var list = map.entries().getFirst().value().orElseThrow();
    assertThat(list)
        .isEqualTo(
            Ast.ConstValue.ofList(
                List.of(
                    Ast.ConstValue.of(0),
                    Ast.ConstValue.ofIdentifier(
                        "E.B", Optional.of(new Ast.ConstValueExtra(true, -1, "B", "E"))),
                    Ast.ConstValue.of(7))));
  }

  @Test
  void givesAnAnnotationWithoutAValueThatOfApache() {
    var tree = encode("struct S {} (a, b = 'x', a = 'y')");

    assertThat(tree.structs().getFirst().annotations())
        .containsExactly(
            new Ast.Annotation("a", List.of("1", "y")), new Ast.Annotation("b", List.of("x")));
  }

  @Test
  void acceptsTheForeignPlacesOfWordsAndSeparators() {
    var tree =
        encode(
            "struct S xsd_all { /* x */ 1: list cpp_type 'L' <i8> a; } /* S */; // s\nenum E {}");

    var struct = tree.structs().getFirst();
    assertThat(struct.fields().getFirst().reservedComments()).isEqualTo("/* x */");
    assertThat(struct.fields().getFirst().type().cppType()).isEqualTo("L");
    assertThat(tree.enums().getFirst().reservedComments()).isEmpty();
  }

  @Test
  void tellsAChainOfFiles() {
    var request =
        new Request("1", List.of(), List.of(), "java", "out", true, encode(chain(250), "0.thrift"));

    assertThat(Request.read(request.write()).write()).isEqualTo(request.write());
  }

  @Test
  void refusesALongerChain() {
    var tree = encode(chain(3000), "0.thrift");
    var request = new Request("1", List.of(), List.of(), "java", "out", true, tree);

    assertThatThrownBy(request::write)
        .isInstanceOf(PluginException.class)
        .hasMessageContaining("more than 512 structs within each other");
  }

  private static Map<String, String> chain(int length) {
    return IntStream.range(0, length)
        .boxed()
        .collect(
            Collectors.toMap(
                i -> i + ".thrift",
                i -> i == length - 1 ? "struct S {}" : "include '%d.thrift'".formatted(i + 1)));
  }

  @Test
  void refusesWhatThriftgoHasNoTypeFor() {
    assertThatThrownBy(() -> encode("struct S {\n  1: list<uuid> a\n}"))
        .isInstanceOf(PluginException.class)
        .hasMessage("a.thrift:2:11: Thriftgo has no type uuid, so plugins cannot be told of it");
  }

  @Test
  void escapesOnlyTheQuoteThatIsUsed() {
    assertThat(literal("'a\\'b\\\"c\\\\d\\n'")).isEqualTo("a'b\\\"c\\\\d\\n");
    assertThat(literal("\"a\\'b\\\"c\"")).isEqualTo("a\\'b\"c");
  }

  private static String literal(String quoted) {
    var value = encode("const string C = " + quoted).constants().getFirst().value().orElseThrow();
    return ((Ast.ConstTypedValue.OfLiteral) value.typedValue().orElseThrow()).value();
  }

  private static Ast.Thrift encode(String text) {
    return encode(Map.of("a.thrift", text), "a.thrift");
  }

  private static Ast.Thrift encode(Map<String, String> texts, String root) {
    var compilation = ThriftCompiler.compile(texts, List.of(root));
    assertThat(compilation.hasErrors()).as(compilation.diagnostics().toString()).isFalse();
    return new AstEncoder().encode(compilation.roots().getFirst());
  }
}
