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
    DOCS
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
