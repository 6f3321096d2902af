package io.windhover.idl.rule;

import io.windhover.source.Rule;
import io.windhover.source.RuleText;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// What the Thrift compiler checks. What each is about, with an example, is in `rules.md`.
public enum ThriftRule implements Rule {
  // ---- the file and its text
  UNREADABLE_FILE("E001"),
  BAD_ENCODING("E002"),
  UNCLOSED_COMMENT("E003"),
  UNCLOSED_TEXT("E004"),
  BAD_CHARACTER("E005"),
  BAD_NAME("E006"),
  BAD_NUMBER("E007"),
  SYNTAX("E008"),
  TOO_DEEP("E009"),
  MISPLACED_HEADER("E010"),
  FOREIGN_SYNTAX("E011"),
  BAD_NAMESPACE("E012"),
  OTHER_DIALECT("E013"),

  // ---- includes
  INCLUDE_NOT_FOUND("E020"),
  BAD_INCLUDE_PATH("E021"),
  INCLUDE_CYCLE("E022"),

  // ---- names
  DUPLICATE_DEFINITION("E030"),
  UNDEFINED_NAME("E031"),
  WRONG_KIND("E032"),
  AMBIGUOUS_NAME("E033"),
  TYPEDEF_CYCLE("E034"),
  TYPE_TOO_LARGE("E035"),
  JAVA_NAME_CLASH("E036"),
  JAVA_LIMIT("E037"),

  // ---- structs
  DUPLICATE_FIELD_ID("E040"),
  DUPLICATE_FIELD_NAME("E041"),
  FIELD_ID_RANGE("E042"),
  ENDLESS_STRUCT("E043"),
  ENDLESS_DEFAULT("E044"),
  UNION_DEFAULTS("E045"),

  // ---- enums
  DUPLICATE_ENUM_ITEM("E050"),
  ENUM_VALUE_RANGE("E051"),

  // ---- services
  SERVICE_CYCLE("E060"),
  DUPLICATE_METHOD("E061"),
  INHERITED_METHOD("E062"),
  ONEWAY_REPLY("E063"),
  THROWS_TYPE("E064"),
  TOO_MANY_BASES("E065"),
  STREAMING_MODE("E066"),

  // ---- values
  VALUE_TYPE("E070"),
  VALUE_RANGE("E071"),
  BAD_UUID("E072"),
  STRUCT_LITERAL("E073"),
  REPEATED_ELEMENT("E074"),
  CONSTANT_CYCLE("E075"),
  VALUE_TOO_LARGE("E076"),

  // ---- rules for values
  VALIDATION_RULE("E080"),

  // ---- for generators and plugins, whose checks have no rules of their own
  GENERATOR_ERROR("E099"),
  GENERATOR_WARNING("W099"),

  // ---- warnings
  MISSING_FIELD_ID("W001", true),
  NON_POSITIVE_FIELD_ID("W002", true),
  LEADING_ZERO("W003"),
  UNKNOWN_ESCAPE("W004"),
  MULTI_LINE_TEXT("W005"),
  OLD_SPELLING("W006"),
  INCLUDE_FROM_WORKING_FOLDER("W007"),
  REPEATED_NAMESPACE("W008"),
  ARGUMENT_REQUIREDNESS("W009"),
  THROWS_REQUIREDNESS("W010"),
  REQUIRED_UNION_ARM("W011", true),
  DUPLICATE_ENUM_VALUE("W012", true),
  UNKNOWN_ENUM_NUMBER("W013"),
  EMPTY_LITERAL_SHAPE("W014"),
  EXCEPTION_AS_VALUE("W015"),
  EMPTY_TYPE("W016"),
  UNUSED_INCLUDE("W017"),
  KEY_TYPE("W018"),
  UNKNOWN_ANNOTATION("W019"),
  HTTP_BINDING("W020"),
  DUPLICATE_ROUTE("W022", true),
  ROUTE_VARIABLE("W023"),
  UNKNOWN_RULE("W024"),
  HEX_FIELD_ID("W025"),
  INCLUDE_ORDER("W026"),

  // ---- notes
  UNQUALIFIED_ENUM_ITEM("N001"),
  JAVA_WORD("N002"),
  JAVA_MEMBER("N003"),
  UNKNOWN_NAMESPACE_SCOPE("N004"),
  BYTE_SPELLING("N005"),
  LIST_OF_BYTE("N006");

  private final String code;
  private final boolean isErrorWhenStrict;

  ThriftRule(String code) {
    this(code, false);
  }

  ThriftRule(String code, boolean isErrorWhenStrict) {
    this.code = code;
    this.isErrorWhenStrict = isErrorWhenStrict;
  }

  @Override
  public String code() {
    return code;
  }

  @Override
  public boolean isErrorWhenStrict() {
    return isErrorWhenStrict;
  }

  /// What another dialect has is read all the same.
  @Override
  public boolean isFault() {
    return Rule.super.isFault() && this != OTHER_DIALECT;
  }

  @Override
  public RuleText text() {
    return RuleText.read(this, ThriftRule.class.getResourceAsStream("rules.md"), "main.thrift");
  }

  /// The rule of a code or a name, in upper or lower case.
  public static Optional<ThriftRule> find(String codeOrName) {
    return Arrays.stream(values()).filter(rule -> rule.isCalled(codeOrName)).findFirst();
  }

  /// The names of all rules.
  public static List<String> names() {
    return Arrays.stream(values()).map(ThriftRule::ruleName).toList();
  }

  /// Code and name.
  @Override
  public String toString() {
    return code + " " + ruleName();
  }
}
