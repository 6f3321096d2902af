package io.windhover.codegen;

import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;
import static java.nio.file.StandardOpenOption.CREATE_NEW;
import static java.nio.file.StandardOpenOption.WRITE;

import io.windhover.codegen.Manifest.Entry;
import java.io.File;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// A directory of generated sources, brought up to date with the fewest changes.
///
/// A file is written only if its content differs, so that build tools see which have changed. A
/// [Manifest] in the directory names every generated file and the IDL it came from; by it, files
/// are removed that their IDL no longer gives rise to. A file without the header of generated
/// files, such as a plugin may make, is there with a digest: it is touched only as long as it is as
/// it was written.
///
/// A run may be killed at any moment, and the next one goes on from there. Each file is written
/// beside its place and then moved, so it is there as a whole or not at all. Before the first of
/// them changes, the manifest names those that there are and those that there will be: what a file
/// is must be known as long as there is a file. When all is done, it names the latter alone.
public final class OutputDirectory {

  static final String MANIFEST = ".windhover-manifest";

  // Behind it stands the number of the process that writes it.
  private static final String SCRATCH = ".windhover-";

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
      refuseToOverwrite(inside(file.path()), before.entries().get(file.path()));
    }
    removeScratch();
    var after = new Manifest(Map.of());
    files.forEach(it -> after.entries().put(it.path(), Entry.of(key(it.idl()), it.content())));
    var compiled = idls.stream().map(this::key).collect(Collectors.toSet());
    var orphans = new TreeMap<String, Entry>();
    for (var earlier : before.entries().entrySet()) {
      boolean ours = prune || compiled.contains(earlier.getValue().idl());
      if (!after.entries().containsKey(earlier.getKey())) {
        (ours ? orphans : after.entries()).put(earlier.getKey(), earlier.getValue());
      }
    }
    write(root.resolve(MANIFEST), before.or(after).toString());
    int removed = 0;
    for (var orphan : orphans.entrySet()) {
      if (remove(orphan.getKey(), orphan.getValue())) {
        removed++;
      }
    }
    int written = 0;
    for (var file : files) {
      if (write(inside(file.path()), file.content())) {
        written++;
      }
    }
    write(root.resolve(MANIFEST), after.toString());
    return new Changes(written, files.size() - written, removed);
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
    if (file.equals(root.resolve(MANIFEST))
        || path.contains(Manifest.BLANK)
        || path.contains("\n")) {
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
        || earlier != null && earlier.describes(content);
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

  private boolean write(Path file, String content) throws IOException {
    var bytes = content.getBytes(StandardCharsets.UTF_8);
    if (Files.exists(file) && Arrays.equals(Files.readAllBytes(file), bytes)) {
      return false;
    }
    Files.createDirectories(file.resolveSibling("."));
    var scratch = root.resolve(SCRATCH + ProcessHandle.current().pid());
    try {
      Files.write(scratch, bytes, CREATE_NEW, WRITE); // through no link that somebody has put there
      Files.move(scratch, file, ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(scratch);
    }
    return true;
  }

  /// Removes what runs that were killed have left.
  private void removeScratch() throws IOException {
    if (!Files.isDirectory(root)) {
      return;
    }
    try (var left = Files.newDirectoryStream(root, SCRATCH + "[0-9]*")) {
      for (var file : left) {
        var process = file.getFileName().toString().substring(SCRATCH.length());
        if (process.matches("\\d{1,18}") && !isOther(Long.parseLong(process))) {
          Files.delete(file);
        }
      }
    }
  }

  private static boolean isOther(long process) {
    return process != ProcessHandle.current().pid() && ProcessHandle.of(process).isPresent();
  }

  private Manifest readManifest() throws IOException {
    var manifest = root.resolve(MANIFEST);
    try {
      return Manifest.parse(Files.exists(manifest) ? Files.readAllLines(manifest) : List.of());
    } catch (CharacterCodingException e) {
      throw new IOException(manifest + ": is not in UTF-8", e);
    }
  }
}
