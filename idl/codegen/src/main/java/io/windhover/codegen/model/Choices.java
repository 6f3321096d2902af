package io.windhover.codegen.model;

import io.windhover.idl.Field;
import io.windhover.idl.Program;
import io.windhover.idl.Service;
import io.windhover.idl.StructType;

/// What was chosen for the parts of an IDL, by options and annotations.
public interface Choices {

  /// Whether a struct becomes a record rather than a class.
  boolean isRecord(StructType struct);

  /// Whether a service has a second interface, whose methods return at once.
  boolean isAsync(Service service);

  /// Whether the value of a field must not show in texts.
  boolean isRedacted(Field field);

  /// Whether programs can ask about the types of a file.
  boolean isDescribed(Program program);
}
