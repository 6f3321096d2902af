package io.windhover.proto.parser;

import io.windhover.proto.rule.ProtoRule;
import io.windhover.source.SourceFile;
import io.windhover.source.Span;
import io.windhover.source.parse.Diagnostics;
import io.windhover.source.parse.Lexer;
import io.windhover.source.parse.Lexicon;
import io.windhover.source.parse.SyntaxRules;
import io.windhover.source.parse.Token;
import io.windhover.source.parse.TokenKind;
import java.util.regex.Pattern;

/// The tokens of `.proto` files. A quoted text ends on its line.
final class ProtoLexer extends Lexer {
  private static final Lexicon LEXICON =
      new Lexicon(
          "{}()[]<>,;:=.-/",
          false,
          false,
          false,
          Pattern.compile("0[xX][0-9a-fA-F]++|0[0-7]*+|[1-9][0-9]*+"),
          Pattern.compile(
              "(?:[0-9]++\\.[0-9]*+|\\.[0-9]++)(?:[eE][+-]?[0-9]++)?+|[0-9]++[eE][+-]?[0-9]++"),
          new SyntaxRules(
              ProtoRule.UNCLOSED_COMMENT,
              ProtoRule.UNCLOSED_TEXT,
              ProtoRule.BAD_CHARACTER,
              ProtoRule.BAD_NAME,
              ProtoRule.BAD_NUMBER,
              ProtoRule.SYNTAX,
              ProtoRule.TOO_DEEP));

  ProtoLexer(SourceFile file, Diagnostics diagnostics) {
    super(file, LEXICON, diagnostics);
  }

  @Override
  protected Token literal(char quote, int start) {
    String text = file().text();
    int end = start + 1;
    while (end < text.length() && at(end) != '\n' && at(end) != '\r') {
      char c = at(end);
      if (c == quote) {
        return token(TokenKind.LITERAL, text.substring(start + 1, end), start, end + 1);
      }
      char next = at(end + 1);
      end += c == '\\' && (next == quote || next == '\\') ? 2 : 1;
    }
    error(
        ProtoRule.UNCLOSED_TEXT,
        file().span(start, end),
        "quoted text is not closed on its line",
        "end it with " + quote + ", or write \\n for a line break");
    return token(TokenKind.LITERAL, text.substring(start + 1, end), start, end);
  }

  @Override
  protected void onBlockComment(Span comment) {
    int nested = file().text().indexOf("/*", comment.start() + 2);
    if (nested >= 0 && nested + 1 < comment.end() - 2) {
      error(
          ProtoRule.UNCLOSED_COMMENT,
          file().span(nested, nested + 2),
          "'/*' within a comment, which ends at the first '*/'",
          "take one of the two out");
    }
  }
}
