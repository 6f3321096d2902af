package io.windhover.source.parse;

import org.jspecify.annotations.Nullable;

/// Kinds of [Token], of all languages. Keywords are identifiers: the parser knows where they mean
/// something.
public enum TokenKind {
  IDENTIFIER("a name"),
  INTEGER("a whole number"),
  DECIMAL("a number"),
  LITERAL("a quoted text"),
  END("end of file"),
  LEFT_BRACE("'{'"),
  RIGHT_BRACE("'}'"),
  LEFT_PARENTHESIS("'('"),
  RIGHT_PARENTHESIS("')'"),
  LEFT_BRACKET("'['"),
  RIGHT_BRACKET("']'"),
  LEFT_ANGLE("'<'"),
  RIGHT_ANGLE("'>'"),
  COMMA("','"),
  SEMICOLON("';'"),
  COLON("':'"),
  EQUALS("'='"),
  STAR("'*'"),
  AMPERSAND("'&'"),
  AT("'@'"),
  DOT("'.'"),
  MINUS("'-'"),
  SLASH("'/'");

  private final String description;

  TokenKind(String description) {
    this.description = description;
  }

  static @Nullable TokenKind symbol(char c) {
    return switch (c) {
      case '{' -> LEFT_BRACE;
      case '}' -> RIGHT_BRACE;
      case '(' -> LEFT_PARENTHESIS;
      case ')' -> RIGHT_PARENTHESIS;
      case '[' -> LEFT_BRACKET;
      case ']' -> RIGHT_BRACKET;
      case '<' -> LEFT_ANGLE;
      case '>' -> RIGHT_ANGLE;
      case ',' -> COMMA;
      case ';' -> SEMICOLON;
      case ':' -> COLON;
      case '=' -> EQUALS;
      case '*' -> STAR;
      case '&' -> AMPERSAND;
      case '@' -> AT;
      case '.' -> DOT;
      case '-' -> MINUS;
      case '/' -> SLASH;
      default -> null;
    };
  }

  /// As it reads after "expected".
  @Override
  public String toString() {
    return description;
  }
}
