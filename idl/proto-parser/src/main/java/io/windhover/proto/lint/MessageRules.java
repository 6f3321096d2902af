package io.windhover.proto.lint;

import io.windhover.proto.EnumType;
import io.windhover.proto.ExtensionRange;
import io.windhover.proto.Field;
import io.windhover.proto.FieldType;
import io.windhover.proto.MessageType;
import io.windhover.proto.Options;
import io.windhover.proto.Reserved;
import io.windhover.proto.Symbol;
import io.windhover.proto.rule.ProtoRule;
import io.windhover.source.Diagnostic;
import io.windhover.source.parse.Diagnostics;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// Checks messages: what their fields cost, and what cannot be undone later.
final class MessageRules {
  private static final int MAX_SHOWN = 5;

  private final Diagnostics diagnostics;

  /// Numbers from `first` to `last`, both of them in it.
  private record Numbers(int first, int last) {
    @Override
    public String toString() {
      return first == last ? Integer.toString(first) : first + " to " + last;
    }
  }

  MessageRules(Diagnostics diagnostics) {
    this.diagnostics = diagnostics;
  }

  void check(MessageType message) {
    for (Field field : message.fields()) {
      required(field);
      group(field);
      unpacked(field);
      deprecated(field);
    }
    gaps(message);
    if (message.parent().isEmpty() && message.comment().isEmpty()) {
      MissingComment.report(message, diagnostics);
    }
  }

  private void required(Field field) {
    if (field.isRequired()) {
      diagnostics.report(
          ProtoRule.REQUIRED_FIELD,
          field.span(),
          "field " + field.name() + " is required, and can then never be left out again",
          "let it be optional, and check it in code: old readers refuse messages without it");
    }
  }

  private void group(Field field) {
    if (field.syntax().group().isPresent()) {
      diagnostics.report(
          ProtoRule.GROUP_FIELD,
          field.span(),
          "a group, which only proto2 has",
          "write a message, and a field of it with a number of its own");
    }
  }

  private void unpacked(Field field) {
    boolean isWanted = field.options().has("packed") || field.options().has("features");
    if (field.isRepeated() && field.type().isPackable() && !field.isPacked() && !isWanted) {
      diagnostics.report(
          ProtoRule.UNPACKED_FIELD,
          field.span(),
          "each value of " + field.name() + " has a tag of its own on the wire",
          "with [packed = true] they share one; parsers of all versions in use read both");
    }
  }

  private void deprecated(Field field) {
    Optional<Symbol> type = deprecatedType(field.type());
    if (type.isPresent() && !isDeprecated(field.options()) && !isDeprecated(field)) {
      diagnostics.report(
          Diagnostic.of(
                  ProtoRule.DEPRECATED_USE,
                  field.span(),
                  "field " + field.name() + " is of the deprecated type " + type.get().fullName())
              .withLabel(type.get().span(), "deprecated here")
              .withHelp("take another type, or deprecate the field too"));
    }
  }

  private static Optional<Symbol> deprecatedType(FieldType type) {
    return switch (type) {
      case FieldType.OfMessage(MessageType it) when isDeprecated(it.options()) -> Optional.of(it);
      case FieldType.OfEnum(EnumType it) when isDeprecated(it.options()) -> Optional.of(it);
      case FieldType.OfMessage _,
          FieldType.OfEnum _,
          FieldType.OfScalar _,
          FieldType.Unresolved _ ->
          Optional.empty();
    };
  }

  private static boolean isDeprecated(Field field) {
    return field.scope().map(it -> isDeprecated(it.options())).orElse(false)
        || isDeprecated(field.file().options());
  }

  private static boolean isDeprecated(Options options) {
    return options.isTrue("deprecated");
  }

  /// Numbers below the last that nothing is said about: they may be of fields of the past.
  private void gaps(MessageType message) {
    var taken = new ArrayList<Numbers>();
    message.fields().forEach(it -> taken.add(new Numbers(it.number(), it.number())));
    for (Reserved.Range it : message.reserved().ranges()) {
      taken.add(new Numbers(it.first(), it.last()));
    }
    for (ExtensionRange it : message.extensionRanges()) {
      taken.add(new Numbers(it.numbers().first(), it.numbers().last()));
    }
    taken.sort(Comparator.comparingInt(Numbers::first));
    var gaps = new ArrayList<Numbers>();
    int next = 1;
    for (Numbers it : taken) {
      if (it.first > next) {
        gaps.add(new Numbers(next, it.first - 1));
      }
      next = Math.max(next, it.last + 1);
    }
    if (!gaps.isEmpty()) {
      diagnostics.report(
          ProtoRule.NUMBER_GAP,
          message.span(),
          "numbers of " + message.name() + " that are neither in use nor reserved: " + show(gaps),
          "were they of fields once, reserve them: who has old messages would misread a new field");
    }
  }

  private static String show(List<Numbers> gaps) {
    var shown = gaps.stream().limit(MAX_SHOWN).map(Numbers::toString).toList();
    return String.join(", ", shown) + (gaps.size() > MAX_SHOWN ? ", ..." : "");
  }
}
