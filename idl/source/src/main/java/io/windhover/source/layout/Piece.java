package io.windhover.source.layout;

import io.windhover.source.parse.TokenKind;
import java.util.ArrayList;
import java.util.List;

/// A token with the comments before it.
///
/// @param text as it stands in the file, quotes and all
/// @param newlines line ends between the last of the comments, or else the token before, and this
public record Piece(
    TokenKind kind, String text, int start, int end, List<Comment> comments, int newlines) {

  public Piece {
    comments = List.copyOf(comments);
  }

  public boolean isSeparator() {
    return kind == TokenKind.COMMA || kind == TokenKind.SEMICOLON;
  }

  /// Whether a doc comment stands before it: what is moved here is then the doc of something else.
  public boolean hasDoc() {
    return comments.stream().anyMatch(Comment::isDoc);
  }

  /// Whether all comments before it are in the line of what they follow, which goes on behind them.
  public boolean hasCommentsInLine() {
    return !comments.isEmpty()
        && comments.stream().allMatch(it -> it.newlines() == 0 && !it.isLine());
  }

  /// This piece where one before it is left out, whose comments come to it.
  ///
  /// @param endsLine whether the line ends behind them
  Piece takingOver(List<Comment> others, boolean endsLine) {
    if (others.isEmpty()) {
      return this;
    }
    var all = new ArrayList<>(others);
    int lines = endsLine || others.getLast().isLine() ? 1 : 0;
    for (var comment : comments) {
      all.add(comment.after(lines));
      lines = 0;
    }
    return new Piece(kind, text, start, end, all, Math.max(newlines, lines));
  }
}
