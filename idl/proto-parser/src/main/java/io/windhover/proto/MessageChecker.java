package io.windhover.proto;

import io.windhover.proto.ast.Edition;
import io.windhover.proto.ast.MessageDef;
import io.windhover.proto.ast.Name;
import io.windhover.proto.ast.OneofDef;
import io.windhover.proto.rule.ProtoRule;
import io.windhover.source.Diagnostic;
import io.windhover.source.parse.Diagnostics;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Checks what the parts of a message have to do with one another: numbers and names.
final class MessageChecker {
  private static final int FIRST_OF_LIBRARY = 19_000; // kept for Protobuf itself
  private static final int LAST_OF_LIBRARY = 19_999;

  private final Diagnostics diagnostics;

  MessageChecker(Diagnostics diagnostics) {
    this.diagnostics = diagnostics;
  }

  void check(MessageType message) {
    message.syntax().ifPresent(it -> checkOneofs(message, it));
    if (!message.isMapEntry() && message.options().has("map_entry")) {
      diagnostics.report(
          ProtoRule.OPTION_VALUE,
          message.span(),
          "map_entry is made for maps, not set",
          "write a field: map<key, value>");
    }
    checkNumbers(message);
    checkRanges(message);
    checkNames(message);
    checkJsonNames(message, false);
    checkJsonNames(message, true);
    boolean hasRanges = !message.extensionRanges().isEmpty();
    if (message.file().edition() == Edition.PROTO3 && hasRanges) {
      diagnostics.report(
          ProtoRule.OTHER_EDITION,
          message.extensionRanges().getFirst().syntax().span(),
          "proto3 has no extensions",
          "write the field into the message, or use google.protobuf.Any");
    }
    new DeclarationChecker(diagnostics).check(message);
    if (message.isMessageSet()) {
      checkSet(message);
    }
  }

  private void checkOneofs(MessageType message, MessageDef syntax) {
    Set<Optional<Oneof>> filled =
        message.fields().stream().map(Field::oneof).collect(Collectors.toSet());
    for (Oneof oneof : message.oneofs()) {
      Optional<OneofDef> written = oneof.syntax();
      if (written.isPresent() && !filled.contains(Optional.of(oneof))) {
        String text = "oneof '" + oneof.name() + "' of '" + syntax.name() + "' has no field";
        diagnostics.report(ProtoRule.EMPTY_ONEOF, oneof.span(), text);
      }
    }
  }

  private void checkNumbers(MessageType message) {
    if (message.isMapEntry()) {
      return;
    }
    Map<Integer, Field> byNumber = new HashMap<>();
    var wrong = new ArrayList<Diagnostic>();
    for (Field field : message.fields()) {
      int number = field.number();
      var span = field.syntax().number().span();
      if (number < 1 || number > Field.MAX_NUMBER) {
        String text =
            "number of field '%s': %d (expected: 1..%d)"
                .formatted(field.name(), number, Field.MAX_NUMBER);
        wrong.add(Diagnostic.of(ProtoRule.FIELD_NUMBER, span, text));
      } else if (isOfLibrary(number)) {
        wrong.add(ofLibrary(field));
      }
      Field same = byNumber.putIfAbsent(number, field);
      if (same != null) {
        String text = "number %d is that of field '%s'".formatted(number, same.name());
        wrong.add(
            Diagnostic.of(ProtoRule.DUPLICATE_FIELD_NUMBER, span, text)
                .withLabel(same.syntax().number().span(), "first used here"));
      }
    }
    if (!wrong.isEmpty()) {
      String help = "the lowest free number is " + free(message, byNumber.keySet());
      wrong.forEach(it -> diagnostics.report(it.withHelp(help)));
    }
  }

  /// What is said of a field, or an extension, that has such a number.
  static Diagnostic ofLibrary(Field field) {
    return Diagnostic.of(
        ProtoRule.FIELD_NUMBER,
        field.syntax().number().span(),
        "number of field '%s': %d, and %d to %d are for Protobuf itself"
            .formatted(field.name(), field.number(), FIRST_OF_LIBRARY, LAST_OF_LIBRARY));
  }

  static boolean isOfLibrary(int number) {
    return number >= FIRST_OF_LIBRARY && number <= LAST_OF_LIBRARY;
  }

  private static int free(MessageType message, Set<Integer> used) {
    var ranges = new ArrayList<>(message.reserved().ranges());
    message.extensionRanges().forEach(it -> ranges.add(it.numbers()));
    ranges.sort(Comparator.comparingInt(Reserved.Range::first));
    int free = 1;
    int next = 0;
    while (true) {
      if (next < ranges.size() && ranges.get(next).first() <= free) {
        free = Math.max(free, ranges.get(next++).last() + 1);
      } else if (used.contains(free)) {
        free++;
      } else {
        return free == FIRST_OF_LIBRARY ? LAST_OF_LIBRARY + 1 : free;
      }
    }
  }

