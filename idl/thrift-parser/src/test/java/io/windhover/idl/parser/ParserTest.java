package io.windhover.idl.parser;

import static org.assertj.core.api.Assertions.assertThat;

import io.windhover.idl.ast.ConstDef;
import io.windhover.idl.ast.CppInclude;
import io.windhover.idl.ast.Declaration;
import io.windhover.idl.ast.Dialect;
import io.windhover.idl.ast.Document;
import io.windhover.idl.ast.DoubleLiteral;
import io.windhover.idl.ast.EnumDef;
import io.windhover.idl.ast.FieldDef;
import io.windhover.idl.ast.ListLiteral;
import io.windhover.idl.ast.MapLiteral;
import io.windhover.idl.ast.Node;
import io.windhover.idl.ast.Requiredness;
import io.windhover.idl.ast.ServiceDef;
import io.windhover.idl.ast.StructDef;
import io.windhover.idl.ast.StructKind;
import io.windhover.idl.ast.TypeRef;
import io.windhover.idl.ast.TypedefDef;
import io.windhover.source.SourceFile;
import io.windhover.source.parse.Diagnostics;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ParserTest {
  private final Diagnostics diagnostics = new Diagnostics();

  @Test
  void keepsHeaders() {
    var document =
        parse(
            """
            include "a/b.thrift"
            cpp_include '<map>';
            namespace java com.example (k = "v")
            namespace py.twisted x,
            namespace * any
            """);

    assertThat(document.includes())
        .extracting(it -> it.path().value())
        .containsExactly("a/b.thrift");
    assertThat(document.headers().get(1))
        .isInstanceOfSatisfying(
            CppInclude.class, it -> assertThat(it.path().raw()).isEqualTo("<map>"));
    assertThat(document.namespaces())
        .extracting(it -> it.scope() + "=" + it.name() + it.annotations().size())
        .containsExactly("java=com.example1", "py.twisted=x0", "*=any0");
  }

  @Test
  void keepsWhatIsWrittenOfAField() {
    FieldDef field =
        field(
            "/** Doc. */ -1: optional Item & item = {'a': 1} xsd_optional xsd_nillable"
                + " xsd_attrs { 1: i32 x } (k = '\\w', bare; k = 'again') ;");

    assertThat(field.doc().orElseThrow().text()).isEqualTo("Doc.");
    assertThat(field.id().orElseThrow().value()).isEqualTo(-1);
    assertThat(field.requiredness()).isEqualTo(Requiredness.OPTIONAL);
    assertThat(field.isReference()).isTrue();
    assertThat(field.name()).hasToString("item");
    assertThat(field.defaultValue().orElseThrow()).isInstanceOf(MapLiteral.class);
    assertThat(field.xsd().isOptional()).isTrue();
    assertThat(field.xsd().isNillable()).isTrue();
    assertThat(field.xsd().attributes()).hasSize(1);
    assertThat(field.annotations())
        .extracting(it -> it.key() + it.value().map(literal -> "=" + literal.raw()).orElse(""))
        .containsExactly("k=\\w", "bare", "k=again");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"required", "optional", "list", "struct", "oneway", "throws", "include", "string"})
  void takesKeywordsAsFieldNames(String name) {
    assertThat(field("1: required i32 " + name + " = 1,").name().text()).isEqualTo(name);
  }

  /// Thriftgo's grammar splits these, since it does not look for the end of the word.
  @ParameterizedTest
  @ValueSource(strings = {"optionalFoo", "required_x", "listing", "map2", "i32x", "voided"})
  void takesTypeNamesThatBeginLikeKeywords(String name) {
    FieldDef field = field("1: " + name + " x");

    assertThat(field.requiredness()).isEqualTo(Requiredness.DEFAULT);
    assertThat(field.type())
        .isInstanceOfSatisfying(TypeRef.Named.class, it -> assertThat(it.name()).isEqualTo(name));
  }

  @Test
  void takesTheCppTypeOnEitherSide() {
    var before = (TypeRef.ListOf) field("1: list cpp_type 'X' <i32> a").type();
    var behind = (TypeRef.ListOf) field("1: list<i32> cpp_type 'X' a").type();
    var map = (TypeRef.MapOf) field("1: map cpp_type 'X' <i32, string (k = 'v')> a").type();

    assertThat(before.cppType().orElseThrow().value()).isEqualTo("X");
    assertThat(behind.cppType().orElseThrow().value()).isEqualTo("X");
    assertThat(map.cppType().orElseThrow().value()).isEqualTo("X");
    assertThat(map.value().annotations()).hasSize(1);
  }

  @Test
  void parsesValues() {
    var constant = (ConstDef) only("const X x = [1; 2.5 'a', b.c.D {1: true; 'x': []}] (k = 'v');");

    var values = ((ListLiteral) constant.value()).elements();
    assertThat(values).hasSize(5);
    assertThat(values.get(1))
        .isInstanceOfSatisfying(DoubleLiteral.class, it -> assertThat(it.raw()).isEqualTo("2.5"));
    assertThat(((MapLiteral) values.get(4)).entries()).hasSize(2);
    assertThat(constant.annotations()).hasSize(1);
  }

  @Test
  void parsesMethods() {
    var service =
        (ServiceDef)
            only(
                """
                service S extends base.T {
                  oneway void a()
                  async void b(1: i32 x, i32 y);
                  /** Doc. */
                  list<i32> list(1: i32 x) throws (1: E e; 2: F f) (k = "v"),
                  i32 oneway(1: i32 async)
                } (k = "v")
                """);

    assertThat(service.base().orElseThrow()).hasToString("base.T");
    assertThat(service.methods())
        .extracting(it -> (it.isOneway() ? "oneway " : "") + it.name() + it.arguments().size())
        .containsExactly("oneway a0", "oneway b2", "list1", "oneway1");
    var list = service.methods().get(2);
    assertThat(list.doc().orElseThrow().text()).isEqualTo("Doc.");
    assertThat(list.exceptions()).hasSize(2);
    assertThat(list.annotations()).hasSize(1);
  }

  @Test
  void parsesStructsUnionsExceptionsEnumsTypedefs() {
    var declarations =
        parse(
                """
                struct A xsd_all {};
                union B {}, exception C {} (k = "v")
                /** Colours. */ enum D { X, Y = 2 (k = "v"); Z }
                typedef i32 E;;
                """)
            .declarations();

    assertThat(((StructDef) declarations.get(0)).xsdAll()).isTrue();
    assertThat(((StructDef) declarations.get(1)).kind()).isEqualTo(StructKind.UNION);
    assertThat(((StructDef) declarations.get(2)).kind()).isEqualTo(StructKind.EXCEPTION);
    assertThat(((EnumDef) declarations.get(3)).items()).hasSize(3);
    assertThat(declarations.get(3).doc().orElseThrow().text()).isEqualTo("Colours.");
    assertThat(declarations.get(4)).isInstanceOf(TypedefDef.class);
    assertThat(diagnostics.reported()).isEmpty();
  }

  @Test
  void knowsWhereThingsAre() {
    var struct = (StructDef) only("struct A {\n  1: list<B> b = [1],\n}\n(k = 'v') // end");
    FieldDef field = struct.fields().getFirst();

    assertThat(place(struct)).isEqualTo("1:1-4:10");
    assertThat(place(struct.name())).isEqualTo("1:8-1:9");
    assertThat(place(field)).isEqualTo("2:3-2:21");
    assertThat(place(field.type())).isEqualTo("2:6-2:13");
    assertThat(place(field.defaultValue().orElseThrow())).isEqualTo("2:18-2:21");
    assertThat(place(struct.annotations().getFirst())).isEqualTo("4:2-4:9");
  }

  private FieldDef field(String text) {
    var fields = ((StructDef) only("struct S { " + text + " }")).fields();
    assertThat(fields).hasSize(1);
    assertThat(diagnostics.reported()).isEmpty();
    return fields.getFirst();
  }

  private Declaration only(String text) {
    List<Declaration> declarations = parse(text).declarations();
    assertThat(declarations).hasSize(1);
    assertThat(diagnostics.faults()).isZero();
    return declarations.getFirst();
  }

  private Document parse(String text) {
    return Parser.parse(new SourceFile("f", text), Dialect.BOTH, diagnostics).document();
  }

  private static String place(Node node) {
    var span = node.span();
    return span.line() + ":" + span.column() + "-" + span.endLine() + ":" + span.endColumn();
  }
}
