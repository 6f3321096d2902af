package io.windhover.idl.parser;

import io.windhover.idl.ast.DocComment;
import io.windhover.idl.source.Quote;
import io.windhover.idl.source.Span;
import org.jspecify.annotations.Nullable;

/// The smallest unit with a meaning.
///
/// @param text as written; of a literal, what stands between the quotes
/// @param startsLine whether it is the first of its line, which says where a member probably starts
///   when the text around it is broken
/// @param doc the last doc comment since the token before
public record Token(
    TokenKind kind, String text, Span span, boolean startsLine, @Nullable DocComment doc) {

  public boolean is(String word) {
    return kind == TokenKind.IDENTIFIER && text.equals(word);
  }

  /// As it reads after "found".
  @Override
  public String toString() {
    return switch (kind) {
      case IDENTIFIER, INTEGER, DOUBLE -> Quote.of(text);
      default -> kind.toString();
    };
  }
}
