package io.windhover.maven;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.inject.Inject;
import org.apache.maven.plugin.MojoExecutionException;
import org.apache.maven.plugin.MojoFailureException;
import org.apache.maven.plugins.annotations.LifecyclePhase;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;
import org.apache.maven.toolchain.ToolchainManager;
import org.jspecify.annotations.Nullable;

/**
 * Compares the Thrift files of a project, or its <code>.proto</code> files, with an older version
 * of them, as <code>windhover diff</code> does, and fails if the change breaks those who use the
 * old one. A file that is gone counts as a break. The patterns pick files of the old folder.
 */
@SuppressWarnings("NullAway.Init") // Maven sets the parameters
@Mojo(name = "diff", defaultPhase = LifecyclePhase.VERIFY, threadSafe = true)
public final class DiffMojo extends ToolMojo {

  /** The folder with the Thrift files. */
  @Parameter(defaultValue = "${project.basedir}/src/main/thrift")
  private File sourceDirectory;

  /** A folder with the version to compare with, in which files have the same paths. */
  @Parameter(property = "windhover.oldDirectory")
  private @Nullable File oldDirectory;

  /** The folder with the <code>.proto</code> files. */
  @Parameter(defaultValue = "${project.basedir}/src/main/proto")
  private File protoDirectory;

  /** The same for the <code>.proto</code> files; one of both folders must be given. */
  @Parameter(property = "windhover.oldProtoDirectory")
  private @Nullable File oldProtoDirectory;

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

  /** For Maven. */
  @Inject
  public DiffMojo(ToolchainManager toolchains) {
    super(toolchains);
  }

  @Override
  public void execute() throws MojoExecutionException, MojoFailureException {
    if (isSkipped("compared")) {
      return;
    }
    if (oldDirectory == null && oldProtoDirectory == null) {
      throw new MojoExecutionException(
          "neither oldDirectory nor oldProtoDirectory is set (expected: a folder with the version"
              + " to compare with)");
    }
    boolean isBroken = false;
    if (oldDirectory != null) {
      isBroken |= isBroken(oldDirectory, sourceDirectory, THRIFT);
    }
    if (oldProtoDirectory != null) {
      isBroken |= isBroken(oldProtoDirectory, protoDirectory, PROTO);
    }
    if (isBroken) {
      throw new MojoFailureException("the IDL breaks those who use the old one, see above");
    }
  }

  private boolean isBroken(File before, File after, String suffix) throws MojoExecutionException {
    if (!before.isDirectory()) {
      throw new MojoExecutionException("old version: " + before + " (expected: a folder)");
    }
    boolean isBroken = false;
    for (Path old : sources(before, suffix)) {
      isBroken |= !isCompatible(before.toPath(), after.toPath(), before.toPath().relativize(old));
    }
    return isBroken;
  }

  private boolean isCompatible(Path before, Path after, Path file) throws MojoExecutionException {
    var now = after.resolve(file);
    if (!Files.exists(now)) {
      getLog().error(file + " is gone");
      return failOn.equals("none");
    }
    getLog().info(file + ":");
    var arguments =
        new ArrayList<>(
            List.of(before.resolve(file).toString(), now.toString(), "--fail-on", failOn));
    arguments.addAll(List.of("--dialect", dialect));
    arguments.addAll(List.of("--old-include", before.toString()));
    arguments.addAll(List.of("--new-include", after.toString()));
    includeDirectories.forEach(it -> arguments.addAll(List.of("-I", it.getPath())));
    return run("diff", arguments) == 0;
  }
}
