package io.windhover.idl.format;

import io.windhover.idl.format.Shape.Ending;
import io.windhover.idl.format.Shape.Part;
import io.windhover.idl.parser.ParsedFile;
import io.windhover.source.parse.TokenKind;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Lays the tokens of a file out.
///
/// Comments stay between the tokens they stand between, but for separators: those that are added,
/// dropped or turned into commas stand right behind what they end. (Unless a doc comment is in the
/// way, which would then belong to the next member.)
final class LayoutBuilder {
  private final Pieces pieces;
  private final Shape shape;
  private final Layout layout = new Layout();

  /// What was written last on this line, for the space behind it.
  private @Nullable Piece before;

  LayoutBuilder(ParsedFile file) {
    this.pieces = Pieces.of(file);
    this.shape = new Shape(file.document());
  }

  Layout build() {
    Part previous = null;
    boolean isFirst = true;
    while (true) {
      while (pieces.next().isSeparator() && !pieces.next().hasDoc()) {
        pieces.drop(false);
      }
      if (pieces.next().kind() == TokenKind.END) {
        beforeEnd(isFirst, false);
        return layout;
      }
      Part part = shape.partAt(pieces.next().start());
      between(isFirst, false, !isFirst && needsBlank(previous, part));
      part(part);
      previous = part;
      isFirst = false;
    }
  }

  private static boolean needsBlank(@Nullable Part previous, @Nullable Part part) {
    return previous != null
        && part != null
        && (previous.isBlock() || part.isBlock() || previous.isHeader() != part.isHeader());
  }

  private void part(@Nullable Part part) {
    if (part != null) {
      item(false);
      return;
    }
    int next = shape.nextPart(pieces.next().start()); // behind words without a node
    do {
      token();
    } while (pieces.next().start() < next
        && !pieces.next().isSeparator()
        && pieces.next().kind() != TokenKind.END);
  }

  /// A member, element or definition with its separator.
  private void item(boolean isGroup) {
    Ending ending = null;
    while (ending == null) {
      ending = shape.endingAt(token().end());
    }
    boolean isKept = false;
    while (pieces.next().isSeparator()) {
      boolean isInLine = pieces.next().hasCommentsInLine();
      if (pieces.next().hasDoc() || (isGroup && isInLine)) {
        isKept = true;
        pieces.next().comments().forEach(this::inside);
        pieces.dropComments();
      }
      pieces.drop(isInLine);
    }
    boolean isLast = closes(pieces.next());
    if (isKept || ending == Ending.MEMBER || ending == Ending.ELEMENT && !isLast) {
      layout.text(",");
    }
  }

  private static boolean closes(Piece piece) {
    return switch (piece.kind()) {
      case RIGHT_BRACE, RIGHT_BRACKET, RIGHT_PARENTHESIS -> true;
      default -> false;
    };
  }

  /// The next token with the comments before it, and if it is a bracket, all up to the one that
  /// closes it.
  ///
  /// @return the last token that was written
  private Piece token() {
    Piece piece = pieces.take();
    boolean isFirst = before == null;
    if (!isFirst) {
      piece.comments().forEach(this::inside);
      boolean hasComments = !piece.comments().isEmpty();
      if (hasComments || needsSpace(before, piece)) {
        layout.space();
      }
    }
    return switch (piece.kind()) {
      case LEFT_BRACE -> shape.isMap(piece.start()) ? group(piece) : body(piece);
      case LEFT_BRACKET, LEFT_PARENTHESIS -> group(piece);
      default -> write(piece);
    };
  }

  private void inside(Comment comment) {
    layout.space();
    layout.comment(comment, false);
  }

  private Piece write(Piece piece) {
    layout.text(piece.text());
    before = piece;
    return piece;
  }

  private boolean needsSpace(@Nullable Piece left, Piece right) {
    return left != null
        && switch (left.kind()) {
          case LEFT_ANGLE, AMPERSAND -> false;
          default ->
              switch (right.kind()) {
                case COMMA, COLON, SEMICOLON, RIGHT_ANGLE -> false;
                case LEFT_ANGLE -> left.kind() == TokenKind.LITERAL;
                case LEFT_PARENTHESIS -> !shape.isMethodName(left.end());
                default -> true;
              };
        };
  }

  /// Members, a line each.
  private Piece body(Piece open) {
    write(open);
    return members(true);
  }

  /// Elements, on one line if they fit.
  private Piece group(Piece open) {
    layout.open();
    write(open);
    Piece close = members(false);
    layout.close();
    return close;
  }

  private Piece members(boolean isBody) {
    if (closes(pieces.next()) && pieces.next().comments().isEmpty()) {
      return write(pieces.take());
    }
    layout.indent();
    boolean isFirst = true;
    while (!closes(pieces.next())) {
      between(isFirst, !isBody, false);
      item(!isBody);
      isFirst = false;
    }
    beforeEnd(isFirst, !isBody);
    layout.dedent();
    newLine(!isBody, "", false);
    return write(pieces.take());
  }

  /// Ends what was written and leads to the next item, whose first token is next.
  ///
  /// @param isFirst whether nothing but an opening bracket, or nothing, stands before it
  private void between(boolean isFirst, boolean isGroup, boolean needsBlank) {
    Piece piece = pieces.next();
    List<Comment> comments = piece.comments();
    int trailing = trailing(isGroup);
    for (int i = trailing; i <= comments.size(); i++) {
      int newlines = i < comments.size() ? comments.get(i).newlines() : piece.newlines();
      if (i == trailing) {
        if (before != null) {
          boolean isBlank = !isGroup && !isFirst && (needsBlank || newlines > 1);
          newLine(isGroup, isFirst ? "" : " ", isBlank);
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

  /// Writes the comments before a closing bracket or the end of the file.
  private void beforeEnd(boolean isFirst, boolean isGroup) {
    List<Comment> comments = pieces.next().comments();
    int trailing = trailing(isGroup);
    for (int i = trailing; i < comments.size(); i++) {
      Comment comment = comments.get(i);
      boolean isStart = isFirst && i == trailing;
      if (before != null || i > trailing) {
        boolean isBlank = !isGroup && !isStart && comment.newlines() > 1;
        newLine(isGroup, isStart ? "" : " ", isBlank);
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
}
