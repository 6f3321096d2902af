package io.windhover.proto.rule;

import io.windhover.source.Rule;

/// What the compiler of `.proto` files checks. Codes begin at 101, so that none is one of the
/// Thrift compiler's too.
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
  ODD_RESERVED_NAME("W104");

  private final String code;

  ProtoRule(String code) {
    this.code = code;
  }

  @Override
  public String code() {
    return code;
  }

  /// Code and name.
  @Override
  public String toString() {
    return code + " " + ruleName();
  }
}
