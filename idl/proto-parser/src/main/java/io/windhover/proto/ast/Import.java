package io.windhover.proto.ast;

import io.windhover.source.Span;

/// `import "a.proto";`.
public record Import(Kind kind, StringLiteral path, Span span) implements Node {

  /// Which word stands before the path, if any.
  public enum Kind {
    NORMAL,
    /// Whoever imports this file sees the imported one too.
    PUBLIC,
    /// Without meaning outside of Google.
    WEAK,
    /// For options only: of the imported file, only extensions are seen.
    OPTION
  }
}
