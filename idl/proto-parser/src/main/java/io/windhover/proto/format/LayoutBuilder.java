package io.windhover.proto.format;

import io.windhover.proto.format.Shape.Kind;
import io.windhover.proto.parser.ParsedFile;
import io.windhover.source.layout.Layout;
import io.windhover.source.layout.LayoutWriter;
import io.windhover.source.layout.Piece;
import io.windhover.source.layout.Pieces;
import io.windhover.source.parse.TokenKind;
import java.util.function.BiPredicate;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// Lays the tokens of a file out.
///
/// Comments stay between the tokens they stand between. Statements of nothing, which are a `;`
/// alone, are left out, and their comments come to what is behind them.
final class LayoutBuilder extends LayoutWriter {
  private final Shape shape;

  LayoutBuilder(ParsedFile file) {
    super(Pieces.of(file.tokens()));
    this.shape = new Shape(file.document());
  }

  Layout build() {
    Kind previous = null;
    boolean isFirst = true;
    while (true) {
      skipNothing();
      if (pieces.next().kind() == TokenKind.END) {
        endMembers(isFirst);
        return layout;
      }
      Kind kind = shape.kindAt(pieces.next().start());
      nextMember(isFirst, !isFirst && needsBlank(previous, kind));
      statement();
      previous = kind;
      isFirst = false;
    }
  }

  private static boolean needsBlank(@Nullable Kind previous, @Nullable Kind kind) {
    return previous != kind || kind == Kind.DEFINITION;
  }

  /// Leaves statements of nothing out.
  private void skipNothing() {
    while (pieces.next().kind() == TokenKind.SEMICOLON) {
      pieces.drop(false);
    }
  }

  /// All up to a semicolon, or to the brace that closes members.
  private void statement() {
    Piece piece = take();
    if (shape.isNumbers(piece.start())) {
      write(piece);
      line(piece, LayoutBuilder::isInLine, (last, _) -> last.kind() == TokenKind.COMMA);
      piece = take();
    }
    while (piece.kind() != TokenKind.SEMICOLON) {
      if (piece.kind() == TokenKind.LEFT_BRACE && !shape.isAggregate(piece.start())) {
        write(piece);
        members();
        return;
      }
      Piece last = word(piece);
      if (shape.isMethodName(last.end())) {
        line(last, LayoutBuilder::isInLine, (_, next) -> next.text().equals("returns"));
      }
      piece = take();
    }
    write(piece);
  }

  private static boolean isInLine(Piece piece) {
    return switch (piece.kind()) {
      case SEMICOLON, LEFT_BRACE, LEFT_BRACKET -> false;
      default -> true;
    };
  }

  /// Words that are on one line if they fit.
  ///
  /// @param last what was written
  /// @param goesOn whether the next belongs to them
  /// @param breaks whether the line may be broken between two of them
  private Piece line(Piece last, Predicate<Piece> goesOn, BiPredicate<Piece, Piece> breaks) {
    layout.open();
    layout.indent();
    layout.indent();
    Piece end = last;
    while (goesOn.test(pieces.next())) {
      if (pieces.next().comments().isEmpty() && breaks.test(end, pieces.next())) {
        layout.breakOr(" ");
        end = write(pieces.take());
      } else {
        end = write(take());
      }
    }
    layout.dedent();
    layout.dedent();
    layout.close();
    return end;
  }

  /// A word, all of a pair of brackets, or quoted texts in a row, which are one.
  ///
  /// @return the last piece that was written
  private Piece word(Piece piece) {
    if (opensGroup(piece)) {
      return group(piece);
    }
    if (piece.kind() == TokenKind.LEFT_BRACKET) {
      return bracketedName(piece);
    }
    write(piece);
    return piece.kind() == TokenKind.LITERAL
        ? line(piece, it -> it.kind() == TokenKind.LITERAL, (_, _) -> true)
        : piece;
  }

  /// The name of an extension or of a type, in the text format.
  private Piece bracketedName(Piece open) {
    write(open);
    Piece last = open;
    while (last.kind() != TokenKind.RIGHT_BRACKET) {
      last = write(take());
    }
    return last;
  }

  private boolean opensGroup(Piece piece) {
    return switch (piece.kind()) {
      case LEFT_BRACE, LEFT_ANGLE -> shape.isAggregate(piece.start());
      case LEFT_BRACKET -> !shape.isBracketedName(piece.start());
      default -> false;
    };
  }

  /// Options, a list or a message in the text format: on one line if they fit, else an element a
  /// line.
  private Piece group(Piece open) {
    boolean isMessage = open.kind() != TokenKind.LEFT_BRACKET;
    String inside = open.kind() == TokenKind.LEFT_BRACE ? " " : "";
    write(open);
    if (closesGroup(pieces.next()) && pieces.next().comments().isEmpty()) {
      return write(pieces.take());
    }
    layout.open();
    layout.indent();
    String flat = inside;
    while (!closesGroup(pieces.next())) {
      nextElement(flat);
      element(isMessage);
      flat = " ";
    }
    endElements(flat);
    layout.dedent();
    layout.breakOr(inside);
    Piece close = write(pieces.take());
    layout.close();
    return close;
  }

  /// An element with the separator behind it.
  private void element(boolean isMessage) {
    while (true) {
      Piece last = word(take());
      Piece next = pieces.next();
      if (next.kind() == TokenKind.COMMA || isMessage && next.kind() == TokenKind.SEMICOLON) {
        write(take());
        return;
      }
      if (closesGroup(next) || isMessage && shape.isAggregateFieldEnd(last.end())) {
        return;
      }
    }
  }

  private static boolean closesGroup(Piece piece) {
    return switch (piece.kind()) {
      case RIGHT_BRACE, RIGHT_BRACKET, RIGHT_ANGLE -> true;
      default -> false;
    };
  }

  /// Members, a line each, and the brace that closes them.
  private void members() {
    skipNothing();
    if (closes(pieces.next()) && pieces.next().comments().isEmpty()) {
      write(pieces.take());
      return;
    }
    layout.indent();
    boolean isFirst = true;
    while (!closes(pieces.next())) {
      nextMember(isFirst, false);
      statement();
      skipNothing();
      isFirst = false;
    }
    endMembers(isFirst);
    layout.dedent();
    layout.newLine(false);
    write(pieces.take());
  }

  @Override
  protected boolean needsSpace(Piece left, Piece right) {
    return switch (left.kind()) {
      case DOT, LEFT_PARENTHESIS, MINUS, SLASH, LEFT_ANGLE -> false;
      case LEFT_BRACKET -> false;
      default ->
          switch (right.kind()) {
            case COMMA, COLON, SEMICOLON, RIGHT_PARENTHESIS, RIGHT_BRACKET, RIGHT_ANGLE, SLASH ->
                false;
            case DOT -> shape.isNameStart(right.start());
            case LEFT_ANGLE -> shape.isAggregate(right.start());
            case LEFT_PARENTHESIS -> !shape.isMethodName(left.end());
            default -> true;
          };
    };
  }
}
