package io.windhover.rpc.protobuf;

import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.DescriptorProtos.FileDescriptorSet;
import com.google.protobuf.Descriptors.DescriptorValidationException;
import com.google.protobuf.Descriptors.FileDescriptor;
import com.google.protobuf.Descriptors.ServiceDescriptor;
import java.io.IOException;
import java.io.InputStream;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The files of a `google.protobuf.FileDescriptorSet`, by their names.
record DescriptorSet(Map<String, FileDescriptor> files) {

  /// @throws IllegalArgumentException if a file is not behind all that it imports, or is wrong
  static DescriptorSet read(InputStream in) throws IOException {
    var files = new LinkedHashMap<String, FileDescriptor>();
    for (var file : FileDescriptorSet.parseFrom(in).getFileList()) {
      files.put(file.getName(), link(file, files));
    }
    return new DescriptorSet(files);
  }

  private static FileDescriptor link(FileDescriptorProto file, Map<String, FileDescriptor> files) {
    var imports =
        file.getDependencyList().stream()
            .map(
                name -> {
                  var imported = files.get(name);
                  if (imported == null) {
                    throw new IllegalArgumentException(
                        "descriptor set: %s imports %s, which is not there (expected: before it; of protoc: --include_imports)"
                            .formatted(file.getName(), name));
                  }
                  return imported;
                })
            .toArray(FileDescriptor[]::new);
    try {
      return FileDescriptor.buildFrom(file, imports);
    } catch (DescriptorValidationException e) {
      throw new IllegalArgumentException("descriptor set: " + e.getMessage(), e);
    }
  }

  /// Returns services by their full names: of the set, or gRPC's health service.
  ///
  /// @throws IllegalArgumentException if one is not there
  List<ServiceDescriptor> services(Collection<String> names) {
    var services = new LinkedHashMap<String, ServiceDescriptor>();
    for (var file : files.values()) {
      file.getServices().forEach(it -> services.put(it.getFullName(), it));
    }
    return names.stream()
        .map(
            name -> {
              var service = services.get(name);
              if (service == null && HealthFile.isOf(name) && !files.containsKey(HealthFile.NAME)) {
                return HealthFile.service();
              }
              if (service == null) {
                throw new IllegalArgumentException(
                    "descriptor set: no service %s (expected: one of %s)"
                        .formatted(name, services.keySet()));
              }
              return service;
            })
        .toList();
  }
}
