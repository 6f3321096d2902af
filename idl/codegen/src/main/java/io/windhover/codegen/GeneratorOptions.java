package io.windhover.codegen;

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
/// @param style what structs become
/// @param async whether services get a second interface, whose methods return at once
public record GeneratorOptions(StructStyle style, boolean async) {

  /// Classes, and blocking interfaces alone.
  public static final GeneratorOptions DEFAULTS = new GeneratorOptions(StructStyle.CLASS, false);

  /// What a struct becomes. Unions are sealed interfaces and exceptions classes in any case.
  public enum StructStyle {
    /// A class with setters, for messages that are put together step by step.
    CLASS,
    /// A record with a builder, for values.
    RECORD
  }

  public GeneratorOptions withStyle(StructStyle other) {
    return new GeneratorOptions(other, async);
  }

  public GeneratorOptions withAsync(boolean other) {
    return new GeneratorOptions(style, other);
  }
}
