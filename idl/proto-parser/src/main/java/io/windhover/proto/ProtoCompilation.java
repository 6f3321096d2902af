package io.windhover.proto;

import io.windhover.source.Diagnostic;
import java.util.List;

/// What came out of one run of the compiler.
///
/// @param roots the files asked for, in that order; empty if there is any error
/// @param files every file that was read, imports before those that import them; empty if there is
///   any error
/// @param diagnostics errors and warnings, file by file, each file's in the order of its text
public record ProtoCompilation(
    List<ProtoFile> roots, List<ProtoFile> files, List<Diagnostic> diagnostics) {

  public ProtoCompilation {
    roots = List.copyOf(roots);
    files = List.copyOf(files);
    diagnostics = List.copyOf(diagnostics);
  }

  public boolean hasErrors() {
    return diagnostics.stream().anyMatch(Diagnostic::isError);
  }

  /// All files as a `google.protobuf.FileDescriptorSet`, as `protoc --descriptor_set_out
  /// --include_imports --retain_options` writes it.
  public byte[] descriptorSet() {
    return DescriptorWriter.complete().set(files);
  }

  /// The same without options that are only for who compiles (`retention = RETENTION_SOURCE`), as
  /// protoc writes it without `--retain_options`, and into classes.
  public byte[] runtimeDescriptorSet() {
    return DescriptorWriter.forRuntime().set(files);
  }
}
