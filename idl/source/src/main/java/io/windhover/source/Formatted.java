package io.windhover.source;

import java.util.List;
import java.util.Optional;

/// What came of formatting a file.
///
/// @param text the file in its new layout; empty if it is to be left alone
/// @param diagnostics what the parser says of the file
public record Formatted(Optional<String> text, List<Diagnostic> diagnostics) {

  public Formatted {
    diagnostics = List.copyOf(diagnostics);
  }
}
