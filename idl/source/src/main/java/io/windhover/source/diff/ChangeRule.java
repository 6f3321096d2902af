package io.windhover.source.diff;

import java.util.Locale;

/// A kind of change that is told apart, with its level and what it means to old and new peers. Each
/// language has an enum of these.
public interface ChangeRule {

  Level level();

  /// What happens to old and new peers, or to the code.
  String consequence();

  /// The name of the enum's constant.
  String name();

  /// The name that does not change, such as `field-removed`.
  default String id() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
