package io.windhover.idl.parser;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/// Where the files are.
public interface SourceTree {

  /// The one path that a file has however it was reached; empty if there is no regular file.
  Optional<Path> find(Path path);

  /// The bytes of a file that was found, cut at `limit`.
  byte[] read(Path found, int limit) throws IOException;

  /// This tree, which tells `seen` of each path that is looked for, be there a file or not.
  default SourceTree watched(Consumer<Path> seen) {
    SourceTree tree = this;
    return new SourceTree() {
      @Override
      public Optional<Path> find(Path path) {
        seen.accept(path);
        return tree.find(path);
      }

      @Override
      public byte[] read(Path found, int limit) throws IOException {
        return tree.read(found, limit);
      }
    };
  }

  /// The default file system.
  static SourceTree disk() {
    return new SourceTree() {
      @Override
      public Optional<Path> find(Path path) {
        try {
          return Files.isRegularFile(path) ? Optional.of(path.toRealPath()) : Optional.empty();
        } catch (IOException _) {
          return Optional.empty(); // gone since, or not ours to see
        }
      }

      @Override
      public byte[] read(Path found, int limit) throws IOException {
        try (InputStream in = Files.newInputStream(found)) {
          return in.readNBytes(limit);
        }
      }
    };
  }

  /// Texts by path.
  static SourceTree memory(Map<String, String> texts) {
    var byPath = new HashMap<Path, String>();
    texts.forEach((path, text) -> byPath.put(Path.of(path).normalize(), text));
    return new SourceTree() {
      @Override
      public Optional<Path> find(Path path) {
        return Optional.of(path.normalize()).filter(byPath::containsKey);
      }

      @Override
      public byte[] read(Path found, int limit) throws IOException {
        String text = byPath.get(found);
        if (text == null) {
          throw new FileNotFoundException(found.toString());
        }
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return Arrays.copyOf(bytes, Math.min(limit, bytes.length));
      }
    };
  }
}
