package io.windhover.thrift.descriptor;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// One Thrift file: what it includes and declares. Compared by identity.
public final class FileDescriptor {
  private final String name;
  private final Map<String, String> namespaces;
  private final List<FileDescriptor> includes;
  private final Map<String, DefinitionDescriptor> definitions = new LinkedHashMap<>();

  FileDescriptor(String name, Map<String, String> namespaces, List<FileDescriptor> includes) {
    this.name = name;
    this.namespaces = Collections.unmodifiableMap(new LinkedHashMap<>(namespaces));
    this.includes = List.copyOf(includes);
  }

  /// Decodes what the generator wrote; generated code calls this once a file.
  ///
  /// @param includes the files that this one includes, in its order
  /// @param parts the constant, cut where it is too long for one
  /// @throws IllegalArgumentException if a generator of another version wrote it, or it is damaged
  public static FileDescriptor decode(List<FileDescriptor> includes, String... parts) {
    return new Decoder(String.join("", parts), includes).file();
  }

  /// The file's name without folders, such as `shop.thrift`.
  public String name() {
    return name;
  }

  /// By scope, such as `java` or `*`; in the order of the file.
  public Map<String, String> namespaces() {
    return namespaces;
  }

  /// The files that it includes itself, each once.
  public List<FileDescriptor> includes() {
    return includes;
  }

  /// An included file by what stands before the dot in references to it: its name without
  /// `.thrift`.
  public Optional<FileDescriptor> include(String prefix) {
    return includes.stream().filter(it -> it.name.equals(prefix + ".thrift")).findFirst();
  }

  /// In the order of the file.
  public List<DefinitionDescriptor> definitions() {
    return List.copyOf(definitions.values());
  }

  /// The definitions of one kind, in the order of the file.
  public <D extends DefinitionDescriptor> List<D> definitions(Class<D> kind) {
    return definitions.values().stream().filter(kind::isInstance).map(kind::cast).toList();
  }

  public Optional<DefinitionDescriptor> definition(String definition) {
    return Optional.ofNullable(definitions.get(definition));
  }

  /// A definition that is known to be there.
  ///
  /// @throws IllegalArgumentException if it is not, or is of another kind
  public <D extends DefinitionDescriptor> D definition(String definition, Class<D> kind) {
    var found = definitions.get(definition);
    if (!kind.isInstance(found)) {
      throw new IllegalArgumentException(
          "%s in %s: %s (expected: %s)"
              .formatted(
                  definition,
                  name,
                  found == null ? "none" : found.getClass().getSimpleName(),
                  kind.getSimpleName()));
    }
    return kind.cast(found);
  }

  /// For the decoder, before anybody else sees the file.
  void add(DefinitionDescriptor definition) {
    if (definitions.putIfAbsent(definition.name(), definition) != null) {
      throw new IllegalArgumentException(name + " declares " + definition.name() + " twice");
    }
  }

  @Override
  public String toString() {
    return name;
  }
}
