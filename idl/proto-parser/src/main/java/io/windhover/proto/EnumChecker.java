package io.windhover.proto;

import io.windhover.proto.ast.Edition;
import io.windhover.proto.ast.EnumDef;
import io.windhover.proto.ast.Name;
import io.windhover.proto.ast.OptionDef;
import io.windhover.proto.rule.ProtoRule;
import io.windhover.source.Diagnostic;
import io.windhover.source.parse.Diagnostics;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// Checks enums.
final class EnumChecker {
  private final Diagnostics diagnostics;

  EnumChecker(Diagnostics diagnostics) {
    this.diagnostics = diagnostics;
  }

  void check(EnumType type) {
    if (type.values().isEmpty()) {
      diagnostics.report(
          ProtoRule.EMPTY_ENUM, type.span(), "enum '" + type.name() + "' has no value");
      return;
    }
    EnumValue first = type.values().getFirst();
    if (!type.isClosed() && first.number() != 0) {
      diagnostics.report(
          ProtoRule.ENUM_ZERO,
          first.syntax().number().span(),
          "number of the first value: " + first.number() + " (expected: 0, the enum being open)",
          "begin with a value for what is not known, such as "
              + JsonNames.upperSnake(type.name())
              + "_UNSPECIFIED = 0");
    }
    checkNumbers(type);
    checkReserved(type);
    checkJsonNames(type);
  }

  private void checkNumbers(EnumType type) {
    boolean allowsAlias = type.options().isTrue("allow_alias");
    boolean hasAlias = false;
    Map<Integer, EnumValue> byNumber = new HashMap<>();
    for (EnumValue value : type.values()) {
      EnumValue same = byNumber.putIfAbsent(value.number(), value);
      hasAlias |= same != null;
      if (same != null && !allowsAlias) {
        diagnostics.report(
            Diagnostic.of(
                    ProtoRule.ENUM_ALIAS,
                    value.syntax().number().span(),
                    "number %d is that of '%s'".formatted(value.number(), same.name()))
                .withLabel(same.syntax().number().span(), "first used here")
                .withHelp("if that is meant, add: option allow_alias = true;"));
      }
    }
    if (type.options().has("allow_alias") && !(allowsAlias && hasAlias)) {
      diagnostics.report(
          ProtoRule.ENUM_ALIAS,
          aliasOption(type.syntax()).map(OptionDef::span).orElse(type.span()),
          allowsAlias
              ? "allow_alias, and no two values have the same number"
              : "allow_alias = false, which is so anyway",
          "leave it out");
    }
  }

  private static Optional<OptionDef> aliasOption(EnumDef syntax) {
    return syntax.members().stream()
        .filter(OptionDef.class::isInstance)
        .map(OptionDef.class::cast)
        .filter(it -> it.name().is("allow_alias"))
        .findFirst();
  }

  private void checkReserved(EnumType type) {
    var ranges = new TreeMap<Integer, Reserved.Range>();
    for (Reserved.Range range : type.reserved().ranges()) {
      Reserved.Range same = MessageChecker.overlapping(range, ranges);
      if (same == null) {
        ranges.put(range.first(), range);
      } else {
        diagnostics.report(
            Diagnostic.of(
                    ProtoRule.NUMBER_RANGE,
                    range.span(),
                    "numbers %s overlap with %s, which are reserved".formatted(range, same))
                .withLabel(same.span(), "here"));
      }
    }
    Map<String, Name> names = new HashMap<>();
    Edition edition = type.file().edition();
    var checker = new ReservedNames(diagnostics);
    type.reserved().names().forEach(it -> checker.check(it, names, edition));
    for (EnumValue value : type.values()) {
      var below = ranges.floorEntry(value.number());
      if (below != null && below.getValue().contains(value.number())) {
        String message = "number %d is reserved".formatted(value.number());
        diagnostics.report(
            Diagnostic.of(ProtoRule.RESERVED_FIELD, value.syntax().number().span(), message)
                .withLabel(below.getValue().span(), "here"));
      }
      Name name = names.get(value.name());
      if (name != null) {
        diagnostics.report(
            Diagnostic.of(
                    ProtoRule.RESERVED_FIELD,
                    value.span(),
                    "name '" + value.name() + "' is reserved")
                .withLabel(name.span(), "here"));
      }
    }
  }

  private void checkJsonNames(EnumType type) {
    boolean isLegacy =
        type.file().edition() == Edition.PROTO2
            && type.options().isTrue("deprecated_legacy_json_field_conflicts");
    Map<String, EnumValue> byName = new HashMap<>();
    for (EnumValue value : type.values()) {
      String name = JsonNames.ofEnumValue(type.name(), value.name());
      EnumValue same = byName.putIfAbsent(name, value);
      if (same == null || same.number() == value.number() || same.name().equals(value.name())) {
        continue;
      }
      diagnostics.report(
          Diagnostic.of(
                  isLegacy ? ProtoRule.SAME_JSON_NAME : ProtoRule.ENUM_JSON_NAME,
                  value.span(),
                  "'%s' and '%s' are the same but for case, underscores and the enum's name"
                      .formatted(same.name(), value.name()))
              .withLabel(same.span(), "first used here"));
    }
  }
}
