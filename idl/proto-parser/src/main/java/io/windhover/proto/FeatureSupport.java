package io.windhover.proto;

import java.util.Optional;

/// What a field of an option, or a value of one, says of the editions that have it
/// (`feature_support`).
///
/// @param introduced number of an edition; 0 if it is not said, and so for the others
record FeatureSupport(
    long introduced, long deprecated, long removed, boolean hasWarning, boolean hasError) {

  /// Empty if nothing is said.
  static Optional<FeatureSupport> of(Options options) {
    Value support = options.value().flatMap(it -> it.get("feature_support")).orElse(null);
    return support instanceof Value.OfMessage(var message)
        ? Optional.of(
            new FeatureSupport(
                number(message, "edition_introduced"),
                number(message, "edition_deprecated"),
                number(message, "edition_removed"),
                message.get("deprecation_warning").isPresent(),
                message.get("removal_error").isPresent()))
        : Optional.empty();
  }

  private static long number(MessageValue message, String field) {
    return message.get(field).orElse(null) instanceof Value.OfInt(long it) ? it : 0;
  }

  /// What contradicts itself in it, as it reads behind the name of a field.
  Optional<String> problem() {
    if (deprecated != 0 && deprecated < introduced) {
      return Optional.of("is deprecated before it is introduced");
    }
    if (hasWarning != (deprecated != 0)) {
      return Optional.of(
          hasWarning
              ? "has a deprecation_warning, and no edition_deprecated"
              : "has an edition_deprecated, and no deprecation_warning");
    }
    if (removed != 0 && deprecated >= removed) {
      return Optional.of("is deprecated after it is removed");
    }
    if (removed != 0 && removed < introduced) {
      return Optional.of("is removed before it is introduced");
    }
    if (removed != 0 && introduced != removed && !hasError) {
      return Optional.of("has an edition_removed, and no removal_error");
    }
    if (removed == 0 && hasError) {
      return Optional.of("has a removal_error, and no edition_removed");
    }
    return Optional.empty();
  }
}
