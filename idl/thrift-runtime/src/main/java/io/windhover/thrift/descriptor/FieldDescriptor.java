package io.windhover.thrift.descriptor;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A field of a struct, an arm of a union, an argument of a method, or an entry of its `throws`
/// list.
///
/// @param id as written or assigned; fits 16 bits, signed
/// @param requiredness as it counts: arms of unions and `throws` entries are OPTIONAL, arguments
///   DEFAULT
/// @param type as declared, perhaps through a typedef
/// @param annotations as those of a [Definition]
/// @param doc likewise
public record FieldDescriptor(
    int id,
    Requiredness requiredness,
    TypeDescriptor type,
    String name,
    Optional<ValueDescriptor> defaultValue,
    Map<String, List<String>> annotations,
    String doc) {

  /// Whether a field must be there.
  public enum Requiredness {
    /// Neither keyword is written: always sent, may be missing when read.
    DEFAULT,
    REQUIRED,
    OPTIONAL
  }
}
