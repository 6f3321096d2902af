package io.windhover.thrift.descriptor;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A struct, union or exception.
///
/// @param fields in the order of the file, which need not be that of the ids
public record StructDescriptor(
    FileDescriptor file,
    Kind kind,
    String name,
    List<FieldDescriptor> fields,
    Map<String, List<String>> annotations,
    String doc)
    implements Definition {

  /// The keyword.
  public enum Kind {
    STRUCT,
    UNION,
    EXCEPTION
  }

  public StructDescriptor {
    fields = List.copyOf(fields);
  }

  public Optional<FieldDescriptor> field(int id) {
    return fields.stream().filter(field -> field.id() == id).findFirst();
  }

  public Optional<FieldDescriptor> field(String fieldName) {
    return fields.stream().filter(field -> field.name().equals(fieldName)).findFirst();
  }
}
