package io.windhover.idl.parser;

import io.windhover.idl.rule.ThriftRule;
import io.windhover.source.SourceFile;
import io.windhover.source.parse.Diagnostics;
import io.windhover.source.parse.Lexer;
import io.windhover.source.parse.Lexicon;
import io.windhover.source.parse.SyntaxRules;
import io.windhover.source.parse.Token;
import io.windhover.source.parse.TokenKind;
import java.util.regex.Pattern;

/// The tokens of Thrift. A quoted text may go on over lines, and then warns.
final class ThriftLexer extends Lexer {
  private static final Lexicon LEXICON =
      new Lexicon(
          "{}()[]<>,;:=*&@",
          true,
          true,
          true,
          Pattern.compile("[+-]?(?:0[xX][0-9a-fA-F]++|0o[0-7]++|[0-9]++)"),
          Pattern.compile(
              "[+-]?(?:[0-9]*+\\.[0-9]++(?:[eE][+-]?[0-9]++)?+|[0-9]++[eE][+-]?[0-9]++)"),
          new SyntaxRules(
              ThriftRule.UNCLOSED_COMMENT,
              ThriftRule.UNCLOSED_TEXT,
              ThriftRule.BAD_CHARACTER,
              ThriftRule.BAD_NAME,
              ThriftRule.BAD_NUMBER,
              ThriftRule.SYNTAX,
              ThriftRule.TOO_DEEP));

  /// A quote character that someone forgot; from there on its literals end with their line.
  private char unclosed;

  ThriftLexer(SourceFile file, Diagnostics diagnostics) {
    super(file, LEXICON, diagnostics);
  }

  @Override
  protected Token literal(char quote, int start) {
    String text = file().text();
    int close = close(quote, start + 1, quote == unclosed);
    boolean isLong =
        close >= 0 && file().span(start, close).endLine() > file().span(start, close).line();
    if (close < 0 || (isLong && opensAnother(close, quote))) {
      unclosed = quote;
      int end = lineEnd(start);
      error(
          ThriftRule.UNCLOSED_TEXT,
          file().span(start, end),
          "quoted text is not closed",
          "end it with " + quote);
      return token(TokenKind.LITERAL, text.substring(start + 1, end), start, end);
    }
    Token token = token(TokenKind.LITERAL, text.substring(start + 1, close), start, close + 1);
    if (isLong) {
      diagnostics()
          .report(
              ThriftRule.MULTI_LINE_TEXT,
              file().span(start, lineEnd(start)),
              "quoted text goes on to line " + token.span().endLine(),
              "close it on its line, or write \\n for a line break");
    }
    return token;
  }

  /// Whether a quote that would close a text lines below its start looks like one that opens a
  /// text.
  private boolean opensAnother(int close, char quote) {
    char after = at(close + 1);
    return isNamePart(after) || after == quote;
  }

  /// The offset of the quote that ends a literal, or -1 if there is none.
  private int close(char quote, int from, boolean stopsAtLineEnd) {
    String text = file().text();
    for (int i = from; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == quote) {
        return i;
      }
      if (stopsAtLineEnd && (c == '\n' || c == '\r')) {
        return -1;
      }
      if (c == '\\') {
        i++;
      }
    }
    return -1;
  }
}
