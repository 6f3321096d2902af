package io.windhover.maven;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.inject.Inject;
import org.apache.maven.artifact.Artifact;
import org.apache.maven.execution.MavenSession;
import org.apache.maven.plugin.AbstractMojo;
import org.apache.maven.plugin.MojoExecutionException;
import org.apache.maven.plugin.MojoFailureException;
import org.apache.maven.plugins.annotations.LifecyclePhase;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;
import org.apache.maven.toolchain.ToolchainManager;

/**
 * Formats the Thrift files of a project, as <code>windhover fmt</code> does, or checks that they
 * are formatted.
 */
@SuppressWarnings("NullAway.Init") // Maven sets the parameters
@Mojo(name = "format", defaultPhase = LifecyclePhase.PROCESS_SOURCES, threadSafe = true)
public final class FormatMojo extends AbstractMojo {

  /** The folder with the Thrift files. */
  @Parameter(defaultValue = "${project.basedir}/src/main/thrift")
  private File sourceDirectory;

  /** Which files of the source folder are formatted. */
  @Parameter private List<String> includes = List.of("**/*.thrift");

  /** Which of them are not. */
  @Parameter private List<String> excludes = List.of();

  /** Whether to change nothing, and to fail if a file has another layout. */
  @Parameter(property = "windhover.format.check", defaultValue = "false")
  private boolean check;

  /** Whether to do nothing. */
  @Parameter(property = "windhover.skip", defaultValue = "false")
  private boolean skip;

  @Parameter(defaultValue = "${session}", readonly = true, required = true)
  private MavenSession session;

  @Parameter(defaultValue = "${plugin.artifacts}", readonly = true, required = true)
  private List<Artifact> pluginArtifacts;

  private final ToolchainManager toolchains;

  /** For Maven. */
  @Inject
  public FormatMojo(ToolchainManager toolchains) {
    this.toolchains = toolchains;
  }

  @Override
  public void execute() throws MojoExecutionException, MojoFailureException {
    if (skip) {
      getLog().info("windhover.skip is set: nothing is formatted");
      return;
    }
    var arguments = new ArrayList<>(List.of(check ? "--check" : "--write"));
    for (Path file : sources()) {
      arguments.add(file.toString());
    }
    if (arguments.size() == 1) {
      getLog().info("no Thrift files in " + sourceDirectory);
      return;
    }
    if (new Tool(toolchains, session, pluginArtifacts).run("fmt", arguments, getLog()) != 0) {
      throw new MojoFailureException(
          check
              ? "the files named above have errors or are not formatted: run the goal format"
              : "Thrift files have errors, see above");
    }
  }

  private List<Path> sources() throws MojoExecutionException {
    try {
      return new Sources(includes, excludes).in(sourceDirectory.toPath());
    } catch (IOException e) {
      throw new MojoExecutionException("cannot list " + sourceDirectory, e);
    }
  }
}
