package io.windhover.source.parse;

import io.windhover.source.Quote;
import io.windhover.source.Span;
import java.util.List;

/// The smallest unit with a meaning.
///
/// @param text as written; of a literal, what stands between the quotes
/// @param startsLine whether it is the first of its line, which says where a statement probably
///   starts when the text around it is broken
/// @param comments those between the token before and this one, in order
public record Token(
    TokenKind kind, String text, Span span, boolean startsLine, List<Span> comments) {

  public boolean is(String word) {
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
