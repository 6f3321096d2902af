package io.windhover.cli;

import io.windhover.codegen.GeneratedFile;
import io.windhover.codegen.JavaGenerator;
import io.windhover.codegen.proto.ProtoGenerator;
import io.windhover.codegen.proto.ProtoGenerator.Messages;
import io.windhover.idl.Compilation;
import io.windhover.idl.Program;
import io.windhover.proto.ProtoCompilation;
import io.windhover.source.Diagnostic;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The IDL of a project, and the Java that comes of it.
///
/// @param main the file whose services are implemented
/// @param texts of it and of what it includes, by paths that keep their places to each other
record ProjectIdl(String main, Map<String, String> texts, List<GeneratedFile> java) {
  private static final String STANDARD_FILES = "google/protobuf/";

  /// Empty if there are errors, which are shown.
  static Optional<ProjectIdl> of(Compilation compilation, PrintWriter err) {
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
    return Optional.of(new ProjectIdl(main, texts(compilation), result.files()));
  }

  /// The same of `.proto` files.
  static Optional<ProjectIdl> of(ProtoCompilation compilation, PrintWriter err) {
    show(compilation.diagnostics(), err);
    if (compilation.hasErrors()) {
      return Optional.empty();
    }
    var result = ProtoGenerator.generate(compilation, compilation.files(), Messages.WINDHOVER);
    show(result.diagnostics(), err);
    if (result.hasErrors()) {
      return Optional.empty();
    }
    var texts = new LinkedHashMap<String, String>();
    for (var file : compilation.files().reversed()) { // the one with the services is the last
      if (!file.name().startsWith(STANDARD_FILES)) {
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

  private static Map<String, String> texts(Compilation compilation) {
    var programs = compilation.programs();
    var folder = Folders.common(programs.stream().map(it -> it.file().path()).toList());
    var texts = new LinkedHashMap<String, String>();
    for (Program program : programs.reversed()) { // the one with the services is the last
      Path path = folder.relativize(Folders.absolute(program.file().path()));
      texts.put(path.toString(), program.file().text());
    }
    return texts;
  }
}
