package io.windhover.cli;

import io.windhover.codegen.GeneratedFile;
import io.windhover.codegen.JavaGenerator;
import io.windhover.codegen.proto.ProtoGenerator;
import io.windhover.codegen.proto.ProtoOptions;
import io.windhover.idl.Compilation;
import io.windhover.idl.CompilerOptions;
import io.windhover.idl.Program;
import io.windhover.idl.ThriftCompiler;
import io.windhover.proto.ProtoCompilation;
import io.windhover.source.Diagnostic;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The IDL of a project, and the Java that comes of it.
///
/// @param main the file whose services are implemented
/// @param texts of it and of what it includes, by paths that keep their places to each other
record ProjectIdl(String main, Map<String, String> texts, List<GeneratedFile> java) {
  /// Empty if there are errors, which are shown.
  ///
  /// @param includes folders in which included files were searched
  /// @throws IOException if two files would have one path in a project, or would not find each
  ///   other
  static Optional<ProjectIdl> of(Compilation compilation, List<Path> includes, PrintWriter err)
      throws IOException {
    show(compilation.diagnostics(), err);
    if (compilation.hasErrors()) {
      return Optional.empty();
    }
    var result = JavaGenerator.generate(compilation.programs());
    show(result.diagnostics(), err);
    if (result.hasErrors()) {
      return Optional.empty();
    }
    var main = compilation.roots().getFirst().file().path();
    return Optional.of(new ProjectIdl(main, texts(compilation, includes), result.files()));
  }

  /// The same of `.proto` files.
  static Optional<ProjectIdl> of(ProtoCompilation compilation, PrintWriter err) {
    show(compilation.diagnostics(), err);
    if (compilation.hasErrors()) {
      return Optional.empty();
    }
    var result = ProtoGenerator.generate(compilation, compilation.files(), ProtoOptions.DEFAULTS);
    show(result.diagnostics(), err);
    if (result.hasErrors()) {
      return Optional.empty();
    }
    var texts = new LinkedHashMap<String, String>();
    for (var file : compilation.files().reversed()) { // the one with the services is the last
      if (!file.isStandard()) {
        texts.put(file.name(), file.syntax().file().text());
      }
    }
    return Optional.of(
        new ProjectIdl(compilation.roots().getFirst().name(), texts, result.files()));
  }

  private static void show(List<Diagnostic> diagnostics, PrintWriter err) {
    diagnostics.forEach(err::print);
    err.flush();
  }

  /// Files of a folder that includes are searched in have the paths that they have there, others
  /// keep their places to each other.
  private static Map<String, String> texts(Compilation compilation, List<Path> includes)
      throws IOException {
    var programs = compilation.programs();
    var others = new ArrayList<String>();
    for (Program program : programs) {
      if (folder(program, includes).isEmpty()) {
        others.add(program.file().path());
      }
    }
    var texts = new LinkedHashMap<String, String>();
    for (Program program : programs.reversed()) { // the one with the services is the last
      var folder = folder(program, includes).orElseGet(() -> Folders.common(others));
      var path = slashes(folder.relativize(Folders.absolute(program.file().path())));
      if (texts.putIfAbsent(path, program.file().text()) != null) {
        throw new IOException(
            "%s: another file has the path %s, too (expected: one for each path below -I)"
                .formatted(program.file().path(), path));
      }
    }
    requireIncluded(texts);
    return texts;
  }

  private static Optional<Path> folder(Program program, List<Path> includes) {
    var file = Folders.absolute(program.file().path());
    return includes.stream()
        .map(it -> Folders.absolute(it.toString()))
        .filter(file::startsWith)
        .findFirst();
  }

  private static String slashes(Path path) {
    return path.toString().replace('\\', '/');
  }

  /// What an include beside a file leads to outside of the folders of `-I` would be lost.
  private static void requireIncluded(Map<String, String> texts) throws IOException {
    var copied =
        ThriftCompiler.compile(
            texts, List.copyOf(texts.keySet()), new CompilerOptions(List.of(Path.of(""))));
    var error = copied.diagnostics().stream().filter(Diagnostic::isError).findFirst();
    if (error.isPresent()) {
      throw new IOException(
          "the files would not find each other at the paths that they have below -I: "
              + error.get().message());
    }
  }
}
