package io.windhover.conformance;

import io.windhover.thrift.Binary;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// What a peer's client and a peer's server said to each other: a file of `resources/kitex`.
///
/// @param name of the file, without its ending: transport, then scenario
record Recording(String name, List<Exchange> exchanges) {

  private static final Path FOLDER = Path.of("src", "test", "resources", "kitex");

  /// A request and what answered it.
  ///
  /// @param reply empty for a oneway call
  /// @param onNewConnection whether the client had opened another connection for it
  record Exchange(Binary request, Binary reply, boolean onNewConnection) {

    boolean isOneway() {
      return reply.size() == 0;
    }
  }

  static Stream<Recording> all() throws IOException {
    try (var files = Files.list(FOLDER)) {
      return files.filter(Files::isRegularFile).sorted().toList().stream().map(Recording::read);
    }
  }

  private static Recording read(Path file) {
    try {
      var exchanges = new ArrayList<Exchange>();
      boolean onNewConnection = true;
      for (var line : Files.readAllLines(file)) {
        if (line.equals("# connection")) {
          onNewConnection = true;
        } else if (line.startsWith("> ")) {
          exchanges.add(new Exchange(bytes(line), Binary.EMPTY, onNewConnection));
          onNewConnection = false;
        } else if (line.startsWith("< ")) {
          var asked = exchanges.removeLast();
          exchanges.add(new Exchange(asked.request, bytes(line), asked.onNewConnection));
        }
      }
      return new Recording(file.getFileName().toString().replace(".hex", ""), exchanges);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Binary bytes(String line) {
    return Binary.wrap(Bytes.hex(line.substring(2)));
  }

  @Override
  public String toString() {
    return name;
  }
}
