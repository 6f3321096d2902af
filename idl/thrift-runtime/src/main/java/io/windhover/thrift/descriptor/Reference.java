package io.windhover.thrift.descriptor;

/// The name of what a file declares.
///
/// @param file in which it stands, not the one that refers to it
public record Reference(FileDescriptor file, String name) {

  public DefinitionDescriptor definition() {
    return file.definition(name, DefinitionDescriptor.class);
  }

  @Override
  public String toString() {
    return file + ":" + name;
  }
}
