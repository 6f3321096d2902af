package io.windhover.source.layout;

import io.windhover.source.SourceFile;
import io.windhover.source.Span;
import io.windhover.source.parse.Token;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/// The tokens of a file in turn, each with the comments before it.
public final class Pieces {
  private final List<Piece> pieces;
  private int position;

  private Pieces(List<Piece> pieces) {
    this.pieces = pieces;
  }

  /// @param tokens all of a file without errors
  public static Pieces of(List<Token> tokens) {
    var pieces = new ArrayList<Piece>();
    int position = 0;
    SourceFile file = tokens.getFirst().span().file();
    for (Token token : tokens) {
      Span span = token.span();
      var comments = new ArrayList<Comment>();
      for (Span comment : token.comments()) {
        int newlines = newlines(file, position, comment.start());
        comments.add(new Comment(withoutTrailingBlanks(comment.text()), newlines));
        position = comment.end();
      }
      int newlines = newlines(file, position, span.start());
      position = span.end();
      pieces.add(
          new Piece(token.kind(), span.text(), span.start(), span.end(), comments, newlines));
    }
    return new Pieces(pieces);
  }

  private static int newlines(SourceFile file, int start, int end) {
    Span span = file.span(start, end);
    return span.endLine() - span.line();
  }

  public Piece next() {
    return pieces.get(position);
  }

  public Piece take() {
    return pieces.get(position++);
  }

  /// Leaves the next piece out and gives its comments to the one behind it.
  ///
  /// @param endsLine whether the line ends behind them
  public void drop(boolean endsLine) {
    Piece dropped = take();
    pieces.set(position, next().takingOver(dropped.comments(), endsLine));
  }

  /// Leaves out the comments before the next piece, which the caller has written.
  public void dropComments() {
    Piece it = next();
    pieces.set(
        position, new Piece(it.kind(), it.text(), it.start(), it.end(), List.of(), it.newlines()));
  }

  private static String withoutTrailingBlanks(String text) {
    return text.lines().map(String::stripTrailing).collect(Collectors.joining("\n"));
  }
}
