package io.windhover.cli;

import io.windhover.codegen.proto.ProtoGenerator;
import io.windhover.codegen.proto.ProtoOptions;
import io.windhover.proto.ProtoCompilation;
import io.windhover.proto.ProtoFile;
import io.windhover.source.Diagnostic;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/// One run of `windhover gen` over `.proto` files.
final class ProtoRun {
  private final ProtoCompilation compilation;
  private final List<ProtoFile> files;

  /// @param compilation without errors
  /// @param withImports whether files that others import count, too
  ProtoRun(ProtoCompilation compilation, boolean withImports) {
    this.compilation = compilation;
    this.files = withImports ? compilation.files() : compilation.roots();
  }

  /// Returns the names of the files that classes are made of.
  List<String> idls() {
    return files.stream().map(ProtoFile::name).toList();
  }

  /// Makes the files, or reports errors.
  Optional<ProtoGenerator.Result> generate(ProtoOptions options, Consumer<Diagnostic> out) {
    var result = ProtoGenerator.generate(compilation, files, options);
    result.diagnostics().forEach(out);
    return result.hasErrors() ? Optional.empty() : Optional.of(result);
  }
}
