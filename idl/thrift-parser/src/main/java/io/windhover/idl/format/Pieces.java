package io.windhover.idl.format;

import io.windhover.idl.parser.ParsedFile;
import io.windhover.idl.parser.Token;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/// The tokens of a file in turn, each with the comments before it.
final class Pieces {
  private final List<Piece> pieces;
  private int position;

  private Pieces(List<Piece> pieces) {
    this.pieces = pieces;
  }

  /// @param file without errors
  static Pieces of(ParsedFile file) {
    String text = file.file().text();
    var pieces = new ArrayList<Piece>();
    int end = 0;
    for (Token token : file.tokens()) {
      int start = token.span().start();
      var comments = new ArrayList<Comment>();
      int newlines = comments(text, end, start, comments);
      end = token.span().end();
      pieces.add(
          new Piece(token.kind(), text.substring(start, end), start, end, comments, newlines));
    }
    return new Pieces(pieces);
  }

  Piece next() {
    return pieces.get(position);
  }

  Piece take() {
    return pieces.get(position++);
  }

  /// Leaves the next piece out and gives its comments to the one behind it.
  void drop() {
    Piece dropped = take();
    pieces.set(position, next().takingOver(dropped.comments()));
  }

  /// Leaves out the comments before the next piece, which the caller has written.
  void dropComments() {
    Piece it = next();
    pieces.set(
        position, new Piece(it.kind(), it.text(), it.start(), it.end(), List.of(), it.newlines()));
  }

  /// Cuts the comments out of the text between two tokens.
  ///
  /// @return line ends behind the last of them
  private static int comments(String text, int from, int to, List<Comment> comments) {
    int newlines = 0;
    int position = from;
    while (position < to) {
      char c = text.charAt(position);
      if (c == '#' || c == '/') {
        int end = commentEnd(text, position, to);
        comments.add(new Comment(withoutTrailingBlanks(text.substring(position, end)), newlines));
        newlines = 0;
        position = end;
      } else {
        boolean isPair = c == '\r' && position + 1 < to && text.charAt(position + 1) == '\n';
        newlines += c == '\n' || c == '\r' && !isPair ? 1 : 0;
        position++;
      }
    }
    return newlines;
  }

  private static String withoutTrailingBlanks(String text) {
    return text.lines().map(String::stripTrailing).collect(Collectors.joining("\n"));
  }

  private static int commentEnd(String text, int start, int limit) {
    if (text.startsWith("/*", start)) {
      return text.indexOf("*/", start + 2) + 2;
    }
    int end = start;
    while (end < limit && text.charAt(end) != '\n' && text.charAt(end) != '\r') {
      end++;
    }
    return end;
  }
}
