package io.windhover.source.diff;

/// Whom a change hurts. The worst comes first.
public enum Level {
  /// Old and new peers misunderstand each other.
  WIRE("breaks the wire"),
  /// Peers understand each other; code that uses the generated classes has to be changed.
  SOURCE("breaks the source"),
  /// Neither.
  NOTE("note");

  private final String text;

  Level(String text) {
    this.text = text;
  }

  /// As it reads in a report.
  @Override
  public String toString() {
    return text;
  }
}
