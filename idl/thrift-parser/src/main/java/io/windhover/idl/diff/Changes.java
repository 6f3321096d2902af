package io.windhover.idl.diff;

import io.windhover.idl.ast.Node;
import io.windhover.source.diff.Change;
import io.windhover.source.diff.Level;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Collects the changes of one comparison.
final class Changes {
  private final List<Change> found = new ArrayList<>();

  /// @param before null if there was nothing
  /// @param after null if there is nothing
  void add(
      ThriftChange rule,
      String subject,
      String message,
      @Nullable Node before,
      @Nullable Node after) {
    found.add(
        new Change(
            rule,
            subject,
            message,
            Optional.ofNullable(before).map(Node::span),
            Optional.ofNullable(after).map(Node::span)));
  }

  boolean breakTheWire() {
    return found.stream().anyMatch(change -> change.level() == Level.WIRE);
  }

  List<Change> found() {
    return List.copyOf(found);
  }
}
