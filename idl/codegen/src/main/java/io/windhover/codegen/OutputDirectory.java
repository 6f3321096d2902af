package io.windhover.codegen;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// A directory of generated sources, brought up to date with the fewest changes.
///
/// A file is written only if its content differs, so that build tools see which have changed. A
/// manifest in the directory names every generated file and the IDL it came from; by it, files are
/// removed that their IDL no longer gives rise to. A file without the header of generated files,
/// such as a plugin may make, is there with a digest: it is touched only as long as it is as it was
/// written.
public final class OutputDirectory {

  static final String MANIFEST = ".windhover-manifest";

  // In a line of the manifest: what stands for a blank in a path, and what stands before a digest.
  private static final String BLANK = "%20";
  private static final String DIGEST = "\t";

  private final Path root;

  public OutputDirectory(Path root) {
    this.root = root.toAbsolutePath().normalize();
  }

  /// What an update has done, in numbers of files.
  public record Changes(int written, int unchanged, int removed) {

    /// Returns a phrase for people.
    @Override
    public String toString() {
      return "%s written, %s unchanged, %s removed".formatted(written, unchanged, removed);
    }
  }

  /// Writes `files` and removes what earlier runs left behind.
  ///
  /// @param idls paths of the IDL files that were compiled: what else earlier runs made of them is
  ///   removed
  /// @param files what they give rise to now
  /// @param prune whether to remove also what came from other IDL files: right for a directory that
  ///   belongs to one build
  /// @throws FileAlreadyExistsException if a person's file is in the way; nothing is changed then
  /// @throws IOException also if a file's path leads out of this directory, be it by a link;
  ///   nothing is changed then
  public Changes update(Collection<String> idls, List<GeneratedFile> files, boolean prune)
      throws IOException {
    var before = readManifest();
    for (var file : files) {
      refuseToOverwrite(inside(file.path()), before.get(file.path()));
    }
    var generated =
        files.stream().collect(Collectors.toMap(GeneratedFile::path, file -> entry(file)));
    var compiled = idls.stream().map(this::key).collect(Collectors.toSet());
    var manifest = new TreeMap<String, Entry>();
    int removed = 0;
    for (var earlier : before.entrySet()) {
      boolean ours = prune || compiled.contains(earlier.getValue().idl());
      if (!ours) {
        manifest.put(earlier.getKey(), earlier.getValue());
      } else if (!generated.containsKey(earlier.getKey())
          && remove(earlier.getKey(), earlier.getValue())) {
        removed++;
      }
    }
    manifest.putAll(generated);
    int written = 0;
    for (var file : files) {
      if (write(inside(file.path()), file.content())) {
        written++;
      }
    }
    write(root.resolve(MANIFEST), text(manifest));
    return new Changes(written, files.size() - written, removed);
  }

  /// What the manifest says about a file.
  ///
  /// @param idl as [#key] has it
  /// @param digest of its content, or empty if it has the header of generated files
  private record Entry(String idl, String digest) {

    static Entry parse(String text) {
      var parts = text.split(DIGEST, 2);
      return new Entry(parts[0], parts.length == 2 ? parts[1] : "");
    }

    @Override
    public String toString() {
      return digest.isEmpty() ? idl : idl + DIGEST + digest;
    }
  }

  private Entry entry(GeneratedFile file) {
    boolean hasHeader = file.content().startsWith(GeneratedFile.HEADER);
    return new Entry(
        key(file.idl()), hasHeader ? "" : digest(file.content().getBytes(StandardCharsets.UTF_8)));
  }

