package io.windhover.maven;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.apache.maven.artifact.Artifact;
import org.apache.maven.execution.MavenSession;
import org.apache.maven.plugin.AbstractMojo;
import org.apache.maven.plugin.MojoExecution;
import org.apache.maven.plugin.MojoExecutionException;
import org.apache.maven.plugins.annotations.Parameter;
import org.apache.maven.toolchain.ToolchainManager;

/** What all goals share: each runs a command of the command line on IDL files of a folder. */
@SuppressWarnings("NullAway.Init") // Maven sets the parameters
abstract class ToolMojo extends AbstractMojo {

  /** How the names of Thrift files end. */
  static final String THRIFT = ".thrift";

  /** How those of Protobuf end. */
  static final String PROTO = ".proto";

  /** Which files of the folder are meant; by default all that are of the folder's IDL. */
  @Parameter private List<String> includes = List.of();

  /** Which of them are not. */
  @Parameter private List<String> excludes = List.of();

  /** Whether to do nothing. */
  @Parameter(property = "windhover.skip", defaultValue = "false")
  private boolean skip;

  @Parameter(defaultValue = "${session}", readonly = true, required = true)
  private MavenSession session;

  @Parameter(defaultValue = "${mojoExecution}", readonly = true, required = true)
  private MojoExecution execution;

  @Parameter(defaultValue = "${plugin.artifacts}", readonly = true, required = true)
  private List<Artifact> pluginArtifacts;

  private final ToolchainManager toolchains;

  ToolMojo(ToolchainManager toolchains) {
    this.toolchains = toolchains;
  }

  final MavenSession session() {
    return session;
  }

  final MojoExecution execution() {
    return execution;
  }

  /** The generator and all that it runs with. */
  final List<Path> generator() {
    return pluginArtifacts.stream().map(it -> it.getFile().toPath()).toList();
  }

  /** Whether there is nothing to do, which is said. */
  final boolean isSkipped(String whatIsNotDone) {
    if (skip) {
      getLog().info("windhover.skip is set: nothing is " + whatIsNotDone);
    }
    return skip;
  }

  /**
   * What <code>includes</code> and <code>excludes</code> pick.
   *
   * @param suffix of the files if no patterns say which
   */
  final List<Path> sources(File directory, String suffix) throws MojoExecutionException {
    try {
      return new Sources(includes(suffix), excludes).in(directory.toPath());
    } catch (IOException e) {
      throw new MojoExecutionException("cannot list " + directory, e);
    }
  }

  final List<String> includes(String suffix) {
    return includes.isEmpty() ? List.of("**/*" + suffix) : includes;
  }

  final List<String> excludes() {
    return excludes;
  }

  /** Runs a command to its end, and returns its exit code. */
  final int run(String command, List<String> arguments) throws MojoExecutionException {
    return new Tool(toolchains, session, execution, pluginArtifacts)
        .run(command, arguments, getLog());
  }
}
