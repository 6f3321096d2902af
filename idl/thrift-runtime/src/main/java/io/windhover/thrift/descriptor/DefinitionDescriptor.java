package io.windhover.thrift.descriptor;

import java.util.List;
import java.util.Map;

/// What a file declares. Compared by identity.
public abstract sealed class DefinitionDescriptor
    permits StructDescriptor,
        EnumDescriptor,
        TypedefDescriptor,
        ConstantDescriptor,
        ServiceDescriptor {
  private final FileDescriptor file;
  private final String name;
  private final Notes notes;

  DefinitionDescriptor(FileDescriptor file, String name, Notes notes) {
    this.file = file;
    this.name = name;
    this.notes = notes;
  }

  /// The file in which it stands.
  public final FileDescriptor file() {
    return file;
  }

  public final String name() {
    return name;
  }

  /// By key, in the order of the IDL; a key may have been written several times, and a bare one has
  /// the value `"1"`.
  public final Map<String, List<String>> annotations() {
    return notes.annotations();
  }

  /// The doc comment, or empty if there is none or it was left out by option.
  public final String doc() {
    return notes.doc();
  }

  @Override
  public final String toString() {
    return file + ":" + name;
  }
}