  private void checkRanges(MessageType message) {
    var reserved = new TreeMap<Integer, Reserved.Range>();
    var extensions = new TreeMap<Integer, Reserved.Range>();
    message.reserved().ranges().forEach(it -> add(it, reserved, "reserved"));
    for (ExtensionRange range : message.extensionRanges()) {
      Reserved.Range same = overlapping(range.numbers(), reserved);
      if (same != null) {
        reportOverlap(range.numbers(), same, "reserved");
      }
      add(range.numbers(), extensions, "for extensions");
    }
    for (Field field : message.fields()) {
      checkField(field, reserved, "reserved");
      checkField(field, extensions, "for extensions");
    }
  }

  private void checkField(Field field, NavigableMap<Integer, Reserved.Range> ranges, String what) {
    var below = ranges.floorEntry(field.number());
    if (below != null && below.getValue().contains(field.number())) {
      diagnostics.report(
          Diagnostic.of(
                  ProtoRule.RESERVED_FIELD,
                  field.syntax().number().span(),
                  "number %d of field '%s' is %s".formatted(field.number(), field.name(), what))
              .withLabel(below.getValue().span(), "here"));
    }
  }

  private void add(
      Reserved.Range range, NavigableMap<Integer, Reserved.Range> ranges, String what) {
    Reserved.Range same = overlapping(range, ranges);
    if (same != null) {
      reportOverlap(range, same, what);
    } else {
      ranges.put(range.first(), range);
    }
  }

  static Reserved.@Nullable Range overlapping(
      Reserved.Range range, NavigableMap<Integer, Reserved.Range> ranges) {
    var below = ranges.floorEntry(range.last());
    return below != null && below.getValue().last() >= range.first() ? below.getValue() : null;
  }

  private void reportOverlap(Reserved.Range range, Reserved.Range same, String what) {
    diagnostics.report(
        Diagnostic.of(
                ProtoRule.NUMBER_RANGE,
                range.span(),
                "numbers %s overlap with %s, which are %s".formatted(range, same, what))
            .withLabel(same.span(), "here"));
  }

  private void checkNames(MessageType message) {
    Map<String, Name> reserved = new HashMap<>();
    for (Name name : message.reserved().names()) {
      new ReservedNames(diagnostics).check(name, reserved, message.file().edition());
    }
    for (Field field : message.fields()) {
      Name name = reserved.get(field.name());
      if (name != null) {
        diagnostics.report(
            Diagnostic.of(
                    ProtoRule.RESERVED_FIELD,
                    field.span(),
                    "name '" + field.name() + "' is reserved")
                .withLabel(name.span(), "here"));
      }
    }
  }

  /// @param isCustom whether names that files give count, or only those made of the fields' names,
  ///   which field masks use
  private void checkJsonNames(MessageType message, boolean isCustom) {
    if (message.options().isTrue("deprecated_legacy_json_field_conflicts")) {
      return;
    }
    Map<String, Field> byName = new HashMap<>();
    for (Field field : message.fields()) {
      String name = isCustom ? field.jsonName() : JsonNames.ofField(field.name());
      Field same = byName.putIfAbsent(name, field);
      if (same == null || isCustom && !hasCustomName(field) && !hasCustomName(same)) {
        continue;
      }
      boolean involvesDefault = !isCustom || !hasCustomName(field) || !hasCustomName(same);
      boolean isLegacy = message.features().jsonFormat() == Features.JsonFormat.LEGACY_BEST_EFFORT;
      diagnostics.report(
          Diagnostic.of(
                  isLegacy && involvesDefault ? ProtoRule.SAME_JSON_NAME : ProtoRule.JSON_NAME,
                  field.span(),
                  "field '%s' has the name '%s' in JSON, as '%s' has"
                      .formatted(field.name(), name, same.name()))
              .withLabel(same.span(), "first used here"));
    }
  }

  private static boolean hasCustomName(Field field) {
    return !field.jsonName().equals(JsonNames.ofField(field.name()));
  }

  private void checkSet(MessageType message) {
    if (message.file().edition() == Edition.PROTO3) {
      String text = "message_set_wire_format in proto3";
      diagnostics.report(ProtoRule.MESSAGE_SET, message.span(), text);
    }
    List<Field> fields = message.fields();
    if (!fields.isEmpty()) {
      diagnostics.report(
          ProtoRule.MESSAGE_SET,
          fields.getFirst().span(),
          "a message with message_set_wire_format has no fields, only extensions");
    }
  }
}
