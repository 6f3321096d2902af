package io.windhover.thriftgo;

import io.windhover.codegen.GeneratorOptions;
import io.windhover.codegen.JavaGenerator;
import io.windhover.idl.ThriftCompiler;
import io.windhover.source.Diagnostic;
import io.windhover.thriftgo.Response.Generated;
import java.nio.file.InvalidPathException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// Our generator as a plugin of Thriftgo: the tree of a request becomes Java.
///
/// Its parameters are those of [GeneratorOptions], and `out`, a folder for the Java that is not the
/// host's. The Java has the marks of its insertion points: the host's next plugins may use them,
/// and the host removes them.
public final class PluginMain {
  private static final String OUT = "out=";

  private PluginMain() {}

  /// Returns the answer to one request, which may be an error.
  public static Response answer(Request request) {
    try {
      return files(request, options(request), outputFolder(request));
    } catch (PluginException | InvalidPathException e) {
      return error(String.valueOf(e.getMessage()));
    }
  }

  private static Response files(Request request, GeneratorOptions options, String folder) {
    var texts = AstPrinter.print(request.ast());
    var root = texts.keySet().iterator().next();
    var compilation = ThriftCompiler.compile(texts, List.of(root));
    if (compilation.hasErrors()) {
      return errors(compilation.diagnostics());
    }
    var programs = request.recursive() ? compilation.programs() : compilation.roots();
    var result = JavaGenerator.generateMarked(programs, options);
    if (result.hasErrors()) {
      return errors(result.diagnostics());
    }
    var contents = new ArrayList<Generated>();
    for (var file : result.files()) {
      var name = Optional.of(folder + "/" + file.path());
      contents.add(new Generated(file.content(), name, Optional.empty()));
    }
    return new Response(Optional.empty(), Optional.of(contents), Optional.empty());
  }

  private static String outputFolder(Request request) {
    var folder = request.outputPath();
    for (var parameter : request.pluginParameters()) {
      if (parameter.startsWith(OUT)) {
        folder = parameter.substring(OUT.length());
      }
    }
    if (folder.contains("{namespace")) { // of the host's language, which need not be Java
      throw new PluginException(
          "the output path %s depends on a namespace: name a folder for the Java by out=DIR"
              .formatted(folder));
    }
    return folder.isEmpty() ? "." : folder;
  }

  private static GeneratorOptions options(Request request) {
    var options = GeneratorOptions.DEFAULTS;
    for (var parameter : request.pluginParameters()) {
      if (!parameter.startsWith(OUT)) {
        options = with(options, parameter);
      }
    }
    return options;
  }

  private static GeneratorOptions with(GeneratorOptions options, String parameter) {
    try {
      return options.with(parameter);
    } catch (IllegalArgumentException e) {
      throw new PluginException("parameter " + e.getMessage() + ", or out=DIR");
    }
  }

  private static Response errors(List<Diagnostic> diagnostics) {
    return error(
        diagnostics.stream()
            .filter(Diagnostic::isError)
            .map(Diagnostic::toString)
            .collect(
                Collectors.joining(
                    "", "cannot make Java (the lines are not those of the file):\n", "")));
  }

  private static Response error(String message) {
    return new Response(Optional.of(message), Optional.empty(), Optional.empty());
  }
}
