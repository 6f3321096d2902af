package io.windhover.cli;

import io.windhover.codegen.GeneratedFile;
import io.windhover.codegen.proto.ProtoGenerator;
import io.windhover.codegen.proto.ProtoGenerator.Messages;
import io.windhover.proto.ProtoCompilation;
import io.windhover.proto.ProtoCompiler;
import io.windhover.proto.ProtoFile;
import io.windhover.proto.source.SourcePath;
import io.windhover.source.Diagnostic;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/// One run of `windhover gen` over `.proto` files.
final class ProtoRun {

  private static final String SUFFIX = ".proto";

  private final List<Path> folders;
  private final Set<Path> seen = new LinkedHashSet<>();
  private final ProtoCompilation compilation;
  private final List<ProtoFile> files;

  /// @param roots files as the command line names them
  /// @param folders in which imports are searched; the working folder if there is none, and in any
  ///   case behind them those of files that are in none of these
  /// @param withImports whether files that others import count, too
  ProtoRun(List<Path> roots, List<Path> folders, boolean withImports) {
    this.folders = new ArrayList<>(folders.isEmpty() ? List.of(Path.of("")) : folders);
    var names = roots.stream().map(this::name).distinct().toList();
    var path = SourcePath.of(this.folders);
    this.compilation =
        ProtoCompiler.compile(
            (name, limit) -> {
              this.folders.forEach(folder -> seen.add(folder.resolve(name)));
              return path.find(name, limit);
            },
            names);
    this.files = withImports ? compilation.files() : compilation.roots();
  }

  static boolean isProto(Path file) {
    return file.toString().endsWith(SUFFIX);
  }

  /// Returns how an import would name a file.
  private String name(Path file) {
    var absolute = file.toAbsolutePath().normalize();
    for (var folder : folders) {
      var from = folder.toAbsolutePath().normalize();
      if (absolute.startsWith(from)) {
        return from.relativize(absolute).toString().replace('\\', '/');
      }
    }
    folders.add(absolute.resolveSibling("").normalize());
    return absolute.getFileName().toString();
  }

  boolean hasErrors() {
    return compilation.hasErrors();
  }

  /// Returns the paths that were looked for, be there a file or not.
  Set<Path> seen() {
    return seen;
  }

  /// Returns the paths of the files that classes are made of.
  List<String> idls() {
    return files.stream().map(ProtoFile::name).toList();
  }

  void report(Consumer<Diagnostic> out) {
    compilation.diagnostics().forEach(out);
  }

  /// Makes the files, or reports errors.
  Optional<List<GeneratedFile>> generate(Messages messages, Consumer<Diagnostic> out) {
    var result = ProtoGenerator.generate(compilation, files, messages);
    result.diagnostics().forEach(out);
    return result.hasErrors() ? Optional.empty() : Optional.of(result.files());
  }

  int types() {
    return files.stream().mapToInt(it -> it.messages().size() + it.enums().size()).sum();
  }

  int services() {
    return files.stream().mapToInt(it -> it.services().size()).sum();
  }
}
