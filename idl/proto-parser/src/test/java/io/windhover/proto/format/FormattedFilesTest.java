package io.windhover.proto.format;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.windhover.proto.MessageType;
import io.windhover.proto.ProtoCompilation;
import io.windhover.proto.ProtoCompiler;
import io.windhover.proto.ast.Comment;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// Formats files that use all of the language: nothing that they say may change.
final class FormattedFilesTest {
  private static final List<Path> FOLDERS =
      List.of(
          Path.of("src/test/resources/grammar"),
          Path.of("src/main/resources/io/windhover/proto/parser/standard"));

  @Test
  void descriptorsAndCommentsStay() throws IOException {
    for (var folder : FOLDERS) {
      var texts = texts(folder);
      var formatted = new LinkedHashMap<String, String>();
      texts.forEach((name, text) -> formatted.put(name, format(name, text)));

      for (var name : texts.keySet()) {
        var before = ProtoCompiler.compile(texts, List.of(name));
        var after = ProtoCompiler.compile(formatted, List.of(name));

        assertThat(before.hasErrors()).as("%s", before.diagnostics()).isFalse();
        assertThat(after.descriptorSet()).isEqualTo(before.descriptorSet());
        assertThat(comments(after)).isEqualTo(comments(before));
      }
    }
  }

  @Test
  void formattingTwiceIsFormattingOnce() throws IOException {
    for (var folder : FOLDERS) {
      texts(folder)
          .forEach(
              (name, text) -> {
                var once = format(name, text);
                assertThat(format(name, once)).isEqualTo(once);
                var dense = format(name, text.replaceAll("(?m)^ +", "").replace("\n\n", "\n"));
                assertThat(format(name, dense)).isEqualTo(dense);
              });
    }
  }

  private static List<String> comments(ProtoCompilation compilation) {
    var comments = new ArrayList<String>();
    for (var file : compilation.roots()) {
      file.messages().forEach(it -> add(it, comments));
      for (var service : file.services()) {
        service.comment().map(Comment::text).ifPresent(comments::add);
        service.methods().forEach(it -> it.comment().map(Comment::text).ifPresent(comments::add));
      }
    }
    return comments;
  }

  private static void add(MessageType message, List<String> comments) {
    message.comment().map(Comment::text).ifPresent(comments::add);
    message.fields().forEach(it -> it.comment().map(Comment::text).ifPresent(comments::add));
    message.messages().forEach(it -> add(it, comments));
  }

  private static String format(String name, String text) {
    var result = Formatter.format(name, text.getBytes(UTF_8));
    return result.text().orElseThrow(() -> new AssertionError(result.diagnostics()));
  }

  private static Map<String, String> texts(Path folder) throws IOException {
    var texts = new LinkedHashMap<String, String>();
    try (Stream<Path> files = Files.walk(folder)) {
      for (var file : files.filter(it -> it.toString().endsWith(".proto")).sorted().toList()) {
        texts.put(folder.relativize(file).toString(), Files.readString(file));
      }
    }
    return texts;
  }
}
