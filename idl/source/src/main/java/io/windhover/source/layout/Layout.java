package io.windhover.source.layout;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/// A pretty-printer in the manner of Oppen: texts, places where a line may break, and groups, which
/// are kept on one line if that is short enough and else broken at each of their places.
public final class Layout {
  private static final int WIDTH = 100;
  private static final int STEP = 2;
  private static final String CONTINUATION = "    ";

  private sealed interface Op {}

  private record Text(String text) implements Op {}

  /// @param endsLine whether nothing may follow on its line; it then does not count as long
  private record Remark(String text, boolean endsLine) implements Op {}

  /// @param flat what stands here if the group is not broken
  private record Break(String flat, boolean isHard, boolean isBlank) implements Op {}

  private enum Mark implements Op {
    OPEN,
    CLOSE,
    INDENT,
    DEDENT
  }

  private final List<Op> ops = new ArrayList<>();

  // ---- what is to be written

  public void text(String text) {
    ops.add(new Text(text));
  }

  public void space() {
    text(" ");
  }

  public void comment(Comment comment, boolean endsLine) {
    ops.add(new Remark(comment.text(), endsLine || comment.isLine()));
  }

  public void newLine(boolean withBlank) {
    ops.add(new Break("", true, withBlank));
  }

  /// A place where the innermost group may be broken.
  public void breakOr(String flat) {
    ops.add(new Break(flat, false, false));
  }

  public void open() {
    ops.add(Mark.OPEN);
  }

  public void close() {
    ops.add(Mark.CLOSE);
  }

  public void indent() {
    ops.add(Mark.INDENT);
  }

  public void dedent() {
    ops.add(Mark.DEDENT);
  }

  // ---- how

  private final StringBuilder out = new StringBuilder();
  private int column;
  private int depth;

  /// Whether a line comment was written, behind which nothing may follow.
  private boolean isLineOver;

  /// For each open group whether it is broken.
  private final Deque<Boolean> broken = new ArrayDeque<>();

  /// Writes all; to be called once.
  public String render() {
    for (int i = 0; i < ops.size(); i++) {
      switch (ops.get(i)) {
        case Text(String text) -> write(text);
        case Remark remark -> write(remark);
        case Break it -> {
          boolean isBroken = it.isHard || broken.isEmpty() || broken.getFirst();
          if (isBroken) {
            endLine(it.isBlank);
          } else {
            write(it.flat);
          }
        }
        case Mark mark -> {
          switch (mark) {
            case OPEN -> broken.push(!fits(i));
            case CLOSE -> broken.pop();
            case INDENT -> depth++;
            case DEDENT -> depth--;
          }
        }
      }
    }
    if (column > 0) {
      endLine(false);
    }
    return out.toString();
  }

  /// Whether the group that opens at `from` and what must follow it on its line are short enough.
  private boolean fits(int from) {
    int left = WIDTH - Math.max(column, depth * STEP);
    int groups = 0;
    for (int i = from; i < ops.size() && left >= 0; i++) {
      switch (ops.get(i)) {
        case Text(String text) -> left -= text.length();
        case Remark remark -> {
          if (groups > 0 && (remark.endsLine || remark.text.indexOf('\n') >= 0)) {
            return false;
          }
          if (remark.endsLine) {
            return true;
          }
          int newline = remark.text.indexOf('\n');
          if (newline >= 0) {
            return newline <= left;
          }
          left -= remark.text.length();
        }
        case Break it -> {
          if (groups > 0 && it.isHard) {
            return false;
          }
          if (groups == 0) {
            return true;
          }
          left -= it.flat.length();
        }
        case Mark mark -> {
          if (mark == Mark.OPEN && i > from && groups == 0) {
            return left > 0; // the next group has a place to break behind its bracket
          }
          groups += mark == Mark.OPEN ? 1 : mark == Mark.CLOSE ? -1 : 0;
        }
      }
    }
    return left >= 0;
  }

  private void write(String text) {
    if (text.isEmpty() || text.equals(" ") && (isLineOver || column == 0)) {
      return;
    }
    if (isLineOver) {
      endLine(false);
      startLine();
      append(CONTINUATION);
    }
    startLine();
    append(text);
  }

  private void write(Remark remark) {
    List<String> lines = remark.text.lines().toList();
    write(lines.getFirst());
    int start = column - lines.getFirst().length();
    var rest = lines.subList(1, lines.size());
    boolean hasStars =
        rest.stream().map(String::strip).allMatch(it -> it.isEmpty() || it.startsWith("*"));
    for (String line : rest) {
      out.append('\n');
      column = 0;
      append(!hasStars ? line : line.isBlank() ? "" : " ".repeat(start + 1) + line.strip());
    }
    isLineOver = !remark.text.startsWith("/*");
  }

  private void startLine() {
    if (column == 0) {
      append(" ".repeat(depth * STEP));
    }
  }

  private void append(String text) {
    out.append(text);
    int newline = text.lastIndexOf('\n');
    column = newline < 0 ? column + text.length() : text.length() - newline - 1;
  }

  private void endLine(boolean withBlank) {
    out.append(withBlank ? "\n\n" : "\n");
    column = 0;
    isLineOver = false;
  }
}
