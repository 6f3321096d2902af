package io.windhover.interop;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.compiler.PluginProtos.CodeGeneratorResponse;
import io.windhover.codegen.GeneratedFile;
import io.windhover.codegen.proto.ProtoGenerator;
import io.windhover.codegen.proto.ProtoOptions;
import io.windhover.proto.ProtoCompiler;
import io.windhover.proto.source.SourcePath;
import io.windhover.protoc.PluginMain;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Our generator as a plugin of protoc: the same Java as from the files themselves.
final class ProtocPluginTest {
  private static final Path IDL = Path.of("..", "..", "idl");
  private static final Path GOLDEN = IDL.resolve("codegen/src/test/resources/golden");
  private static final Path GRAMMAR = IDL.resolve("proto-parser/src/test/resources/grammar");
  private static final Path JARS = Path.of("target", "protos");
  private static final String STANDARD = "protobuf-java.jar";
  private static final int MANY = 500;

  @TempDir Path folder;

  @Test
  void protocRunsIt() throws IOException {
    var plugin =
        script(
            "exec '%s/bin/java' -cp '%s' io.windhover.cli.Windhover protoc-plugin"
                .formatted(System.getProperty("java.home"), System.getProperty("java.class.path")));
    var out = Files.createDirectory(folder.resolve("out"));
    var files = List.of("order.proto", "talks.proto");

    var result = Protoc.generate(plugin, out, List.of(GOLDEN), files);

    assertThat(result.isAccepted()).as(result.log()).isTrue();
    assertThat(texts(out)).isEqualTo(generated(SourcePath.of(List.of(GOLDEN)), files));
  }

  @Test
  void protocShowsItsErrors() throws IOException {
    Files.writeString(folder.resolve("a.proto"), "syntax = \"proto2\"; package p; message A {}");
    Files.writeString(folder.resolve("b.proto"), "syntax = \"proto2\"; package p; message a {}");
    var files = List.of("a.proto", "b.proto");
    var answer = Files.write(folder.resolve("answer"), answer(List.of(folder), files));

    var result =
        Protoc.generate(script("cat '%s'".formatted(answer)), folder, List.of(folder), files);

    assertThat(result.isAccepted()).isFalse();
    assertThat(result.log()).contains("--windhover_out: cannot make Java", "already that of p.A");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "shop/edition.proto",
        "shop/later.proto",
        "shop/more.proto",
        "shop/new.proto",
        "shop/old.proto",
        "shop/options.proto"
      })
  void makesTheSameOfFilesWithAllThatTheLanguageHas(String file) throws IOException {
    assertSame(
        byPlugin(List.of(GRAMMAR, unpacked(STANDARD)), List.of(file)),
        generated(SourcePath.of(List.of(GRAMMAR)), List.of(file)));
  }

  /// The files in the jars of gRPC, googleapis, OpenTelemetry and protovalidate.
  @Test
  void makesTheSameOfFilesOfOthers() throws IOException {
    int made = 0;
    try (var jars = Files.list(JARS)) {
      for (var jar : jars.sorted().toList()) {
        var files = names(jar);
        if (!files.isEmpty() && !jar.endsWith(STANDARD)) { // of which the plugin has its own
          var path =
              List.of(
                  unpacked(jar.getFileName().toString()),
                  unpacked(STANDARD),
                  unpacked("common.jar"));

          var expected = generated(SourcePath.of(List.of(jar, JARS.resolve("common.jar"))), files);

          assertSame(byPlugin(path, files), expected);
          made += expected.size();
        }
      }
    }
    assertThat(made).isGreaterThan(MANY);
  }

  /// File by file, since all in one message are too much to read.
  private static void assertSame(Map<String, String> found, Map<String, String> expected) {
    assertThat(found.keySet()).isEqualTo(expected.keySet());
    expected.forEach((name, text) -> assertThat(found.get(name)).as(name).isEqualTo(text));
  }

  private Path script(String line) throws IOException {
    var script =
        Files.writeString(folder.resolve("protoc-gen-windhover"), "#!/bin/sh\n" + line + "\n");
    script.toFile().setExecutable(true);
    return script;
  }

  /// What protoc would be answered to its request about files.
  private byte[] answer(List<Path> path, List<String> files) throws IOException {
    var request = folder.resolve("request");
    Protoc.generate(script("cat >'%s'".formatted(request)), folder, path, files);
    return PluginMain.answer(Files.readAllBytes(request));
  }

  private Map<String, String> byPlugin(List<Path> path, List<String> files) throws IOException {
    var answer = CodeGeneratorResponse.parseFrom(answer(path, files));
    assertThat(answer.getError()).isEmpty();
    return answer.getFileList().stream()
        .collect(
            Collectors.toMap(
                CodeGeneratorResponse.File::getName,
                CodeGeneratorResponse.File::getContent,
                (one, _) -> one,
                TreeMap::new));
  }

  private static Map<String, String> generated(SourcePath path, List<String> files) {
    var compilation = ProtoCompiler.compile(path, files);
    var result = ProtoGenerator.generate(compilation, compilation.roots(), ProtoOptions.DEFAULTS);
    assertThat(result.diagnostics()).isEmpty();
    return result.files().stream()
        .collect(
            Collectors.toMap(
                GeneratedFile::path, GeneratedFile::content, (one, _) -> one, TreeMap::new));
  }

  private static Map<String, String> texts(Path out) throws IOException {
    var texts = new TreeMap<String, String>();
    try (var files = Files.walk(out)) {
      for (var file : files.filter(Files::isRegularFile).toList()) {
        texts.put(out.relativize(file).toString(), Files.readString(file));
      }
    }
    return texts;
  }

  /// The files of a jar where protoc, which reads none, can find them.
  private Path unpacked(String name) throws IOException {
    var jar = JARS.resolve(name);
    var unpacked = folder.resolve(name + ".files");
    try (var zip = new ZipFile(jar.toFile())) {
      for (var entry : names(jar)) {
        var file = unpacked.resolve(entry);
        if (Files.notExists(file)) {
          Files.createDirectories(file.getParent());
          try (var in = zip.getInputStream(zip.getEntry(entry))) {
            Files.copy(in, file);
          }
        }
      }
    }
    return Files.createDirectories(unpacked);
  }

  private static List<String> names(Path jar) throws IOException {
    try (var zip = new ZipFile(jar.toFile())) {
      return zip.stream()
          .map(Object::toString)
          .filter(it -> it.endsWith(".proto"))
          .sorted()
          .toList();
    }
  }
}
