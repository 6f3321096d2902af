package io.windhover.proto.diff;

import io.windhover.proto.Symbol;
import io.windhover.source.Span;
import io.windhover.source.diff.Change;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Collects the changes of one comparison.
final class Changes {
  private final List<Change> found = new ArrayList<>();

  /// @param before what there was, or what held it
  /// @param after what there is, or what holds it
  void add(ProtoChange rule, String subject, String message, Symbol before, Symbol after) {
    add(rule, subject, message, before.span(), after.span());
  }

  /// @param before null if there was nothing
  /// @param after null if there is nothing
  void add(
      ProtoChange rule,
      String subject,
      String message,
      @Nullable Span before,
      @Nullable Span after) {
    found.add(
        new Change(
            rule, subject, message, Optional.ofNullable(before), Optional.ofNullable(after)));
  }

  List<Change> found() {
    return List.copyOf(found);
  }
}
