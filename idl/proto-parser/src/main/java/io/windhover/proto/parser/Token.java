package io.windhover.proto.parser;

import io.windhover.proto.ast.Comment;
import io.windhover.proto.source.Quote;
import io.windhover.proto.source.Span;
import org.jspecify.annotations.Nullable;

/// The smallest unit with a meaning.
///
/// @param text as written; of a literal, what stands between the quotes
/// @param startsLine whether it is the first of its line, which says where a statement probably
///   starts when the text around it is broken
/// @param comment what stands in comments right before it
/// @param commentBehind what stands in a comment behind the token before, on that token's line
record Token(
    TokenKind kind,
    String text,
    Span span,
    boolean startsLine,
    @Nullable Comment comment,
    @Nullable Comment commentBehind) {

  boolean is(String word) {
    return kind == TokenKind.IDENTIFIER && text.equals(word);
  }

  /// As it reads after "found".
  @Override
  public String toString() {
    return switch (kind) {
      case IDENTIFIER, INTEGER, DECIMAL -> Quote.of(text);
      default -> kind.toString();
    };
  }
}
