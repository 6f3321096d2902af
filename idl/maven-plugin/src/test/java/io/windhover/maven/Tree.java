package io.windhover.maven;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import org.apache.maven.shared.invoker.DefaultInvocationRequest;
import org.apache.maven.shared.invoker.DefaultInvoker;
import org.apache.maven.shared.invoker.MavenInvocationException;

/// A tree of modules on disk and the Maven that builds it: the one that builds us, on our JDK.
final class Tree {
  private static final int TIMEOUT_SECONDS = 120;

  private final Path folder;
  private final PrivateRepository repository;

  /// What one run of Maven said.
  record Build(int exitCode, List<String> lines) {

    Build isGreen() {
      assertThat(exitCode).as(String.join("\n", lines)).isZero();
      return this;
    }

    Build isRed() {
      assertThat(exitCode).as(String.join("\n", lines)).isNotZero();
      return this;
    }

    /// The lines about runs of the generator.
    List<String> generations() {
      return lines.stream().filter(it -> it.contains("] generated ")).toList();
    }
  }

  Tree(Path folder, PrivateRepository repository) {
    this.folder = folder;
    this.repository = repository;
  }

  void write(String file, String text) throws IOException {
    Files.createDirectories(path(file).resolveSibling("."));
    Files.writeString(path(file), text);
  }

  void replace(String file, String old, String now) throws IOException {
    var text = Files.readString(path(file));
    assertThat(text).contains(old);
    Files.writeString(path(file), text.replace(old, now));
  }

  Path path(String file) {
    return folder.resolve(file);
  }

  Build maven(String... arguments) throws IOException, MavenInvocationException {
    var lines = new ArrayList<String>();
    var request = new DefaultInvocationRequest();
    request.setBatchMode(true);
    request.setBaseDirectory(folder.toFile());
    request.setUserSettingsFile(repository.settings().toFile());
    request.setLocalRepositoryDirectory(repository.folder().toFile());
    request.setMavenHome(new File(System.getProperty("maven.home")));
    request.setJavaHome(new File(System.getProperty("java.home")));
    request.setMavenOpts("-XX:TieredStopAtLevel=1");
    request.setProperties(new Properties());
    request.addArgs(List.of(arguments));
    request.setTimeoutInSeconds(TIMEOUT_SECONDS);
    request.setOutputHandler(lines::add);
    request.setErrorHandler(lines::add);
    var result = new DefaultInvoker().execute(request);
    return new Build(result.getExitCode(), lines);
  }
}
