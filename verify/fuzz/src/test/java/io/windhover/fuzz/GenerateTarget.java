package io.windhover.fuzz;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.source.util.JavacTask;
import io.windhover.codegen.GeneratedFile;
import io.windhover.codegen.GeneratorOptions;
import io.windhover.codegen.GeneratorOptions.StructStyle;
import io.windhover.codegen.JavaGenerator;
import io.windhover.idl.ThriftCompiler;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Map;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/// The generator: a file that the compiler accepts gives Java without an error of syntax, in both
/// styles, or diagnostics.
public final class GenerateTarget {
  private static final String NAME = "f.thrift";
  private static final JavaCompiler JAVAC = ToolProvider.getSystemJavaCompiler();
  private static final StandardJavaFileManager FILES =
      JAVAC.getStandardFileManager(null, null, UTF_8);

  private GenerateTarget() {}

  /// Called by Jazzer.
  public static void fuzzerTestOneInput(byte[] input) throws IOException {
    var text = new String(input, UTF_8);
    var compilation = ThriftCompiler.compile(Map.of(NAME, text), List.of(NAME));
    if (compilation.hasErrors()) {
      return;
    }
    for (var style : StructStyle.values()) {
      var options = GeneratorOptions.DEFAULTS.withStyle(style).withAsync(true);
      var result = JavaGenerator.generate(compilation.programs(), options);
      if (!result.files().isEmpty()) {
        parse(result.files());
      }
    }
  }

  private static void parse(List<GeneratedFile> files) throws IOException {
    var diagnostics = new DiagnosticCollector<JavaFileObject>();
    var options = List.of("-proc:none");
    var sources = files.stream().map(Source::new).toList();
    ((JavacTask) JAVAC.getTask(null, FILES, diagnostics, options, null, sources)).parse();
    for (var diagnostic : diagnostics.getDiagnostics()) {
      if (diagnostic.getKind() == Diagnostic.Kind.ERROR) {
        throw new IllegalStateException(diagnostic.toString());
      }
    }
  }

  /// A source file in memory.
  private static final class Source extends SimpleJavaFileObject {
    private final GeneratedFile file;

    Source(GeneratedFile file) {
      super(URI.create("string:///" + file.path()), Kind.SOURCE);
      this.file = file;
    }

    @Override
    public CharSequence getCharContent(boolean ignoreEncodingErrors) {
      return file.content();
    }
  }
}
