package io.windhover.source;

import java.util.List;
import java.util.Optional;

/// What became of a file whose syntax tree was to be written as JSON.
///
/// @param json empty if the file has errors of syntax
/// @param diagnostics what the parser says of it
public record Dumped(Optional<String> json, List<Diagnostic> diagnostics) {

  public Dumped {
    diagnostics = List.copyOf(diagnostics);
  }
}
