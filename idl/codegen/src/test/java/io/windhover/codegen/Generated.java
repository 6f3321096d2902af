package io.windhover.codegen;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import io.windhover.buffer.LinkBuffer;
import io.windhover.idl.Compilation;
import io.windhover.idl.CompilerOptions;
import io.windhover.idl.ThriftCompiler;
import io.windhover.rpc.Caller;
import io.windhover.thrift.StructCodec;
import java.io.File;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.net.MalformedURLException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import javax.tools.ToolProvider;

/// The Java of some Thrift files, compiled strictly and loaded.
final class Generated {
  static final List<String> STRICT = List.of("-Xlint:all", "-Xdoclint:all,-missing", "-Werror");

  private final ClassLoader loader;

  private Generated(ClassLoader loader) {
    this.loader = loader;
  }

  /// Generates from files of the test resources, and compiles into a folder.
  static Generated load(Path classes, String resource) {
    return load(classes, resource(resource));
  }

  static Generated load(Path classes, String resource, GeneratorOptions options) {
    var idl = List.of(resource(resource));
    return load(classes, sources(ThriftCompiler.compile(idl, CompilerOptions.DEFAULTS), options));
  }

  static Generated load(Path classes, Path idl) {
    return load(classes, sources(ThriftCompiler.compile(List.of(idl), CompilerOptions.DEFAULTS)));
  }

  /// Generates from a text, and compiles into a folder.
  static Generated loadText(Path classes, String idl) {
    return loadText(classes, idl, GeneratorOptions.DEFAULTS);
  }

  static Generated loadText(Path classes, String idl, GeneratorOptions options) {
    return load(classes, sources(compileText(idl), options));
  }

  static Generated load(Path classes, List<GeneratedFile> files) {
    compile(classes, files);
    try {
      return new Generated(
          new URLClassLoader(
              new URL[] {classes.toUri().toURL()}, Generated.class.getClassLoader()));
    } catch (MalformedURLException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Path resource(String name) {
    try {
      return Path.of(Generated.class.getResource("/" + name).toURI());
    } catch (URISyntaxException e) {
      throw new IllegalArgumentException(name, e);
    }
  }

  static Compilation compileText(String idl) {
    return ThriftCompiler.compile(Map.of("test.thrift", idl), List.of("test.thrift"));
  }

  static List<GeneratedFile> sources(Compilation compilation) {
    return sources(compilation, GeneratorOptions.DEFAULTS);
  }

  static List<GeneratedFile> sources(Compilation compilation, GeneratorOptions options) {
    assertThat(compilation.hasErrors()).as(() -> compilation.diagnostics().toString()).isFalse();
    var result = JavaGenerator.generate(compilation.programs(), options);
    assertThat(result.diagnostics()).isEmpty();
    return result.files();
  }

  static Map<String, String> byPath(List<GeneratedFile> files) {
    var texts = new TreeMap<String, String>();
    files.forEach(file -> texts.put(file.path(), file.content()));
    return texts;
  }

  private static void compile(Path classes, List<GeneratedFile> files) {
    var javac = ToolProvider.getSystemJavaCompiler();
    var messages = new StringWriter();
    try (var manager = javac.getStandardFileManager(null, null, null)) {
      new OutputDirectory(classes).update(List.of(), files, true);
      var units =
          manager.getJavaFileObjectsFromPaths(
              files.stream().map(file -> classes.resolve(file.path())).toList());
      var options =
          Stream.concat(STRICT.stream(), Stream.of("-d", classes.toString(), "-cp", classPath()))
              .toList();
      boolean compiles = javac.getTask(messages, manager, null, options, null, units).call();
      assertThat(compiles).as(messages::toString).isTrue();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Returns what generated code may use, and nothing else.
  static String classPath() {
    return Stream.of(StructCodec.class, Caller.class, LinkBuffer.class)
        .map(type -> Path.of(location(type)).toString())
        .collect(joining(File.pathSeparator));
  }

  private static URI location(Class<?> type) {
    try {
      return type.getProtectionDomain().getCodeSource().getLocation().toURI();
    } catch (URISyntaxException e) {
      throw new IllegalArgumentException(e);
    }
  }

  Class<?> type(String name) {
    try {
      return Class.forName(name, true, loader);
    } catch (ClassNotFoundException e) {
      throw new AssertionError(e);
    }
  }

  /// Creates an empty struct.
  Struct struct(String name) {
    return Struct.create(type(name));
  }
}
