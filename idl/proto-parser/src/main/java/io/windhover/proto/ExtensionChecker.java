package io.windhover.proto;

import io.windhover.proto.ast.Edition;
import io.windhover.proto.ast.Label;
import io.windhover.proto.rule.ProtoRule;
import io.windhover.source.Diagnostic;
import io.windhover.source.parse.Diagnostics;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/// Checks extensions against the messages that they extend.
final class ExtensionChecker {
  private static final int MAX_SHOWN_RANGES = 10;

  private final Diagnostics diagnostics;
  private final Map<Place, Field> taken = new HashMap<>();

  /// The ranges of each message by their first numbers.
  private final Map<MessageType, NavigableMap<Integer, ExtensionRange>> ranges = new HashMap<>();

  /// A number of a message. There is one extension for each.
  private record Place(MessageType message, int number) {}

  ExtensionChecker(Diagnostics diagnostics) {
    this.diagnostics = diagnostics;
  }

  void check(Field extension) {
    MessageType message = extension.message();
    var number = extension.syntax().number().span();
    Optional<ExtensionRange> range = range(message, extension.number());
    if (range.isEmpty()) {
      diagnostics.report(
          ProtoRule.EXTENSION,
          number,
          "number %d is not for extensions of '%s' (expected: %s)"
              .formatted(extension.number(), message, shown(message)));
    }
    if (MessageChecker.isOfLibrary(extension.number())) {
      diagnostics.report(MessageChecker.ofLibrary(extension));
    }
    Field same = taken.putIfAbsent(new Place(message, extension.number()), extension);
    if (same != null) {
      boolean isOfOneFile = same.file() == extension.file();
      diagnostics.report(
          Diagnostic.of(
                  isOfOneFile ? ProtoRule.DUPLICATE_FIELD_NUMBER : ProtoRule.SAME_EXTENSION_NUMBER,
                  number,
                  "number %d of '%s' is that of extension '%s'"
                      .formatted(extension.number(), message, same))
              .withLabel(same.syntax().number().span(), "first used here"));
    }
    if (extension.label() == Label.REQUIRED) {
      String text = "extension '" + extension.name() + "' is required: not all know it";
      diagnostics.report(ProtoRule.EXTENSION, extension.syntax().span(), text);
    }
    checkMessage(extension, message);
    range.ifPresent(it -> checkDeclared(extension, it));
  }

  private Optional<ExtensionRange> range(MessageType message, int number) {
    var below = ranges.computeIfAbsent(message, ExtensionChecker::sorted).floorEntry(number);
    return Optional.ofNullable(below)
        .map(Map.Entry::getValue)
        .filter(it -> it.numbers().contains(number));
  }

  private static NavigableMap<Integer, ExtensionRange> sorted(MessageType message) {
    var sorted = new TreeMap<Integer, ExtensionRange>();
    message.extensionRanges().forEach(it -> sorted.put(it.numbers().first(), it));
    return sorted;
  }

  private static String shown(MessageType message) {
    List<String> ranges =
        message.extensionRanges().stream()
            .limit(MAX_SHOWN_RANGES)
            .map(it -> it.numbers().toString())
            .toList();
    String rest = message.extensionRanges().size() > MAX_SHOWN_RANGES ? ", ..." : "";
    return ranges.isEmpty() ? "none" : String.join(", ", ranges) + rest;
  }

  private void checkMessage(Field extension, MessageType message) {
    boolean isOptions =
        message.fullName().startsWith("google.protobuf.") && message.name().endsWith("Options");
    if (extension.file().edition() == Edition.PROTO3 && !isOptions) {
      diagnostics.report(
          ProtoRule.OTHER_EDITION,
          extension.span(),
          "proto3 has extensions for options only, and '" + message + "' is none");
    }
    boolean isMessage = extension.type() instanceof FieldType.OfMessage;
    if (message.isMessageSet() && (!isMessage || extension.label() != Label.OPTIONAL)) {
      diagnostics.report(
          ProtoRule.MESSAGE_SET,
          extension.span(),
          "extensions of a message with message_set_wire_format are optional messages");
    }
    if (FileChecker.isLite(extension.file()) && !FileChecker.isLite(message.file())) {
      diagnostics.report(
          ProtoRule.LITE_IMPORT,
          extension.span(),
          "a file with optimize_for = LITE_RUNTIME extends a message of one without it");
    }
  }

  /// A range may say which extensions there are in it.
  private void checkDeclared(Field extension, ExtensionRange range) {
    List<Declaration> declared = Declaration.of(range);
    var verification = range.options().choice("verification");
    if (declared.isEmpty() && verification.filter("DECLARATION"::equals).isEmpty()) {
      return;
    }
    Optional<Declaration> own =
        declared.stream().filter(it -> it.number() == extension.number()).findFirst();
    if (own.isEmpty()) {
      report(extension, "is not declared by '" + extension.message() + "'", range);
      return;
    }
    Declaration declaration = own.get();
    String type =
        switch (extension.type()) {
          case FieldType.OfScalar(var scalar) -> scalar.toString();
          case FieldType.OfEnum(var it) -> "." + it;
          case FieldType.OfMessage(var it) -> "." + it;
          case FieldType.Unresolved(var name) -> name.text();
        };
    if (declaration.isReserved()) {
      report(extension, "has a number that '" + extension.message() + "' has reserved", range);
    } else if (!declaration.fullName().equals("." + extension.fullName())) {
      report(extension, "is declared as '" + declaration.fullName() + "'", range);
    } else if (!declaration.type().equals(type)) {
      report(extension, "is declared to be of type '" + declaration.type() + "'", range);
    } else if (declaration.isRepeated() != extension.isRepeated()) {
      String not = declaration.isRepeated() ? "" : "not ";
      report(extension, "is declared " + not + "to be repeated", range);
    }
  }

  private void report(Field extension, String message, ExtensionRange range) {
    diagnostics.report(
        Diagnostic.of(
                ProtoRule.EXTENSION, extension.span(), "extension '" + extension + "' " + message)
            .withLabel(range.syntax().span(), "declared here"));
  }
}
