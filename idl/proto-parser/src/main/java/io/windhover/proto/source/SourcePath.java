package io.windhover.proto.source;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/// Where files are found by the names that imports give them, such as `google/protobuf/any.proto`.
public interface SourcePath {

  /// A file that was found.
  ///
  /// @param path as messages show it
  record Found(String path, Bytes content) {}

  /// The file that is called so, its content cut at `limit`; empty if there is none.
  ///
  /// @param name with `/` between folders, without `.` and `..`
  Optional<Found> find(String name, int limit) throws IOException;

  /// This one first, then another.
  default SourcePath or(SourcePath next) {
    return (name, limit) -> {
      Optional<Found> found = find(name, limit);
      return found.isPresent() ? found : next.find(name, limit);
    };
  }

  /// Folders and jars, tried in order.
  static SourcePath of(List<Path> entries) {
    SourcePath all = (_, _) -> Optional.empty();
    for (Path entry : entries) {
      all = all.or((name, limit) -> find(entry, name, limit));
    }
    return all;
  }

  /// Texts by name.
  static SourcePath memory(Map<String, String> texts) {
    var copy = Map.copyOf(texts);
    return (name, limit) ->
        Optional.ofNullable(copy.get(name))
            .map(text -> text.getBytes(StandardCharsets.UTF_8))
            .map(bytes -> Arrays.copyOf(bytes, Math.min(limit, bytes.length)))
            .map(bytes -> new Found(name, Bytes.of(bytes)));
  }

  private static Optional<Found> find(Path entry, String name, int limit) throws IOException {
    if (Files.isRegularFile(entry)) {
      return inJar(entry, name, limit);
    }
    Path file = entry.resolve(name);
    if (!Files.isRegularFile(file)) {
      return Optional.empty();
    }
    try (InputStream in = Files.newInputStream(file)) {
      return Optional.of(new Found(file.toString(), Bytes.of(in.readNBytes(limit))));
    }
  }

  private static Optional<Found> inJar(Path jar, String name, int limit) throws IOException {
    try (ZipFile zip = new ZipFile(jar.toFile())) {
      ZipEntry file = zip.getEntry(name);
      if (file == null || file.isDirectory()) {
        return Optional.empty();
      }
      try (InputStream in = zip.getInputStream(file)) {
        return Optional.of(new Found(jar + "!/" + name, Bytes.of(in.readNBytes(limit))));
      }
    }
  }
}
