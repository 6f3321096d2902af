package io.windhover.source.layout;

import io.windhover.source.parse.TokenKind;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Lays pieces out as its subclass, which knows the grammar, leads it: what is the same in every
/// language is where comments stand, blank lines, and spaces between words.
public abstract class LayoutWriter {
  protected final Pieces pieces;
  protected final Layout layout = new Layout();

  /// What was written last on this line, for the space behind it.
  private @Nullable Piece before;

  protected LayoutWriter(Pieces pieces) {
    this.pieces = pieces;
  }

  /// Whether a space stands between two words on a line.
  protected abstract boolean needsSpace(Piece left, Piece right);

  /// Takes the next piece and writes the comments and the space before it.
  protected final Piece take() {
    Piece piece = pieces.take();
    if (before != null) {
      piece.comments().forEach(this::inside);
      if (!piece.comments().isEmpty() || needsSpace(before, piece)) {
        layout.space();
      }
    }
    return piece;
  }

  protected final void inside(Comment comment) {
    layout.space();
    layout.comment(comment, false);
  }

  protected final Piece write(Piece piece) {
    layout.text(piece.text());
    before = piece;
    return piece;
  }

  /// Ends what was written and leads to the next member, which has a line of its own.
  ///
  /// @param isFirst whether nothing but an opening bracket, or nothing, stands before it
  protected final void nextMember(boolean isFirst, boolean needsBlank) {
    lead(false, "", !isFirst, needsBlank);
  }

  /// Ends what was written and leads to the next element of a group.
  ///
  /// @param flat what stands before it if it is on the line
  protected final void nextElement(String flat) {
    lead(true, flat, false, false);
  }

  private void lead(boolean isGroup, String flat, boolean allowsBlank, boolean needsBlank) {
    Piece piece = pieces.next();
    List<Comment> comments = piece.comments();
    int trailing = trailing(isGroup);
    for (int i = trailing; i <= comments.size(); i++) {
      int newlines = i < comments.size() ? comments.get(i).newlines() : piece.newlines();
      if (i == trailing) {
        if (before != null) {
          newLine(isGroup, flat, allowsBlank && (needsBlank || newlines > 1));
        }
      } else if (newlines > 0) {
        newLine(isGroup, " ", !isGroup && newlines > 1);
      } else {
        layout.space();
      }
      if (i < comments.size()) {
        layout.comment(comments.get(i), false);
      }
    }
    before = null;
  }

  /// Writes the comments behind the last member, before a closing bracket or the end of the file.
  ///
  /// @param isEmpty whether there is no member
  protected final void endMembers(boolean isEmpty) {
    end(false, "", !isEmpty);
  }

  /// Writes the comments behind the last element of a group.
  ///
  /// @param flat what stands before the first of them if it is on the line
  protected final void endElements(String flat) {
    end(true, flat, false);
  }

  private void end(boolean isGroup, String flat, boolean allowsBlank) {
    List<Comment> comments = pieces.next().comments();
    int trailing = trailing(isGroup);
    for (int i = trailing; i < comments.size(); i++) {
      Comment comment = comments.get(i);
      boolean isFirst = i == trailing;
      if (before != null || !isFirst) {
        boolean isBlank = !isGroup && (allowsBlank || !isFirst) && comment.newlines() > 1;
        newLine(isGroup, isFirst ? flat : " ", isBlank);
      }
      layout.comment(comment, false);
    }
    before = null;
  }

  private void newLine(boolean isGroup, String flat, boolean isBlank) {
    if (isGroup) {
      layout.breakOr(flat);
    } else {
      layout.newLine(isBlank);
    }
  }

  /// Writes the comments that stay behind what was written, on its line: if the line ends there.
  ///
  /// @param isGroup whether the line is only sure to end behind a line comment
  /// @return how many there are
  private int trailing(boolean isGroup) {
    Piece piece = pieces.next();
    List<Comment> comments = piece.comments();
    int count = 0;
    while (before != null && count < comments.size() && comments.get(count).newlines() == 0) {
      count++;
    }
    if (count == 0) {
      return 0;
    }
    boolean endsWithLine = comments.get(count - 1).isLine();
    boolean isEnd = piece.kind() == TokenKind.END || closes(piece);
    boolean endsLine = count < comments.size() || piece.newlines() > 0 || isEnd;
    if (isGroup ? !endsWithLine : !endsLine) {
      return 0;
    }
    for (Comment comment : comments.subList(0, count)) {
      layout.space();
      layout.comment(comment, true);
    }
    return count;
  }

  protected static boolean closes(Piece piece) {
    return switch (piece.kind()) {
      case RIGHT_BRACE, RIGHT_BRACKET, RIGHT_PARENTHESIS -> true;
      default -> false;
    };
  }
}
