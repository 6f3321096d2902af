package io.windhover.source.trim;

import java.util.List;

/// What became of files of which something was taken out.
///
/// @param files those of which something stays, the wanted one last
/// @param removed what is gone, as `struct base.Trace` or `method Shop.buy`
/// @param unknown what is wanted and is not there; then nothing is trimmed
public record Trimmed(List<File> files, List<String> removed, List<String> unknown) {

  public Trimmed {
    files = List.copyOf(files);
    removed = List.copyOf(removed);
    unknown = List.copyOf(unknown);
  }

  /// A file of which something stays.
  ///
  /// @param name by which others include it, where that does not depend on them; else its path
  /// @param path as it was read
  public record File(String name, String path, String text) {}
}
