package io.windhover.idl;

import io.windhover.idl.ast.Dialect;
import io.windhover.idl.parser.LoadedFile;
import io.windhover.idl.parser.Loader;
import io.windhover.idl.parser.SourceTree;
import io.windhover.source.Diagnostic;
import io.windhover.source.SourceFile;
import io.windhover.source.parse.Diagnostics;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/// Reads Thrift IDL files and those they include, checks them, and resolves every name.
///
/// A bad file never throws: what is wrong with it is in [Compilation#diagnostics].
public final class ThriftCompiler {

  /// Files above this size are refused.
  public static final int MAX_FILE_BYTES = Loader.MAX_FILE_BYTES;

  private ThriftCompiler() {}

  /// Compiles files on disk.
  ///
  /// An include is looked for beside the file that includes it, then in the include folders, then
  /// (with a warning) in the working folder; a [Dialect] may have it otherwise. Each file is read
  /// once.
  public static Compilation compile(List<Path> files, CompilerOptions options) {
    return compile(SourceTree.disk(), files, options);
  }

  /// Compiles files on disk, as [#compile(List, CompilerOptions)] does.
  ///
  /// @param seen is told each path that is looked for, be there a file or not: as long as nothing
  ///   changes there, the result is the same
  public static Compilation compile(
      List<Path> files, CompilerOptions options, Consumer<Path> seen) {
    return compile(SourceTree.disk().watched(seen), files, options);
  }

  /// Compiles texts held in memory.
  ///
  /// @param texts by path, with `/` between folders
  /// @param files keys of `texts`
  public static Compilation compile(Map<String, String> texts, List<String> files) {
    return compile(texts, files, CompilerOptions.DEFAULTS);
  }

  /// Compiles texts held in memory.
  ///
  /// @param texts by path, with `/` between folders
  /// @param files keys of `texts`
  public static Compilation compile(
      Map<String, String> texts, List<String> files, CompilerOptions options) {
    return compile(SourceTree.memory(texts), files.stream().map(Path::of).toList(), options);
  }

  static Compilation compile(SourceTree tree, List<Path> files, CompilerOptions options) {
    var diagnostics = new Diagnostics(options.reporting());
    var loader = new Loader(tree, options.includeDirs(), options.dialect(), diagnostics);
    var roots = loader.load(files);
    var linker = new Linker(options.dialect(), diagnostics);
    var programs = linker.link(loader.files());
    var messages = inOrder(diagnostics.reported(), loader.files());
    return diagnostics.hasErrors()
        ? new Compilation(List.of(), List.of(), messages)
        : new Compilation(roots.stream().map(linker::program).toList(), programs, messages);
  }

  private static List<Diagnostic> inOrder(List<Diagnostic> reported, List<LoadedFile> files) {
    Map<SourceFile, Integer> ranks = new HashMap<>();
    files.forEach(file -> ranks.put(file.document().file(), ranks.size()));
    return reported.stream()
        .sorted(
            Comparator.<Diagnostic>comparingInt(it -> ranks.getOrDefault(it.span().file(), -1))
                .thenComparingInt(it -> it.span().start()))
        .toList();
  }
}
