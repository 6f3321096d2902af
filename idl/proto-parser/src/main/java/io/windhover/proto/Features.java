package io.windhover.proto;

import io.windhover.proto.ast.Edition;

/// How the language behaves where editions leave the choice: of a file, and of what is in it, which
/// has the features of what it stands in unless it says otherwise. Files in proto2 and proto3 have
/// fixed ones.
public record Features(
    FieldPresence fieldPresence,
    EnumOpenness enumType,
    RepeatedFieldEncoding repeatedFieldEncoding,
    Utf8Validation utf8Validation,
    MessageEncoding messageEncoding,
    JsonFormat jsonFormat,
    NamingStyle namingStyle,
    DefaultVisibility defaultVisibility) {

  /// The message of `descriptor.proto` that features are fields of.
  static final String MESSAGE = "google.protobuf.FeatureSet";

  /// Whether a message can tell that a field is missing.
  public enum FieldPresence {
    EXPLICIT,
    IMPLICIT,
    LEGACY_REQUIRED
  }

  /// Whether fields can hold numbers that are no value of their enum.
  public enum EnumOpenness {
    OPEN,
    CLOSED
  }

  /// Whether several values lie in one field on the wire.
  public enum RepeatedFieldEncoding {
    PACKED,
    EXPANDED
  }

  /// Whether texts are looked through when they are read.
  public enum Utf8Validation {
    VERIFY,
    NONE
  }

  /// What is around a message on the wire.
  public enum MessageEncoding {
    LENGTH_PREFIXED,
    DELIMITED
  }

  /// Whether JSON must work.
  public enum JsonFormat {
    ALLOW,
    LEGACY_BEST_EFFORT
  }

  /// Whether names must be written in a certain way.
  public enum NamingStyle {
    STYLE2024,
    STYLE_LEGACY
  }

  /// Which messages and enums other files may use if no word says it.
  public enum DefaultVisibility {
    EXPORT_ALL,
    EXPORT_TOP_LEVEL,
    LOCAL_ALL,
    STRICT
  }

  /// The features of a file that says nothing about them.
  static Features of(Edition edition) {
    return switch (edition) {
      case PROTO2 ->
          new Features(
              FieldPresence.EXPLICIT,
              EnumOpenness.CLOSED,
              RepeatedFieldEncoding.EXPANDED,
              Utf8Validation.NONE,
              MessageEncoding.LENGTH_PREFIXED,
              JsonFormat.LEGACY_BEST_EFFORT,
              NamingStyle.STYLE_LEGACY,
              DefaultVisibility.EXPORT_ALL);
      case PROTO3 ->
          new Features(
              FieldPresence.IMPLICIT,
              EnumOpenness.OPEN,
              RepeatedFieldEncoding.PACKED,
              Utf8Validation.VERIFY,
              MessageEncoding.LENGTH_PREFIXED,
              JsonFormat.ALLOW,
              NamingStyle.STYLE_LEGACY,
              DefaultVisibility.EXPORT_ALL);
      case EDITION_2023 ->
          new Features(
              FieldPresence.EXPLICIT,
              EnumOpenness.OPEN,
              RepeatedFieldEncoding.PACKED,
              Utf8Validation.VERIFY,
              MessageEncoding.LENGTH_PREFIXED,
              JsonFormat.ALLOW,
              NamingStyle.STYLE_LEGACY,
              DefaultVisibility.EXPORT_ALL);
      case EDITION_2024 ->
          new Features(
              FieldPresence.EXPLICIT,
              EnumOpenness.OPEN,
              RepeatedFieldEncoding.PACKED,
              Utf8Validation.VERIFY,
              MessageEncoding.LENGTH_PREFIXED,
              JsonFormat.ALLOW,
              NamingStyle.STYLE2024,
              DefaultVisibility.EXPORT_TOP_LEVEL);
    };
  }

  /// These with what options say instead.
  Features with(Options options) {
    return new Features(
        choice(options, "field_presence", fieldPresence),
        choice(options, "enum_type", enumType),
        choice(options, "repeated_field_encoding", repeatedFieldEncoding),
        choice(options, "utf8_validation", utf8Validation),
        choice(options, "message_encoding", messageEncoding),
        choice(options, "json_format", jsonFormat),
        choice(options, "enforce_naming_style", namingStyle),
        choice(options, "default_symbol_visibility", defaultVisibility));
  }

  Features withFieldPresence(FieldPresence other) {
    return new Features(
        other,
        enumType,
        repeatedFieldEncoding,
        utf8Validation,
        messageEncoding,
        jsonFormat,
        namingStyle,
        defaultVisibility);
  }

  Features withRepeatedFieldEncoding(RepeatedFieldEncoding other) {
    return new Features(
        fieldPresence,
        enumType,
        other,
        utf8Validation,
        messageEncoding,
        jsonFormat,
        namingStyle,
        defaultVisibility);
  }

  Features withMessageEncoding(MessageEncoding other) {
    return new Features(
        fieldPresence,
        enumType,
        repeatedFieldEncoding,
        utf8Validation,
        other,
        jsonFormat,
        namingStyle,
        defaultVisibility);
  }

  private static <E extends Enum<E>> E choice(Options options, String feature, E inherited) {
    String name = options.feature(feature);
    for (E constant : inherited.getDeclaringClass().getEnumConstants()) {
      if (constant.name().equals(name)) {
        return constant;
      }
    }
    return inherited;
  }
}
