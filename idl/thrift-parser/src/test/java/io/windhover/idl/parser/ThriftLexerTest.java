package io.windhover.idl.parser;

import static org.assertj.core.api.Assertions.assertThat;

import io.windhover.idl.ast.DocComment;
import io.windhover.source.SourceFile;
import io.windhover.source.parse.Diagnostics;
import io.windhover.source.parse.Token;
import io.windhover.source.parse.TokenKind;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ThriftLexerTest {
  private final Diagnostics diagnostics = new Diagnostics();

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "a _b c1 D_2        | IDENTIFIER a, IDENTIFIER _b, IDENTIFIER c1, IDENTIFIER D_2",
        "a.b a.1 a.b.c      | IDENTIFIER a.b, IDENTIFIER a.1, IDENTIFIER a.b.c",
        "e10                | IDENTIFIER e10",
        "0 007 -1 +1        | INTEGER 0, INTEGER 007, INTEGER -1, INTEGER +1",
        "0x1F 0Xab -0x10    | INTEGER 0x1F, INTEGER 0Xab, INTEGER -0x10",
        "0o17               | INTEGER 0o17",
        "1-2                | INTEGER 1, INTEGER -2",
        "1.5 .5 -.5 +1.0    | DECIMAL 1.5, DECIMAL .5, DECIMAL -.5, DECIMAL +1.0",
        "1e5 1E+5 1.5e-10   | DECIMAL 1e5, DECIMAL 1E+5, DECIMAL 1.5e-10",
        "'a' \"b\"          | LITERAL a, LITERAL b",
        "'a\"b' \"a'b\"     | LITERAL a\"b, LITERAL a'b",
        "'\\'' '\\\\'       | LITERAL \\', LITERAL \\\\",
        "'' \"\"            | LITERAL , LITERAL",
        "{}()[]<>           | LEFT_BRACE {, RIGHT_BRACE }, LEFT_PARENTHESIS (, RIGHT_PARENTHESIS ),"
            + " LEFT_BRACKET [, RIGHT_BRACKET ], LEFT_ANGLE <, RIGHT_ANGLE >",
        ",;:=*&@            | COMMA ,, SEMICOLON ;, COLON :, EQUALS =, STAR *, AMPERSAND &, AT @",
        "a//b               | IDENTIFIER a",
        "a#b                | IDENTIFIER a",
        "a/*b*/c            | IDENTIFIER a, IDENTIFIER c",
        "/**/a/***/b        | IDENTIFIER a, IDENTIFIER b",
        "'//' '#' '/*'      | LITERAL //, LITERAL #, LITERAL /*",
        "1:i32              | INTEGER 1, COLON :, IDENTIFIER i32",
      })
  void cuts(String text, String expected) {
    var found = lex(text).stream().map(token -> token.kind().name() + " " + token.text()).toList();

    assertThat(String.join(", ", found).strip()).isEqualTo(expected);
    assertThat(diagnostics.reported()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1.", "1.2.3", "12ab", "0x", "0xg", "0o8", "1e", "1e+", "1_000", "0b1", "-1x", "0x1e+5"
      })
  void refusesNumbers(String text) {
    lex(text + " ");

    assertThat(diagnostics.reported())
        .singleElement()
        .satisfies(it -> assertThat(it.message()).startsWith("malformed number"));
  }

  @ParameterizedTest
  @CsvSource({"$, 1", "\u00A0, 1", "a.., 2", "/, 1", "-, 1", "%%%, 1", "'\u0007', 1"})
  void refusesCharacters(String text, int column) {
    lex(text);

    assertThat(diagnostics.reported())
        .singleElement()
        .satisfies(it -> assertThat(it.message()).startsWith("unexpected character"))
        .extracting(it -> it.span().column())
        .isEqualTo(column);
  }

  @Test
  void keepsTheLastDocComment() {
    var tokens = lex("/** one */ /** two */ a /* three */ b /** four */");

    assertThat(DocProse.before(tokens.getFirst())).map(DocComment::text).contains("two");
    assertThat(DocProse.before(tokens.getLast())).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "/** one */|one",
        "/**one*/|one",
        "/**~ * one~ *   two~ *~ * three~ */|one~  two~~three",
        "/**~   one~   two~ */|one~two",
        "/** * a~ * * b */|a~* b",
      })
  void takesTheProseOfDocComments(String comment, String prose) {
    var tokens = lex(comment.replace('~', '\n') + "a");

    assertThat(DocProse.before(tokens.getFirst()))
        .map(DocComment::text)
        .contains(prose.replace('~', '\n'));
  }

  @Test
  void knowsWhatStartsALine() {
    var tokens = lex("a b\n/* c */ d // e\n  f");

    assertThat(tokens).extracting(Token::startsLine).containsExactly(true, false, true, true);
  }

  @Test
  void endsForEver() {
    var lexer = new ThriftLexer(new SourceFile("f", "a"), diagnostics);

    lexer.next();

    assertThat(lexer.next().kind()).isEqualTo(TokenKind.END);
    assertThat(lexer.next().kind()).isEqualTo(TokenKind.END);
  }

  private List<Token> lex(String text) {
    var lexer = new ThriftLexer(new SourceFile("f", text), diagnostics);
    var tokens = new ArrayList<Token>();
    for (Token token = lexer.next(); token.kind() != TokenKind.END; token = lexer.next()) {
      tokens.add(token);
    }
    return tokens;
  }
}
