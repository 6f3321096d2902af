package io.windhover.maven;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.apache.maven.artifact.Artifact;
import org.apache.maven.model.FileSet;
import org.apache.maven.project.MavenProject;

/// The Thrift or `.proto` files that the dependencies of a project carry, as folders in which
/// includes are found.
///
/// The root of a jar is such a folder: `include "shared/money.thrift"` finds the entry of that
/// name. The files are unpacked, each jar's into a folder of its own, so that a message about one
/// names a file that can be opened. Of a module of the same build it is its folders of resources
/// and of classes, whether or not there is a jar yet.
final class Libraries {

  private static final String STANDARD_FOLDER = "google/protobuf/";

  /// What the generator has by itself, in the folder: what it makes of them must not depend on a
  /// jar.
  static final Set<String> STANDARD_FILES =
      Set.of(
          "any.proto",
          "api.proto",
          "compiler/plugin.proto",
          "descriptor.proto",
          "duration.proto",
          "empty.proto",
          "field_mask.proto",
          "java_features.proto",
          "source_context.proto",
          "struct.proto",
          "timestamp.proto",
          "type.proto",
          "wrappers.proto");

  /// No such file is larger: the generator refuses such.
  static final int MAX_FILE_BYTES = 16 << 20;

  /// No jar has more of them, or larger ones altogether: thousands, with some MB, are much.
  static final int MAX_FILES = 10_000;

  static final long MAX_JAR_BYTES = 64 << 20;

  private final Path folder;
  private final String suffix;
  private final List<MavenProject> modules;
  private final Resolver resolver;

  /// Finds the file of an artifact.
  @FunctionalInterface
  interface Resolver {
    Path resolve(Artifact artifact) throws IOException;
  }

  /// @param folder where the jars' files go
  /// @param suffix how the names of the files end
  /// @param modules all of the build
  Libraries(Path folder, String suffix, List<MavenProject> modules, Resolver resolver) {
    this.folder = folder;
    this.suffix = suffix;
    this.modules = List.copyOf(modules);
    this.resolver = resolver;
  }

  /// Returns the folders, in the order of the artifacts.
  List<Path> of(Collection<Artifact> artifacts) throws IOException {
    var found = new ArrayList<Path>();
    for (Artifact artifact : artifacts) {
      var module = module(artifact);
      if (module.isPresent()) {
        found.addAll(folders(module.get(), artifact));
      } else if (artifact.getArtifactHandler().getExtension().equals("jar")) {
        Path target = target(artifact);
        if (unpack(resolver.resolve(artifact).toFile(), suffix, target)) {
          found.add(target);
        }
      }
    }
    return found;
  }

  private Optional<MavenProject> module(Artifact artifact) {
    return modules.stream()
        .filter(it -> it.getGroupId().equals(artifact.getGroupId()))
        .filter(it -> it.getArtifactId().equals(artifact.getArtifactId()))
        .filter(it -> it.getVersion().equals(artifact.getBaseVersion()))
        .findFirst();
  }

  private static List<Path> folders(MavenProject module, Artifact artifact) {
    boolean isOfTests = artifact.getType().equals("test-jar");
    var resources = isOfTests ? module.getTestResources() : module.getResources();
    var build = module.getBuild();
    var classes = isOfTests ? build.getTestOutputDirectory() : build.getOutputDirectory();
    return Stream.concat(resources.stream().map(FileSet::getDirectory), Stream.of(classes))
        .map(Path::of)
        .distinct()
        .toList();
  }

  private Path target(Artifact artifact) {
    return folder
        .resolve(artifact.getGroupId())
        .resolve(artifact.getArtifactId())
        .resolve(artifact.hasClassifier() ? artifact.getClassifier() : "main");
  }

  /// Makes `target` hold the files of a jar whose names end so, and no others.
  ///
  /// @return whether there are any
  static boolean unpack(File jar, String suffix, Path target) throws IOException {
    var root = target.toAbsolutePath().normalize();
    try (var zip = new ZipFile(jar)) {
      var wanted = wanted(jar, zip, suffix, root);
      removeOthers(root, wanted.keySet());
      long bytes = 0;
      for (var file : wanted.entrySet()) {
        var content = content(jar, zip, file.getValue());
        bytes += content.length;
        if (bytes > MAX_JAR_BYTES) {
          throw new IOException(
              "%s: its %s files have more than %d bytes".formatted(jar, suffix, MAX_JAR_BYTES));
        }
        write(file.getKey(), content);
      }
      return !wanted.isEmpty();
    }
  }

  /// Where the files of a jar go.
  private static Map<Path, ZipEntry> wanted(File jar, ZipFile zip, String suffix, Path root)
      throws IOException {
    var wanted = new LinkedHashMap<Path, ZipEntry>();
    for (var entries = zip.entries(); entries.hasMoreElements(); ) {
      ZipEntry entry = entries.nextElement();
      String name = entry.getName();
      if (!entry.isDirectory() && name.endsWith(suffix) && !isStandard(name)) {
        wanted.put(place(jar, entry, root), entry);
        if (wanted.size() > MAX_FILES) {
          throw new IOException(
              "%s: it has more than %d %s files".formatted(jar, MAX_FILES, suffix));
        }
      }
    }
    for (Path file : wanted.keySet()) {
      Path path = root.relativize(file);
      for (int i = 1; i < path.getNameCount(); i++) {
        Path folder = path.subpath(0, i);
        if (wanted.containsKey(root.resolve(folder))) {
          throw new IOException(
              "%s: %s is a file, and a folder with files in it".formatted(jar, folder));
        }
      }
    }
    return wanted;
  }

  private static boolean isStandard(String name) {
    return name.startsWith(STANDARD_FOLDER)
        && STANDARD_FILES.contains(name.substring(STANDARD_FOLDER.length()));
  }

  private static Path place(File jar, ZipEntry entry, Path root) throws IOException {
    try {
      Path file = root.resolve(entry.getName()).normalize();
      if (!file.startsWith(root)) {
        throw new IOException(jar + ": " + entry.getName() + " leads out of the jar");
      }
      return file;
    } catch (InvalidPathException e) {
      throw new IOException(jar + ": the name of an entry is no path: " + e.getMessage(), e);
    }
  }

  /// What an entry says of its size is not to be trusted.
  private static byte[] content(File jar, ZipFile zip, ZipEntry entry) throws IOException {
    try (var in = zip.getInputStream(entry)) {
      var bytes = in.readNBytes(MAX_FILE_BYTES + 1);
      if (bytes.length > MAX_FILE_BYTES) {
        throw new IOException(
            "%s: %s is larger than %d bytes".formatted(jar, entry.getName(), MAX_FILE_BYTES));
      }
      return bytes;
    }
  }

  private static void write(Path file, byte[] content) throws IOException {
    if (Files.exists(file) && Arrays.equals(Files.readAllBytes(file), content)) {
      return;
    }
    Files.createDirectories(file.resolveSibling("."));
    Files.write(file, content);
  }

  private static void removeOthers(Path root, Set<Path> wanted) throws IOException {
    if (!Files.isDirectory(root)) {
      return;
    }
    try (var paths = Files.walk(root)) {
      for (var path : paths.sorted(Comparator.reverseOrder()).toList()) { // folders come last
        boolean isOver =
            Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)
                ? isEmpty(path)
                : !wanted.contains(path);
        if (isOver) {
          Files.delete(path);
        }
      }
    }
  }

  private static boolean isEmpty(Path folder) throws IOException {
    try (var entries = Files.list(folder)) {
      return entries.findAny().isEmpty();
    }
  }
}
