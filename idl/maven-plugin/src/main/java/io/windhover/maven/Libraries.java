package io.windhover.maven;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.apache.maven.artifact.Artifact;
import org.apache.maven.model.Resource;
import org.apache.maven.project.MavenProject;

/// The Thrift files that the dependencies of a project carry, as folders in which includes are
/// found.
///
/// The root of a jar is such a folder: `include "shared/money.thrift"` finds the entry of that
/// name. The files are unpacked, each jar's into a folder of its own, so that a message about one
/// names a file that can be opened.
final class Libraries {
  private static final String SUFFIX = ".thrift";

  private final Path folder;

  /// @param folder where the jars' files go
  Libraries(Path folder) {
    this.folder = folder;
  }

  /// Returns the folders in the order of the class path.
  List<Path> of(MavenProject project) throws IOException {
    var found = new ArrayList<Path>();
    for (Artifact artifact : project.getArtifacts()) {
      File file = artifact.getFile();
      if (file == null) {
        found.addAll(resources(project, artifact));
      } else if (file.isDirectory()) {
        found.add(file.toPath());
      } else if (file.getName().endsWith(".jar")) {
        Path target = folder.resolve(name(artifact));
        if (unpack(file, target)) {
          found.add(target);
        }
      }
    }
    return found;
  }

  /// Those of a module of the same build of which there is nothing yet but its sources: Maven ran
  /// no phase that makes more.
  private static List<Path> resources(MavenProject project, Artifact artifact) {
    var key =
        String.join(
            ":", artifact.getGroupId(), artifact.getArtifactId(), artifact.getBaseVersion());
    MavenProject module = project.getProjectReferences().get(key);
    return module == null
        ? List.of()
        : module.getResources().stream().map(Resource::getDirectory).map(Path::of).toList();
  }

  private static String name(Artifact artifact) {
    var name = artifact.getGroupId() + "." + artifact.getArtifactId();
    return artifact.hasClassifier() ? name + "-" + artifact.getClassifier() : name;
  }

  /// Makes `target` hold the Thrift files of a jar and no others.
  ///
  /// @return whether there are any
  static boolean unpack(File jar, Path target) throws IOException {
    var wanted = new HashSet<Path>();
    try (var zip = new ZipFile(jar)) {
      for (var entries = zip.entries(); entries.hasMoreElements(); ) {
        ZipEntry entry = entries.nextElement();
        if (!entry.isDirectory() && entry.getName().endsWith(SUFFIX)) {
          Path file = target.resolve(entry.getName()).normalize();
          if (!file.startsWith(target)) {
            throw new IOException(jar + ": " + entry.getName() + " leads out of the jar");
          }
          wanted.add(file);
          write(file, zip.getInputStream(entry).readAllBytes());
        }
      }
    }
    removeOthers(target, wanted);
    return !wanted.isEmpty();
  }

  private static void write(Path file, byte[] content) throws IOException {
    if (Files.exists(file) && Arrays.equals(Files.readAllBytes(file), content)) {
      return;
    }
    Files.createDirectories(file.resolveSibling("."));
    Files.write(file, content);
  }

  private static void removeOthers(Path target, Set<Path> wanted) throws IOException {
    if (!Files.isDirectory(target)) {
      return;
    }
    try (var files = Files.walk(target)) {
      for (var file : files.filter(Files::isRegularFile).toList()) {
        if (!wanted.contains(file)) {
          Files.delete(file);
        }
      }
    }
  }
}
