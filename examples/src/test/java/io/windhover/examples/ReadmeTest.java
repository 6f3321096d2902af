package io.windhover.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The code blocks of the README and the guides are code that the build compiles.
final class ReadmeTest {

  @ParameterizedTest
  @CsvSource({
    "README.md, thrift, 1, hello/readme.thrift",
    "README.md, java, 1, src/main/java/io/windhover/examples/readme/ReadmeServer.java",
    "README.md, java, 2, src/main/java/io/windhover/examples/readme/ReadmeClient.java",
    "docs/options.md, java, 1, src/main/java/io/windhover/examples/readme/OptionsPage.java",
    "docs/options.md, java, 2, src/main/java/io/windhover/examples/readme/OptionsPage.java",
    "docs/options.md, java, 3, src/main/java/io/windhover/examples/readme/OptionsPage.java",
    "docs/options.md, java, 4, src/main/java/io/windhover/examples/readme/OptionsPage.java",
    "docs/guides/errors.md, java, 1, src/main/java/io/windhover/examples/readme/ErrorsPage.java",
    "docs/guides/connections.md, java, 1,"
        + " src/main/java/io/windhover/examples/readme/ConnectionsPage.java",
    "docs/guides/connections.md, java, 2,"
        + " src/main/java/io/windhover/examples/readme/ConnectionsPage.java",
    "docs/guides/connections.md, java, 3,"
        + " src/main/java/io/windhover/examples/readme/ConnectionsPage.java",
    "docs/guides/connections.md, java, 4,"
        + " src/main/java/io/windhover/examples/readme/ConnectionsPage.java",
    "docs/guides/connections.md, java, 5,"
        + " src/main/java/io/windhover/examples/readme/ConnectionsPage.java",
    "docs/guides/connections.md, java, 6,"
        + " src/main/java/io/windhover/examples/readme/ShortPool.java",
    "docs/guides/connections.md, java, 7,"
        + " src/main/java/io/windhover/examples/readme/ConnectionsPage.java",
    "docs/guides/validation.md, thrift, 1, hello/rules.thrift",
    "docs/guides/validation.md, java, 1, src/main/java/io/windhover/examples/rules/RulesPage.java",
    "docs/guides/validation.md, java, 2, src/main/java/io/windhover/examples/rules/RulesPage.java",
    "docs/guides/validation.md, java, 3, src/main/java/io/windhover/examples/rules/RulesPage.java",
    "docs/guides/validation.md, java, 4, src/main/java/io/windhover/examples/rules/RulesPage.java",
    "docs/guides/streaming.md, thrift, 1, hello/notes.thrift",
    "docs/guides/streaming.md, java, 1,"
        + " src/main/java/io/windhover/examples/streams/NotesHandler.java",
    "docs/guides/streaming.md, java, 2,"
        + " src/main/java/io/windhover/examples/streams/StreamsPage.java",
    "docs/guides/streaming.md, java, 3,"
        + " src/main/java/io/windhover/examples/streams/StreamsPage.java",
    "docs/guides/streaming.md, java, 4,"
        + " src/main/java/io/windhover/examples/streams/StreamsPage.java",
    "docs/guides/streaming.md, java, 5,"
        + " src/main/java/io/windhover/examples/streams/StreamsPage.java",
    "docs/guides/streaming.md, java, 6,"
        + " src/main/java/io/windhover/examples/streams/StreamsPage.java",
    "docs/guides/streaming.md, java, 7,"
        + " src/main/java/io/windhover/examples/streams/StreamsPage.java",
    "docs/tls.md, java, 1, src/main/java/io/windhover/examples/readme/TlsPage.java",
    "docs/tls.md, java, 2, src/main/java/io/windhover/examples/readme/TlsPage.java",
    "docs/tls.md, java, 3, src/main/java/io/windhover/examples/readme/TlsPage.java",
    "docs/tls.md, java, 4, src/main/java/io/windhover/examples/readme/TlsPage.java",
    "docs/tls.md, java, 5, src/main/java/io/windhover/examples/readme/TlsPage.java",
    "docs/tls.md, java, 6, src/main/java/io/windhover/examples/readme/TlsPage.java",
    "docs/netpoll.md, java, 1, src/main/java/io/windhover/examples/chat/ChatServer.java",
    "docs/netpoll.md, java, 2, src/main/java/io/windhover/examples/chat/ChatServer.java",
    "docs/netpoll.md, java, 3, src/main/java/io/windhover/examples/echo/EchoServer.java",
    "docs/netpoll.md, java, 4, src/main/java/io/windhover/examples/echo/EchoServer.java"
  })
  void blockIsPartOf(String page, String language, int number, String file) throws IOException {
    assertThat(squeezed(Files.readString(Path.of(file))))
        .contains(squeezed(new Page(page).blocks(language).get(number - 1)));
  }

  /// As docs/netpoll.md says.
  @Test
  void chatServerHasFortyLines() throws IOException {
    var lines =
        Files.readAllLines(Path.of("src/main/java/io/windhover/examples/chat/ChatServer.java"));

    assertThat(lines).hasSize(40);
  }

  private static String squeezed(String text) {
    return text.replaceAll("\\s+", "");
  }
}
