package io.windhover.interop;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.windhover.proto.ProtoCompiler;
import io.windhover.proto.format.Formatter;
import io.windhover.proto.source.SourcePath;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;

/// The formatter of `.proto` files over the files in the jars of protobuf-java, gRPC, googleapis,
/// OpenTelemetry and protovalidate.
final class ProtoFormatTest {
  private static final Path JARS = Path.of("target", "protos");
  private static final int MANY = 90;

  @Test
  void formattingChangesNoDescriptor() throws IOException {
    int files = 0;
    for (var jar : jars()) {
      var texts = texts(jar);
      var formatted = new LinkedHashMap<String, String>();
      texts.forEach((name, text) -> formatted.put(name, format(name, text)));
      files += texts.size();

      var before = compile(texts);
      var after = compile(formatted);

      assertThat(after).as(jar.toString()).isEqualTo(before);
    }
    assertThat(files).isGreaterThan(MANY);
  }

  @Test
  void formattingTwiceIsFormattingOnce() throws IOException {
    for (var jar : jars()) {
      texts(jar)
          .forEach(
              (name, text) -> {
                var once = format(name, text);
                assertThat(format(name, once)).isEqualTo(once);
              });
    }
  }

  private static byte[] compile(Map<String, String> texts) throws IOException {
    var path = SourcePath.memory(texts).or(SourcePath.of(jars()));
    var compilation = ProtoCompiler.compile(path, List.copyOf(texts.keySet()));
    assertThat(compilation.diagnostics()).noneMatch(it -> it.isError());
    return compilation.descriptorSet();
  }

  private static String format(String name, String text) {
    var result = Formatter.format(name, text.getBytes(UTF_8));
    return result.text().orElseThrow(() -> new AssertionError(result.diagnostics()));
  }

  private static List<Path> jars() throws IOException {
    try (var jars = Files.list(JARS)) {
      return jars.sorted().toList();
    }
  }

  private static Map<String, String> texts(Path jar) throws IOException {
    var texts = new LinkedHashMap<String, String>();
    try (var zip = new ZipFile(jar.toFile())) {
      for (var entry : zip.stream().filter(it -> it.getName().endsWith(".proto")).toList()) {
        try (var in = zip.getInputStream(entry)) {
          texts.put(entry.getName(), new String(in.readAllBytes(), UTF_8));
        }
      }
    }
    return texts;
  }
}
