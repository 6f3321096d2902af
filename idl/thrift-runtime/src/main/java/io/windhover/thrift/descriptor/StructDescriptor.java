package io.windhover.thrift.descriptor;

import java.util.List;
import java.util.Optional;

/// A struct, union or exception.
public final class StructDescriptor extends DefinitionDescriptor {
  private final Kind kind;
  private final List<FieldDescriptor> fields;

  StructDescriptor(
      FileDescriptor file, Kind kind, String name, List<FieldDescriptor> fields, Notes notes) {
    super(file, name, notes);
    this.kind = kind;
    this.fields = List.copyOf(fields);
  }

  /// The keyword.
  public enum Kind {
    STRUCT,
    UNION,
    EXCEPTION
  }

  public Kind kind() {
    return kind;
  }

  /// In the order of the file, which need not be that of the ids.
  public List<FieldDescriptor> fields() {
    return fields;
  }

  public Optional<FieldDescriptor> field(int id) {
    return fields.stream().filter(field -> field.id() == id).findFirst();
  }

  public Optional<FieldDescriptor> field(String fieldName) {
    return fields.stream().filter(field -> field.name().equals(fieldName)).findFirst();
  }
}
