package io.windhover.maven;

import java.io.File;
import java.util.ArrayList;
import java.util.List;
import javax.inject.Inject;
import org.apache.maven.plugin.MojoExecutionException;
import org.apache.maven.plugin.MojoFailureException;
import org.apache.maven.plugins.annotations.LifecyclePhase;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;
import org.apache.maven.toolchain.ToolchainManager;

/**
 * Formats the Thrift files and the <code>.proto</code> files of a project, as <code>windhover fmt
 * </code> does, or checks that they are formatted.
 */
@SuppressWarnings("NullAway.Init") // Maven sets the parameters
@Mojo(name = "format", defaultPhase = LifecyclePhase.PROCESS_SOURCES, threadSafe = true)
public final class FormatMojo extends ToolMojo {

  /** The folder with the Thrift files. */
  @Parameter(defaultValue = "${project.basedir}/src/main/thrift")
  private File sourceDirectory;

  /** The folder with the <code>.proto</code> files. */
  @Parameter(defaultValue = "${project.basedir}/src/main/proto")
  private File protoDirectory;

  /** Whether to change nothing, and to fail if a file has another layout. */
  @Parameter(property = "windhover.format.check", defaultValue = "false")
  private boolean check;

  /** For Maven. */
  @Inject
  public FormatMojo(ToolchainManager toolchains) {
    super(toolchains);
  }

  @Override
  public void execute() throws MojoExecutionException, MojoFailureException {
    if (isSkipped("formatted")) {
      return;
    }
    var arguments = new ArrayList<>(List.of(check ? "--check" : "--write"));
    sources(sourceDirectory, THRIFT).forEach(it -> arguments.add(it.toString()));
    sources(protoDirectory, PROTO).forEach(it -> arguments.add(it.toString()));
    if (arguments.size() == 1) {
      getLog().info("no IDL files in %s and %s".formatted(sourceDirectory, protoDirectory));
      return;
    }
    if (run("fmt", arguments) != 0) {
      throw new MojoFailureException(
          check
              ? "the files named above have errors or are not formatted: run the goal format"
              : "IDL files have errors, see above");
    }
  }
}
