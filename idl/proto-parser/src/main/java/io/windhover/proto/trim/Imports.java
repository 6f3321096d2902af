package io.windhover.proto.trim;

import io.windhover.proto.ProtoFile;
import io.windhover.proto.ProtoFile.Imported;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Set;

/// Which imports stay, and which files by them: a file of which nothing stays may lead to one that
/// does, by a public import.
final class Imports {
  private final Reach reach;
  private final Set<ProtoFile> files = new HashSet<>();

  /// @param root the file that is wanted
  Imports(Reach reach, ProtoFile root) {
    this.reach = reach;
    add(root);
  }

  private void add(ProtoFile root) {
    Deque<ProtoFile> pending = new ArrayDeque<>();
    pending.add(root);
    while (!pending.isEmpty()) {
      var file = pending.remove();
      if (files.add(file)) {
        file.imports().stream()
            .filter(it -> isNeeded(file, it))
            .forEach(it -> pending.add(it.file()));
      }
    }
  }

  /// Keeps the files; returns whether there is a new one among them.
  boolean keepFiles() {
    boolean isNew = false;
    for (var file : files) {
      isNew |= reach.add(file);
    }
    return isNew;
  }

  /// Whether an import of a file brings something that stays. Public ones are for others, too.
  boolean isNeeded(ProtoFile file, Imported imported) {
    return brought(imported.file()).stream()
        .anyMatch(it -> reach.uses(file, it) || imported.isPublic() && reach.has(it));
  }

  /// The file, and what importing it brings along.
  private static Set<ProtoFile> brought(ProtoFile imported) {
    var found = new HashSet<ProtoFile>();
    Deque<ProtoFile> pending = new ArrayDeque<>();
    pending.add(imported);
    while (!pending.isEmpty()) {
      var next = pending.remove();
      if (found.add(next)) {
        next.imports().stream().filter(Imported::isPublic).forEach(it -> pending.add(it.file()));
      }
    }
    return found;
  }
}
