package io.windhover.maven;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;

/// What a run of the generator was asked, looked for and made: while all of that is as it was, the
/// same run would change nothing.
///
/// In its file, each line is a digest and a path, with a dash for a file that was looked for and
/// not there. The last line is the key, so that half a file is known for what it is.
///
/// @param key a digest of the generator and of all of its options
/// @param files digests by path, of what was looked for and of what was made
record LastRun(String key, Map<Path, String> files) {
  private static final LastRun NONE = new LastRun("", Map.of());

  LastRun {
    files = new LinkedHashMap<>(files);
  }

  /// Takes down a run that has just ended.
  static LastRun of(String key, Collection<Path> files) throws IOException {
    var digests = new LinkedHashMap<Path, String>();
    for (Path file : files) {
      digests.put(file, Digest.of(file));
    }
    return new LastRun(key, digests);
  }

  /// Whether a run with `now` as its key would find everything as it was, and as this one left it.
  boolean isRepeatedBy(String now) throws IOException {
    if (!key.equals(now)) {
      return false;
    }
    for (var file : files.entrySet()) {
      if (!file.getValue().equals(Digest.of(file.getKey()))) {
        return false;
      }
    }
    return true;
  }

  /// Reads what [#write] has written; without that, it is a run like no other.
  static LastRun read(Path record) throws IOException {
    if (!Files.isRegularFile(record)) {
      return NONE;
    }
    var key = "";
    var files = new LinkedHashMap<Path, String>();
    for (String line : Files.readAllLines(record)) {
      String[] parts = line.split(" ", 2);
      if (parts.length == 2) {
        files.put(Path.of(parts[1]), parts[0]);
      } else {
        key = line;
      }
    }
    return new LastRun(key, files);
  }

  void write(Path record) throws IOException {
    var lines = new ArrayList<String>();
    files.forEach((path, digest) -> lines.add(digest + " " + path));
    lines.add(key);
    Files.createDirectories(record.resolveSibling("."));
    Files.write(record, lines);
  }
}
