package io.windhover.proto.rule;

import io.windhover.source.Rule;
import io.windhover.source.RuleText;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// What the compiler of `.proto` files and the linter check. Codes begin at 101, so that none is
/// one of the Thrift compiler's too.
public enum ProtoRule implements Rule {
  // ---- the file and its text
  UNREADABLE_FILE("E101"),
  BAD_ENCODING("E102"),
  UNCLOSED_COMMENT("E103"),
  UNCLOSED_TEXT("E104"),
  BAD_CHARACTER("E105"),
  BAD_NAME("E106"),
  BAD_NUMBER("E107"),
  SYNTAX("E108"),
  TOO_DEEP("E109"),
  BAD_ESCAPE("E110"),
  BAD_EDITION("E111"),
  OTHER_EDITION("E112"),

  // ---- imports
  IMPORT_NOT_FOUND("E120"),
  BAD_IMPORT_PATH("E121"),
  IMPORT_CYCLE("E122"),
  DUPLICATE_IMPORT("E123"),
  LITE_IMPORT("E124"),

  // ---- names
  DUPLICATE_NAME("E130"),
  UNDEFINED_NAME("E131"),
  WRONG_KIND("E132"),
  MISSING_IMPORT("E133"),
  LOCAL_NAME("E134"),
  NAMING_STYLE("E135"),

  // ---- messages
  FIELD_NUMBER("E140"),
  DUPLICATE_FIELD_NUMBER("E141"),
  RESERVED_FIELD("E142"),
  FIELD_LABEL("E143"),
  DEFAULT_VALUE("E144"),
  JSON_NAME("E145"),
  MAP_FIELD("E146"),
  EMPTY_ONEOF("E147"),
  NUMBER_RANGE("E148"),
  EXTENSION("E149"),
  MESSAGE_SET("E150"),
  FIELD_OPTION("E151"),

  // ---- enums
  EMPTY_ENUM("E160"),
  ENUM_NUMBER("E161"),
  ENUM_ALIAS("E162"),
  ENUM_ZERO("E163"),
  CLOSED_ENUM("E164"),
  ENUM_JSON_NAME("E165"),

  // ---- options
  OPTION_NAME("E170"),
  OPTION_VALUE("E171"),
  OPTION_TARGET("E172"),
  DUPLICATE_OPTION("E173"),
  FEATURE("E174"),

  // ---- warnings
  MISSING_SYNTAX("W101"),
  UNUSED_IMPORT("W102"),
  SAME_JSON_NAME("W103"),
  ODD_RESERVED_NAME("W104"),
  SAME_EXTENSION_NUMBER("W106"),

  // ---- warnings of the linter
  NO_SUCH_RULE("W105"),
  MISSING_PACKAGE("W110"),
  PACKAGE_NAME("W111"),
  PACKAGE_FOLDER("W112"),
  FILE_NAME("W113"),
  TYPE_NAME("W114"),
  FIELD_NAME("W115"),
  ENUM_VALUE_NAME("W116"),
  ENUM_VALUE_PREFIX("W117"),
  ENUM_FIRST_VALUE("W118"),
  REQUIRED_FIELD("W119"),
  GROUP_FIELD("W120"),
  DEPRECATED_USE("W121"),

  // ---- notes of the linter
  ENUM_ZERO_NAME("N101"),
  PUBLIC_IMPORT("N102"),
  IMPORT_ORDER("N103"),
  NUMBER_GAP("N104"),
  UNPACKED_FIELD("N105"),
  SHARED_MESSAGE("N106"),
  PACKAGE_VERSION("N107"),
  MISSING_COMMENT("N108");

  private final String code;

  ProtoRule(String code) {
    this.code = code;
  }

  @Override
  public String code() {
    return code;
  }

  @Override
  public RuleText text() {
    return RuleText.read(this, ProtoRule.class.getResourceAsStream("rules.md"), "main.proto");
  }

  /// The rule of a code or a name, in upper or lower case.
  public static Optional<ProtoRule> find(String codeOrName) {
    return Arrays.stream(values()).filter(rule -> rule.isCalled(codeOrName)).findFirst();
  }

  /// The names of all rules.
  public static List<String> names() {
    return Arrays.stream(values()).map(ProtoRule::ruleName).toList();
  }

  /// Code and name.
  @Override
  public String toString() {
    return code + " " + ruleName();
  }
}
