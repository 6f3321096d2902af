package io.windhover.maven;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.maven.artifact.Artifact;
import org.apache.maven.execution.MavenSession;
import org.apache.maven.plugin.MojoExecution;
import org.apache.maven.plugin.MojoExecutionException;
import org.apache.maven.plugin.logging.Log;
import org.apache.maven.toolchain.ToolchainManager;

/// The `windhover` command line, run on a JDK that it fits.
final class Tool {
  private static final String COMMAND_LINE = "io.windhover.cli.Windhover";
  private static final String TOOLCHAINS = "org.apache.maven.plugins:maven-toolchains-plugin";

  private final ToolchainManager toolchains;
  private final MavenSession session;
  private final MojoExecution execution;
  private final List<Artifact> pluginArtifacts;

  Tool(
      ToolchainManager toolchains,
      MavenSession session,
      MojoExecution execution,
      List<Artifact> pluginArtifacts) {
    this.toolchains = toolchains;
    this.session = session;
    this.execution = execution;
    this.pluginArtifacts = pluginArtifacts;
  }

  /// Runs a command to its end, and returns its exit code.
  int run(String name, List<String> arguments, Log log) throws MojoExecutionException {
    var command = command(name);
    try {
      return new GeneratorProcess(command, arguments, folder()).run(log);
    } catch (IOException e) {
      throw new MojoExecutionException("cannot run " + command.get(0), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new MojoExecutionException("interrupted", e);
    }
  }

  /// Returns the project's, in which relative paths and includes are searched wherever Maven was
  /// started.
  private Path folder() {
    return session.getCurrentProject().getBasedir().toPath();
  }

  private List<String> command(String name) throws MojoExecutionException {
    return List.of(
        jdk().java().toString(),
        "-XX:+UseSerialGC", // a run of a second, as in the script windhover: C2 would not pay
        "-XX:TieredStopAtLevel=1",
        "-XX:-UsePerfData",
        "-cp",
        classPath(),
        COMMAND_LINE,
        name);
  }

  private String classPath() {
    return pluginArtifacts.stream()
        .map(Artifact::getFile)
        .map(File::getPath)
        .collect(Collectors.joining(File.pathSeparator));
  }

  private Jdk jdk() throws MojoExecutionException {
    var own = new Jdk(Path.of(System.getProperty("java.home")));
    return toolchain()
        .filter(Jdk::fits)
        .or(() -> Optional.of(own).filter(Jdk::fits))
        .orElseThrow(() -> missing(own));
  }

  private Optional<Jdk> toolchain() {
    return Optional.ofNullable(toolchains.getToolchainFromBuildContext("jdk", session))
        .map(it -> it.findTool("java"))
        .map(Path::of)
        .flatMap(Jdk::ofTool);
  }

  private MojoExecutionException missing(Jdk own) {
    boolean skipsSelection =
        execution.getSource() == MojoExecution.Source.CLI
            && session.getCurrentProject().getPlugin(TOOLCHAINS) != null;
    return new MojoExecutionException(
        toolchain()
            .map(it -> wrongToolchain(own, it))
            .orElseGet(() -> skipsSelection ? skipped(own, execution.getGoal()) : none(own)));
  }

  static String wrongToolchain(Jdk own, Jdk toolchain) {
    return "%s, and the selected toolchain is %d (%s). Set JAVA_HOME to a newer JDK, or let the goal select-jdk-toolchain select version [%d,)"
        .formatted(needed(own), toolchain.feature(), toolchain, Jdk.NEEDED);
  }

  static String skipped(Jdk own, String goal) {
    return "%s. This build selects a toolchain in a phase that a goal by itself does not run. Run: mvn compile windhover:%s (or set JAVA_HOME to a newer JDK)"
        .formatted(needed(own), goal);
  }

  static String none(Jdk own) {
    return "%s, and no JDK toolchain is selected. Set JAVA_HOME to a newer JDK, or add the goal select-jdk-toolchain of maven-toolchains-plugin with version [%d,)"
        .formatted(needed(own), Jdk.NEEDED);
  }

  private static String needed(Jdk own) {
    return "Windhover needs JDK %d; Maven runs on %d (%s)"
        .formatted(Jdk.NEEDED, own.feature(), own);
  }
}
