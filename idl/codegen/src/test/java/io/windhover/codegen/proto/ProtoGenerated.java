package io.windhover.codegen.proto;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import io.windhover.buffer.LinkBuffer;
import io.windhover.codegen.GeneratedFile;
import io.windhover.proto.ProtoCompiler;
import io.windhover.protobuf.ProtoCodec;
import java.io.File;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.tools.ToolProvider;

/// The Java of some `.proto` files, compiled strictly and loaded.
final class ProtoGenerated {
  private static final List<String> STRICT =
      List.of("-Xlint:all", "-Xdoclint:all,-missing", "-Werror");

  private final ClassLoader loader;

  private ProtoGenerated(ClassLoader loader) {
    this.loader = loader;
  }

  /// Generates from texts by name.
  static List<GeneratedFile> sources(Map<String, String> texts) {
    return sources(texts, ProtoOptions.DEFAULTS);
  }

  static List<GeneratedFile> sources(Map<String, String> texts, ProtoOptions options) {
    var compilation = ProtoCompiler.compile(texts, texts.keySet().stream().sorted().toList());
    assertThat(compilation.hasErrors()).as(() -> compilation.diagnostics().toString()).isFalse();
    var result = ProtoGenerator.generate(compilation, compilation.roots(), options);
    assertThat(result.diagnostics()).isEmpty();
    return result.files();
  }

  static ProtoGenerated loadText(Path classes, String proto) {
    return load(classes, sources(Map.of("test.proto", proto)));
  }

  static ProtoGenerated load(Path classes, List<GeneratedFile> files) {
    var javac = ToolProvider.getSystemJavaCompiler();
    var messages = new StringWriter();
    try (var manager = javac.getStandardFileManager(null, null, null)) {
      for (var file : files) {
        var path = classes.resolve(file.path());
        Files.createDirectories(path.getParent());
        Files.writeString(path, file.content());
      }
      var units =
          manager.getJavaFileObjectsFromPaths(
              files.stream().map(file -> classes.resolve(file.path())).toList());
      var options =
          Stream.concat(STRICT.stream(), Stream.of("-d", classes.toString(), "-cp", classPath()))
              .toList();
      boolean compiles = javac.getTask(messages, manager, null, options, null, units).call();
      assertThat(compiles).as(messages::toString).isTrue();
      var url = classes.toUri().toURL();
      return new ProtoGenerated(
          new URLClassLoader(new URL[] {url}, ProtoGenerated.class.getClassLoader()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Returns what generated messages may use, and nothing else.
  private static String classPath() {
    return Stream.of(ProtoCodec.class, LinkBuffer.class)
        .map(ProtoGenerated::location)
        .collect(joining(File.pathSeparator));
  }

  private static String location(Class<?> type) {
    try {
      return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI()).toString();
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

  /// Returns the codec of a message.
  @SuppressWarnings("unchecked") // of whatever type the message is
  ProtoCodec<Object> codec(String name) {
    try {
      return (ProtoCodec<Object>) type(name).getField("CODEC").get(null);
    } catch (ReflectiveOperationException e) {
      throw new LinkageError(e.getMessage(), e);
    }
  }
}
