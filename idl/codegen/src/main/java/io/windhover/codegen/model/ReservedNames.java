package io.windhover.codegen.model;

import java.util.Set;
import java.util.regex.Pattern;

/// The names that members of a generated class cannot have, since others of its members do.
public final class ReservedNames {

  /// The nested class that a record is put together in.
  public static final String BUILDER = "Builder";

  /// The nested class that checks the rules of the IDL.
  public static final String CHECKS = "Checks";

  /// The nested class that reads and writes.
  public static final String CODEC = "Codec";

  /// The nested types of an enum: the constants of the IDL, and all others; a union has the second.
  public static final String KNOWN = "Known";

  public static final String UNKNOWN = "Unknown";

  /// The nested class of a service that callers use.
  public static final String STUB = "Stub";

  /// What the accessor of an optional field of a record that has a default ends with.
  public static final String OR_DEFAULT = "OrDefault";

  /// The field of a result for what the method returns.
  public static final String SUCCESS = "success";

  /// The records of a union.
  public static final Set<String> OF_UNION = Set.of(CODEC, CHECKS, UNKNOWN);

  static final Set<String> OF_ENUM = Set.of(KNOWN, UNKNOWN, "value");

  static final Set<String> OF_STRUCT =
      Set.of("deepCopy", "unknownFields", "validate", "violations");

  /// They inherit many.
  static final Set<String> OF_EXCEPTION =
      JavaNames.words(
          """
          addSuppressed deepCopy fillInStackTrace getCause getLocalizedMessage getMessage
          getStackTrace getSuppressed initCause printStackTrace serialVersionUID setStackTrace
          unknownFields validate violations
          """);

  static final Set<String> OF_RECORD =
      Set.of("builder", "deepCopy", "toBuilder", "unknownFields", "validate", "violations");

  static final Set<String> OF_RESULT = Set.of(SUCCESS);

  /// Of the types that are nested in generated ones, and of the constant that holds a codec.
  static final Set<String> OF_TYPES = Set.of(BUILDER, CHECKS, CODEC, "CODEC", KNOWN, STUB, UNKNOWN);

  /// Fields and types of generated code, whose names cannot give way to that of a package.
  private static final Pattern FIXED =
      Pattern.compile(
          "unknownFields|has[A-Z_].*|CODEC|DEFAULT_.*|DESCRIPTOR|NONE"
              + "|Builder|Checks|Codec|Known|Stub|Unknown");

  private ReservedNames() {}

  /// Whether code could not tell a package whose first part this is from a member of its own.
  static boolean hidesPackage(String root) {
    return FIXED.matcher(root).matches();
  }
}
