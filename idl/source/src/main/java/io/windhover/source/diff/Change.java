package io.windhover.source.diff;

import io.windhover.source.Span;
import java.util.Optional;

/// One difference between two versions.
///
/// @param subject what has changed, such as `Order.total`
/// @param message how it has changed
/// @param before where it stood, or what held it; empty if there was neither
/// @param after where it stands, or what holds it; empty if there is neither
public record Change(
    ChangeRule rule, String subject, String message, Optional<Span> before, Optional<Span> after) {

  public Level level() {
    return rule.level();
  }
}
