package io.windhover.idl.format;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.windhover.source.Diagnostic;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// What the layout is, case by case; that nothing else changes is said by [FormatterPropertyTest].
final class FormatterTest {

  record Sample(String name, String text, String formatted) {
    @Override
    public String toString() {
      return name;
    }
  }

  static Stream<Sample> samples() {
    return Stream.of(
        new Sample(
            "a field a line, with commas",
            "struct A{1:i32 a;2:optional list<map<i32,string>> b=[1,2]\n3 : string c,}",
            """
            struct A {
              1: i32 a,
              2: optional list<map<i32, string>> b = [1, 2],
              3: string c,
            }
            """),
        new Sample(
            "enum items",
            "enum E{A B=2;C(x=\"y\";z)}(e)",
            """
            enum E {
              A,
              B = 2,
              C (x = "y", z),
            } (e)
            """),
        new Sample(
            "methods without separators",
            "service S extends b.T{void a();i32  b( 1:i32 x  2:A y)throws(1:E e),oneway void c()}",
            """
            service S extends b.T {
              void a()
              i32 b(1: i32 x, 2: A y) throws (1: E e)
              oneway void c()
            }
            """),
        new Sample(
            "a method of an annotated type behind another",
            "service S{void a(),A(x='y')b()i32()c()}",
            """
            service S {
              void a()
              A (x = 'y') b()
              i32 () c()
            }
            """),
        new Sample("nothing inside", "struct A {\n\n}\nservice B{}", "struct A {}\nservice B {}\n"),
        new Sample(
            "blank lines: around blocks, behind headers, else as they are but one at most",
            "\n\ninclude 'a.thrift'\n\n\nnamespace * x\nconst i32 A=1\n\n\n\nconst i32 B=2;\n"
                + "struct C{\n\n1:i32 a\n\n\n2:i32 b\n\n}\nconst i32 D=3\n\n\n",
            """
            include 'a.thrift'

            namespace * x

            const i32 A = 1

            const i32 B = 2

            struct C {
              1: i32 a,

              2: i32 b,
            }

            const i32 D = 3
            """),
        new Sample(
            "long arguments",
            "service S { Response method(1: required SomeRequestType request, 2: i32 somethingElse)"
                + " throws (1: SomeError someError) (api.get = '/some/path') }",
            """
            service S {
              Response method(1: required SomeRequestType request, 2: i32 somethingElse) throws (
                1: SomeError someError
              ) (api.get = '/some/path')
            }
            """),
        new Sample(
            "long values",
            "const map<string, list<string>> WORDS = {'one': ['aaaaaaaaaaaaaaaaaaaaa'], 'two':"
                + " ['bbbbbbbbbbbbbbbbbbbbbbbbbbbbbb'], 'three': [] }",
            """
            const map<string, list<string>> WORDS = {
              'one': ['aaaaaaaaaaaaaaaaaaaaa'],
              'two': ['bbbbbbbbbbbbbbbbbbbbbbbbbbbbbb'],
              'three': []
            }
            """),
        new Sample(
            "what only C++ needs",
            "struct A xsd_all{1:map cpp_type 'm'<i32,i32> a,2:list<i32>cpp_type 'd' b,3:B &c,"
                + "4:i32 d xsd_optional xsd_attrs{1:i32 e}}",
            """
            struct A xsd_all {
              1: map cpp_type 'm' <i32, i32> a,
              2: list<i32> cpp_type 'd' b,
              3: B &c,
              4: i32 d xsd_optional xsd_attrs {
                1: i32 e,
              },
            }
            """),
        new Sample(
            "all three kinds of comment",
            """
            #!/usr/bin/thrift
            /*
               free form
             */
            struct A { // of A
                /**
              * Doc.
                    * More.
                 */
            1:i32 a # of a
                  ,

                  # of b
              2: /* id */ i32 b // of b, too
            /* c */ 3: i32 c /* still c */
              // last
            } // after A
            // end
            """,
            """
            #!/usr/bin/thrift
            /*
               free form
             */
            struct A { // of A
              /**
               * Doc.
               * More.
               */
              1: i32 a, # of a

              # of b
              2: /* id */ i32 b, // of b, too
              /* c */ 3: i32 c, /* still c */
              // last
            } // after A
            // end
            """),
        new Sample(
            "a comment that breaks a line",
            "service S { void f(1: i32 a, // first\n2: i32 b /* second */) }",
            """
            service S {
              void f(
                1: i32 a, // first
                2: i32 b
                /* second */
              )
            }
            """),
        new Sample(
            "comments before separators on one line",
            "struct A { 1: i32 a /* in ms */, 2: i32 b /* in s */; } enum E { X /* first */, Y }"
                + " service S { void f(1: i32 a /* ms */, 2: i32 b /* s */) }",
            """
            struct A {
              1: i32 a, /* in ms */
              2: i32 b, /* in s */
            }

            enum E {
              X, /* first */
              Y,
            }

            service S {
              void f(1: i32 a /* ms */, 2: i32 b /* s */)
            }
            """),
        new Sample(
            "a doc comment that must stay before its separator",
            "struct A { 1: i32 a /** not of b */, 2: i32 b }",
            """
            struct A {
              1: i32 a /** not of b */,
              2: i32 b,
            }
            """),
        new Sample(
            "line ends and trailing blanks",
            "// a  \r\nconst string A = 'x\r\ny'\r\n\r\n\r\nconst i32 B = 1 //b\t\r\n",
            "// a\nconst string A = 'x\r\ny'\n\nconst i32 B = 1 //b\n"),
        new Sample("comments only", "\n\n# a\n\n\n\n// b", "# a\n\n// b\n"),
        new Sample("nothing", "", ""));
  }

  @ParameterizedTest
  @MethodSource("samples")
  void formats(Sample sample) {
    assertThat(formatted(sample.text)).isEqualTo(sample.formatted);
    assertThat(formatted(sample.formatted)).isEqualTo(sample.formatted);
  }

  @Test
  void leavesABrokenFileAlone() {
    var result = Formatter.format("a.thrift", "struct A { 1: i32 }".getBytes(UTF_8));

    assertThat(result.text()).isEmpty();
    assertThat(result.diagnostics())
        .extracting(Diagnostic::message)
        .containsExactly("expected the name of the field, found '}'");
  }

  /// Without its comma, `throws` would belong to the method before.
  @Test
  void leavesAFileAloneThatItWouldChange() {
    var text = "struct throws {} service S { void a(), throws b(1: i32 c) }";
    var result = Formatter.format("a.thrift", text.getBytes(UTF_8));

    assertThat(result.text()).isEmpty();
    assertThat(result.diagnostics())
        .extracting(Diagnostic::message)
        .containsExactly("cannot be formatted: it would then say something else");
  }

  private static String formatted(String text) {
    return Formatter.format("a.thrift", text.getBytes(UTF_8)).text().orElseThrow();
  }
}
