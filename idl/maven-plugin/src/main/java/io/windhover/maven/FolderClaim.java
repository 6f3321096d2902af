package io.windhover.maven;

import java.nio.file.Path;
import java.util.List;

/// That a folder belongs to an execution of this build, which removes from it what it has not made.
///
/// @param execution the goal and the id
/// @param files the Thrift files whose Java the folder holds
record FolderClaim(String execution, List<Path> files) {
  FolderClaim {
    files = List.copyOf(files);
  }

  /// Whether both cannot have the folder. The same files may be generated twice, as in a command
  /// that names a phase and the goal.
  boolean isDisputedBy(FolderClaim later) {
    return !execution.equals(later.execution) && !files.equals(later.files);
  }
}
