package io.windhover.plugin.host;

import io.windhover.thriftgo.Response.Generated;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// What one program inserts into files that are there, over its runs for several IDL files.
///
/// Two of them may include a third, and the program, told of it twice, insert the same into its
/// classes twice. Only the first time counts.
final class Insertions {
  private final Set<Generated> before = new HashSet<>();

  Insertions() {}

  /// Returns what a further run has made, without the insertions of earlier ones.
  List<Generated> further(List<Generated> made) {
    var further = new ArrayList<Generated>();
    var inserted = new ArrayList<Generated>();
    var file = Optional.<String>empty(); // that pieces without a name are for, if it is no new one
    for (var one : made) {
      if (one.name().isPresent()) {
        file = one.insertionPoint().isPresent() ? one.name() : Optional.empty();
      }
      if (file.isEmpty()) {
        further.add(one);
        continue;
      }
      var insertion = new Generated(one.content(), file, one.insertionPoint());
      inserted.add(insertion);
      if (!before.contains(insertion)) {
        further.add(insertion);
      }
    }
    before.addAll(inserted);
    return further;
  }
}
