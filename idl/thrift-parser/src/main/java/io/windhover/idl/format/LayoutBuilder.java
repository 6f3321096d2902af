package io.windhover.idl.format;

import io.windhover.idl.format.Shape.Ending;
import io.windhover.idl.format.Shape.Part;
import io.windhover.idl.parser.ParsedFile;
import io.windhover.source.layout.Layout;
import io.windhover.source.layout.LayoutWriter;
import io.windhover.source.layout.Piece;
import io.windhover.source.layout.Pieces;
import io.windhover.source.parse.TokenKind;
import org.jspecify.annotations.Nullable;

/// Lays the tokens of a file out.
///
/// Comments stay between the tokens they stand between, but for separators: those that are added,
/// dropped or turned into commas stand right behind what they end. (Unless a doc comment is in the
/// way, which would then belong to the next member.)
final class LayoutBuilder extends LayoutWriter {
  private final Shape shape;

  LayoutBuilder(ParsedFile file) {
    super(Pieces.of(file.tokens()));
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
        endMembers(isFirst);
        return layout;
      }
      Part part = shape.partAt(pieces.next().start());
      nextMember(isFirst, !isFirst && needsBlank(previous, part));
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

  /// The next token with the comments before it, and if it is a bracket, all up to the one that
  /// closes it.
  ///
  /// @return the last token that was written
  private Piece token() {
    Piece piece = take();
    return switch (piece.kind()) {
      case LEFT_BRACE -> shape.isMap(piece.start()) ? group(piece) : body(piece);
      case LEFT_BRACKET, LEFT_PARENTHESIS -> group(piece);
      default -> write(piece);
    };
  }

  @Override
  protected boolean needsSpace(Piece left, Piece right) {
    return switch (left.kind()) {
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
    if (closes(pieces.next()) && pieces.next().comments().isEmpty()) {
      return write(pieces.take());
    }
    layout.indent();
    boolean isFirst = true;
    while (!closes(pieces.next())) {
      nextMember(isFirst, false);
      item(false);
      isFirst = false;
    }
    endMembers(isFirst);
    layout.dedent();
    layout.newLine(false);
    return write(pieces.take());
  }

  /// Elements, on one line if they fit.
  private Piece group(Piece open) {
    layout.open();
    write(open);
    Piece close = elements();
    layout.close();
    return close;
  }

  private Piece elements() {
    if (closes(pieces.next()) && pieces.next().comments().isEmpty()) {
      return write(pieces.take());
    }
    layout.indent();
    String flat = "";
    while (!closes(pieces.next())) {
      nextElement(flat);
      item(true);
      flat = " ";
    }
    endElements(flat);
    layout.dedent();
    layout.breakOr("");
    return write(pieces.take());
  }
}
