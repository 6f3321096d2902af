package io.windhover.proto;

import io.windhover.proto.parser.LoadedFile;
import io.windhover.proto.parser.Loader;
import io.windhover.proto.parser.StandardFiles;
import io.windhover.proto.source.SourcePath;
import io.windhover.source.Diagnostic;
import io.windhover.source.SourceFile;
import io.windhover.source.parse.Diagnostics;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Reads `.proto` files and those they import, checks them, resolves every name, and interprets
/// every option.
///
/// Proto2, proto3 and the editions 2023 and 2024. A bad file never throws: what is wrong with it is
/// in [ProtoCompilation#diagnostics]. The files under `google/protobuf/` (descriptors, well-known
/// types) are at hand; where the path has files of the same names, those count.
public final class ProtoCompiler {

  /// Files above this size are refused.
  public static final int MAX_FILE_BYTES = Loader.MAX_FILE_BYTES;

  private ProtoCompiler() {}

  /// Compiles files that are found by their names.
  ///
  /// @param path where files are, and what they import
  /// @param files names as an import would have them, such as `shop/order.proto`
  public static ProtoCompilation compile(SourcePath path, List<String> files) {
    var diagnostics = new Diagnostics();
    var loader = new Loader(path, diagnostics);
    List<LoadedFile> roots = loader.load(files);
    var linker = new Linker(diagnostics);
    if (!diagnostics.hasErrors()) {
      linker.link(loader.files());
    }
    List<Diagnostic> messages = inOrder(diagnostics.reported(), loader.files());
    return diagnostics.hasErrors()
        ? new ProtoCompilation(List.of(), List.of(), messages)
        : new ProtoCompilation(roots.stream().map(linker::file).toList(), linker.files(), messages);
  }

  /// Compiles texts held in memory.
  ///
  /// @param texts by name
  /// @param files keys of `texts`
  public static ProtoCompilation compile(Map<String, String> texts, List<String> files) {
    return compile(SourcePath.memory(texts), files);
  }

  /// Where the files are that are at hand: for who wants these rather than others of their names.
  public static SourcePath standardFiles() {
    return StandardFiles.path();
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
