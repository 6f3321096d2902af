package io.windhover.codegen;

import java.util.List;
import java.util.Locale;

/// How Java is generated where the IDL does not say otherwise.
///
/// A file says so behind its namespace, for all that it declares, and a struct or service for
/// itself:
///
/// ```thrift
/// namespace java com.example (windhover.style = "record", windhover.async = "true")
///
/// struct Wide { ... } (windhover.style = "class")
/// ```
///
/// Files that are generated in different runs should not rely on options: one that includes another
/// must know how that one is generated, and it can see only the annotations.
///
/// Begin with [#DEFAULTS] and the methods that change one: there may be more components.
///
/// @param style what structs become
/// @param async whether services get a second interface, whose methods return at once
/// @param descriptors what programs can ask at run time about the IDL
public record GeneratorOptions(StructStyle style, boolean async, Descriptors descriptors) {

  /// Classes, blocking interfaces alone, and no descriptors.
  public static final GeneratorOptions DEFAULTS =
      new GeneratorOptions(StructStyle.CLASS, false, Descriptors.NONE);

  /// What a struct becomes. Unions are sealed interfaces and exceptions classes in any case.
  public enum StructStyle {
    /// A class with setters, for messages that are put together step by step.
    CLASS,
    /// A record with a builder, for values.
    RECORD
  }

  /// What of a file is kept for programs that ask about its types.
  public enum Descriptors {
    NONE,
    /// All but the doc comments.
    PLAIN,
    /// That, and the doc comments.
    DOCS
  }

  /// Returns the options as plugins of Thriftgo's protocol read and write them, each `key=value`.
  public List<String> parameters() {
    return List.of(
        "style=" + lowerCase(style), "async=" + async, "descriptors=" + lowerCase(descriptors));
  }

  /// Returns these options but for one, which is given as in [#parameters].
  ///
  /// @throws IllegalArgumentException if there is no such option or value
  public GeneratorOptions with(String parameter) {
    return switch (parameter) {
      case "style=class" -> withStyle(StructStyle.CLASS);
      case "style=record" -> withStyle(StructStyle.RECORD);
      case "async=false" -> withAsync(false);
      case "async=true" -> withAsync(true);
      case "descriptors=none" -> withDescriptors(Descriptors.NONE);
      case "descriptors=plain" -> withDescriptors(Descriptors.PLAIN);
      case "descriptors=docs" -> withDescriptors(Descriptors.DOCS);
      default ->
          throw new IllegalArgumentException(
              "%s (expected: style=class|record, async=true|false, descriptors=none|plain|docs)"
                  .formatted(parameter));
    };
  }

  private static String lowerCase(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }

  public GeneratorOptions withStyle(StructStyle other) {
    return new GeneratorOptions(other, async, descriptors);
  }

  public GeneratorOptions withAsync(boolean other) {
    return new GeneratorOptions(style, other, descriptors);
  }

  public GeneratorOptions withDescriptors(Descriptors other) {
    return new GeneratorOptions(style, async, other);
  }
}