  private static String digest(byte[] content) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e); // every JDK has it
    }
  }

  /// Returns how the manifest names an IDL: by its path from here, so that the tree may be moved
  /// and the manifest committed, and without what would be an end of its line there.
  private String key(String idl) {
    var file = Path.of(idl).toAbsolutePath().normalize();
    boolean isReachable =
        Objects.equals(file.getRoot(), root.getRoot()); // not so: drives of Windows
    var path = (isReachable ? root.relativize(file) : file).toString();
    return path.replace(File.separatorChar, '/').replaceAll("\\p{Cntrl}", "\uFFFD");
  }

  private Path inside(String path) throws IOException {
    var file = root.resolve(path).normalize();
    if (!file.startsWith(root) || file.equals(root)) {
      throw new IOException(path + " is outside of " + root);
    }
    if (file.equals(root.resolve(MANIFEST)) || path.contains(BLANK) || path.contains("\n")) {
      throw new IOException(path + " is no name for a generated file");
    }
    if (!isReallyInside(file)) {
      throw new IOException(path + " is outside of " + root + ", by a link");
    }
    return file;
  }

  /// Whether no link on the way leads out of this directory.
  private boolean isReallyInside(Path file) throws IOException {
    for (Path it = file; it != null && !it.equals(root); it = it.getParent()) {
      if (Files.exists(it, LinkOption.NOFOLLOW_LINKS)) {
        return Files.exists(it) && it.toRealPath().startsWith(root.toRealPath());
      }
    }
    return true;
  }

  private static void refuseToOverwrite(Path file, @Nullable Entry earlier) throws IOException {
    if (Files.exists(file) && !isGenerated(file, earlier)) {
      throw new FileAlreadyExistsException(
          file.toString(), null, "not generated by Windhover, so it is not overwritten");
    }
  }

  private static boolean isGenerated(Path file, @Nullable Entry earlier) throws IOException {
    if (!Files.isRegularFile(file)) {
      return false;
    }
    var content = Files.readAllBytes(file);
    return new String(content, StandardCharsets.ISO_8859_1).startsWith(GeneratedFile.HEADER)
        || earlier != null && earlier.digest().equals(digest(content));
  }

  private boolean remove(String path, Entry entry) throws IOException {
    var file = root.resolve(path).normalize(); // of the manifest, which anybody may have written
    if (!file.startsWith(root)
        || !Files.exists(file)
        || !isReallyInside(file)
        || !isGenerated(file, entry)) {
      return false;
    }
    Files.delete(file);
    removeEmptyFolder(file.getParent());
    return true;
  }

  private void removeEmptyFolder(@Nullable Path folder) throws IOException {
    if (folder != null && !folder.equals(root) && isEmpty(folder)) {
      Files.delete(folder);
      removeEmptyFolder(folder.getParent());
    }
  }

  private static boolean isEmpty(Path directory) throws IOException {
    try (var entries = Files.list(directory)) {
      return entries.findAny().isEmpty();
    }
  }

  private static boolean write(Path file, String content) throws IOException {
    var bytes = content.getBytes(StandardCharsets.UTF_8);
    if (Files.exists(file) && Arrays.equals(Files.readAllBytes(file), bytes)) {
      return false;
    }
    Files.createDirectories(file.resolveSibling("."));
    Files.write(file, bytes);
    return true;
  }

  /// Reads lines of the form `com/example/Order.java ../thrift/order.thrift`.
  private Map<String, Entry> readManifest() throws IOException {
    var manifest = root.resolve(MANIFEST);
    if (!Files.exists(manifest)) {
      return Map.of();
    }
    try (var lines = Files.lines(manifest)) {
      return lines
          .map(line -> line.split(" ", 2))
          .filter(parts -> parts.length == 2)
          .collect(
              Collectors.toMap(
                  parts -> parts[0].replace(BLANK, " "),
                  parts -> Entry.parse(parts[1]),
                  (a, b) -> b,
                  TreeMap::new));
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  private static String text(Map<String, Entry> manifest) {
    return manifest.entrySet().stream()
        .map(entry -> entry.getKey().replace(" ", BLANK) + " " + entry.getValue() + "\n")
        .collect(Collectors.joining());
  }
}
