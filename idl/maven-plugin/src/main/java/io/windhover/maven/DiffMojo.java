package io.windhover.maven;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
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
 * Compares the Thrift files of a project with an older version of them, as <code>windhover diff
 * </code> does, and fails if the change breaks those who use the old one. A file that is gone
 * counts as a break.
 */
@SuppressWarnings("NullAway.Init") // Maven sets the parameters
@Mojo(name = "diff", defaultPhase = LifecyclePhase.VERIFY, threadSafe = true)
public final class DiffMojo extends AbstractMojo {

  /** The folder with the Thrift files. */
  @Parameter(defaultValue = "${project.basedir}/src/main/thrift")
  private File sourceDirectory;

  /** A folder with the version to compare with, in which files have the same paths. */
  @Parameter(property = "windhover.oldDirectory", required = true)
  private File oldDirectory;

  /** Which files of the old folder are compared, each with what it includes. */
  @Parameter private List<String> includes = List.of("**/*.thrift");

  /** Which of them are not. */
  @Parameter private List<String> excludes = List.of();

  /** Which changes fail the build: <code>wire</code>, <code>source</code> or <code>none</code>. */
  @Parameter(property = "windhover.failOn", defaultValue = "wire")
  private String failOn;

  /**
   * Further folders in which included files are searched, for both versions, behind the folder of
   * the version.
   */
  @Parameter private List<File> includeDirectories = List.of();

  /**
   * Whose reading counts where the Thrift compilers differ: <code>both</code>, <code>apache</code>
   * or <code>thriftgo</code>.
   */
  @Parameter(property = "windhover.dialect", defaultValue = "both")
  private String dialect;

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
  public DiffMojo(ToolchainManager toolchains) {
    this.toolchains = toolchains;
  }

  @Override
  public void execute() throws MojoExecutionException, MojoFailureException {
    if (skip) {
      getLog().info("windhover.skip is set: nothing is compared");
      return;
    }
    if (!oldDirectory.isDirectory()) {
      throw new MojoExecutionException("oldDirectory: " + oldDirectory + " (expected: a folder)");
    }
    boolean isBroken = false;
    for (Path old : sources()) {
      isBroken |= !isCompatible(old);
    }
    if (isBroken) {
      throw new MojoFailureException("the IDL breaks those who use the old one, see above");
    }
  }

  private boolean isCompatible(Path old) throws MojoExecutionException {
    var path = oldDirectory.toPath().relativize(old);
    var now = sourceDirectory.toPath().resolve(path);
    if (!Files.exists(now)) {
      getLog().error(path + " is gone");
      return failOn.equals("none");
    }
    getLog().info(path + ":");
    var arguments = new ArrayList<>(List.of(old.toString(), now.toString(), "--fail-on", failOn));
    arguments.addAll(List.of("--dialect", dialect));
    arguments.addAll(List.of("--old-include", oldDirectory.getPath()));
    arguments.addAll(List.of("--new-include", sourceDirectory.getPath()));
    includeDirectories.forEach(it -> arguments.addAll(List.of("-I", it.getPath())));
    return new Tool(toolchains, session, pluginArtifacts).run("diff", arguments, getLog()) == 0;
  }

  private List<Path> sources() throws MojoExecutionException {
    try {
      return new Sources(includes, excludes).in(oldDirectory.toPath());
    } catch (IOException e) {
      throw new MojoExecutionException("cannot list " + oldDirectory, e);
    }
  }
}
