package io.windhover.rpc.protobuf;

import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.FileDescriptor;
import com.google.protobuf.Descriptors.ServiceDescriptor;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/// Which file has what: of the files of some services, and of all that these import.
final class ReflectionIndex {

  /// Each file as it is sent: whoever asks for it costs no more than its bytes. Files of two
  /// programs may have one name; symbols are found in either.
  private final Map<FileDescriptor, ByteString> files = new HashMap<>();

  private final Map<String, FileDescriptor> byName = new HashMap<>();
  private final Map<String, FileDescriptor> bySymbol = new HashMap<>();
  private final Map<String, Map<Integer, FileDescriptor>> extensions = new HashMap<>();

  ReflectionIndex(Collection<ServiceDescriptor> services) {
    services.forEach(service -> add(service.getFile()));
  }

  private void add(FileDescriptor file) {
    if (files.putIfAbsent(file, file.toProto().toByteString()) != null) {
      return;
    }
    byName.putIfAbsent(file.getName(), file);
    file.getDependencies().forEach(this::add);
    file.getMessageTypes().forEach(this::add);
    file.getEnumTypes().forEach(type -> bySymbol.put(type.getFullName(), file));
    file.getExtensions().forEach(this::add);
    for (var service : file.getServices()) {
      bySymbol.put(service.getFullName(), file);
      service.getMethods().forEach(method -> bySymbol.put(method.getFullName(), file));
    }
  }

  private void add(Descriptor type) {
    bySymbol.put(type.getFullName(), type.getFile());
    type.getFields().forEach(field -> bySymbol.put(field.getFullName(), type.getFile()));
    type.getEnumTypes().forEach(one -> bySymbol.put(one.getFullName(), type.getFile()));
    type.getExtensions().forEach(this::add);
    type.getNestedTypes().forEach(this::add);
  }

  private void add(FieldDescriptor extension) {
    bySymbol.put(extension.getFullName(), extension.getFile());
    extensions
        .computeIfAbsent(extension.getContainingType().getFullName(), _ -> new TreeMap<>())
        .put(extension.getNumber(), extension.getFile());
  }

  Optional<FileDescriptor> file(String name) {
    return Optional.ofNullable(byName.get(name));
  }

  /// @param symbol the full name of a service, a method, a message, a field, an enum or an
  ///   extension
  Optional<FileDescriptor> withSymbol(String symbol) {
    return Optional.ofNullable(bySymbol.get(symbol));
  }

  Optional<FileDescriptor> withExtension(String extendee, int number) {
    return Optional.ofNullable(extensions.getOrDefault(extendee, Map.of()).get(number));
  }

  /// Returns the numbers of the extensions of a message; empty if there is no such message.
  Optional<List<Integer>> extensionNumbers(String extendee) {
    return bySymbol.containsKey(extendee)
        ? Optional.of(List.copyOf(extensions.getOrDefault(extendee, Map.of()).keySet()))
        : Optional.empty();
  }

  /// Returns a file of the index and all that it imports, near or far, as they are sent.
  List<ByteString> withImports(FileDescriptor file) {
    var all = new LinkedHashSet<FileDescriptor>();
    collect(file, all);
    return all.stream().map(files::get).toList();
  }

  private static void collect(FileDescriptor file, Set<FileDescriptor> all) {
    if (all.add(file)) {
      file.getDependencies().forEach(imported -> collect(imported, all));
    }
  }
}
