package io.windhover.idl.parser;

import io.windhover.source.parse.TokenKind;

/// Counts brackets while tokens are skipped. A closing brace also closes what is open within it.
final class OpenBrackets {
  private int braces;
  private int others;

  void see(TokenKind kind) {
    switch (kind) {
      case LEFT_BRACE -> {
        braces++;
        others = 0;
      }
      case RIGHT_BRACE -> {
        braces = Math.max(0, braces - 1);
        others = 0;
      }
      case LEFT_PARENTHESIS, LEFT_BRACKET -> others++;
      case RIGHT_PARENTHESIS, RIGHT_BRACKET -> others = Math.max(0, others - 1);
      default -> {}
    }
  }

  boolean areClosed() {
    return braces == 0 && others == 0;
  }
}
