package io.windhover.protoc;

import io.windhover.codegen.GeneratedFile;
import io.windhover.codegen.proto.ProtoGenerator;
import io.windhover.codegen.proto.ProtoOptions;
import io.windhover.proto.ProtoCompiler;
import io.windhover.proto.source.SourcePath;
import io.windhover.source.Diagnostic;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// Answers a `google.protobuf.compiler.CodeGeneratorRequest` with a `CodeGeneratorResponse`.
///
/// The classes are those of the files that protoc was told to generate, and of the messages of
/// `google/protobuf/` that they have, as `windhover gen --no-includes` makes them.
public final class PluginMain {
  private PluginMain() {}

  /// @param request of protoc
  /// @return the answer, which may be an error
  /// @throws IOException if it is none
  public static byte[] answer(byte[] request) throws IOException {
    var message = WireMessage.read(request);
    var files = message.texts(1);
    if (files.isEmpty()) {
      throw new IOException("no files to generate from");
    }
    try {
      return Answer.files(generate(files, texts(message), options(message.text(2))));
    } catch (RefusedException e) {
      return Answer.error(String.valueOf(e.getMessage()));
    }
  }

  /// Why protoc gets no files.
  private static final class RefusedException extends Exception {
    private static final long serialVersionUID = 1;

    RefusedException(String message) {
      super(message);
    }
  }

  private static ProtoOptions options(String text) throws RefusedException {
    var options = ProtoOptions.DEFAULTS;
    for (var option : text.split(",", -1)) {
      if (!option.isEmpty()) {
        try {
          options = options.with(option);
        } catch (IllegalArgumentException e) {
          throw new RefusedException("option " + e.getMessage());
        }
      }
    }
    return options;
  }

  private static Map<String, String> texts(WireMessage request) throws IOException {
    var options = new OptionText();
    var texts = new HashMap<String, String>();
    for (var file : request.messages(15)) {
      texts.put(file.text(1), FileText.of(file, options));
    }
    return texts;
  }

  private static List<GeneratedFile> generate(
      List<String> files, Map<String, String> texts, ProtoOptions options) throws RefusedException {
    var path = ProtoCompiler.standardFiles().or(SourcePath.memory(texts));
    var compilation = ProtoCompiler.compile(path, files);
    refuse(compilation.diagnostics());
    var result = ProtoGenerator.generate(compilation, compilation.roots(), options);
    refuse(result.diagnostics());
    return result.files();
  }

  private static void refuse(List<Diagnostic> diagnostics) throws RefusedException {
    var errors = diagnostics.stream().filter(Diagnostic::isError).toList();
    if (!errors.isEmpty()) {
      throw new RefusedException(
          errors.stream()
              .map(Diagnostic::toString)
              .collect(
                  Collectors.joining(
                      "", "cannot make Java (the lines are not those of the file):\n", "")));
    }
  }
}
