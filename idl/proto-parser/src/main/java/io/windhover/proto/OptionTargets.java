package io.windhover.proto;

import io.windhover.proto.rule.ProtoRule;
import io.windhover.source.Diagnostic;
import io.windhover.source.Span;
import io.windhover.source.parse.Diagnostics;
import java.util.List;
import java.util.Optional;

/// Checks whether options may be set where they are: some say for what they are, and from which
/// edition to which.
final class OptionTargets {
  private final Diagnostics diagnostics;

  /// What can have options. The numbers are those of the enum `FieldOptions.OptionTargetType`.
  enum Target {
    FILE("a file", 1),
    EXTENSION_RANGE("a range of extensions", 2),
    MESSAGE("a message", 3),
    FIELD("a field", 4),
    ONEOF("a oneof", 5),
    ENUM("an enum", 6),
    ENUM_ENTRY("a value of an enum", 7),
    SERVICE("a service", 8),
    METHOD("a method", 9);

    private final String description;
    private final long number;

    Target(String description, long number) {
      this.description = description;
      this.number = number;
    }

    @Override
    public String toString() {
      return description;
    }
  }

  OptionTargets(Diagnostics diagnostics) {
    this.diagnostics = diagnostics;
  }

  /// @param file in which they are set
  void check(Options options, Target target, ProtoFile file) {
    Optional<MessageValue> value = options.value();
    if (value.isEmpty()) {
      return;
    }
    Span span = options.span().orElseGet(() -> file.syntax().span().file().span(0, 0));
    if (options.has("features") && !file.edition().isEdition()) {
      diagnostics.report(
          ProtoRule.FEATURE,
          span,
          "features in " + file.edition() + ", which has fixed ones",
          "begin the file with: edition = \"2023\";");
      return;
    }
    check(value.get(), target, file, span);
  }

  private void check(MessageValue message, Target target, ProtoFile file, Span span) {
    for (MessageValue.Entry entry : message.entries()) {
      Field field = entry.field();
      List<Long> targets = numbers(field.options(), "targets");
      if (!targets.isEmpty() && !targets.contains(target.number)) {
        diagnostics.report(
            Diagnostic.of(
                    ProtoRule.OPTION_TARGET,
                    span,
                    "option '%s' is not for %s".formatted(name(field), target))
                .withLabel(field.span(), "which is said here"));
      }
      boolean isFeature = message.type().fullName().equals(Features.MESSAGE);
      if (isFeature
          && field.type() instanceof FieldType.OfEnum
          && entry.value().equals(new Value.OfInt(0))) {
        diagnostics.report(
            ProtoRule.FEATURE,
            span,
            "feature '" + field.name() + "' is set to nothing that is known");
      }
      checkEdition(field, file, span);
      check(entry.value(), target, file, span);
    }
  }

  private void check(Value value, Target target, ProtoFile file, Span span) {
    switch (value) {
      case Value.OfMessage(var message) -> check(message, target, file, span);
      case Value.OfList(var values) -> values.forEach(it -> check(it, target, file, span));
      case Value.OfBool _,
          Value.OfBytes _,
          Value.OfDouble _,
          Value.OfFloat _,
          Value.OfInt _,
          Value.OfSerialized _ -> {}
    }
  }

  private void checkEdition(Field field, ProtoFile file, Span span) {
    Optional<FeatureSupport> support = FeatureSupport.of(field.options());
    if (support.isEmpty()) {
      return;
    }
    long own = file.edition().number();
    long removed = support.get().removed();
    if (own < support.get().introduced()) {
      diagnostics.report(
          ProtoRule.OTHER_EDITION,
          span,
          "option '%s' is of a later edition than %s".formatted(name(field), file.edition()));
    }
    if (removed != 0 && own >= removed) {
      diagnostics.report(
          ProtoRule.OTHER_EDITION,
          span,
          "option '%s' is not of edition %s any more".formatted(name(field), file.edition()));
    }
  }

  private static String name(Field field) {
    return field.isExtension() ? "(" + field.fullName() + ")" : field.name();
  }

  private static List<Long> numbers(Options options, String name) {
    Value value = options.value().flatMap(it -> it.get(name)).orElse(null);
    if (!(value instanceof Value.OfList(var values))) {
      return List.of();
    }
    return values.stream()
        .filter(Value.OfInt.class::isInstance)
        .map(it -> ((Value.OfInt) it).value())
        .toList();
  }
}
