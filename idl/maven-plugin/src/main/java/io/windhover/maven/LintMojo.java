package io.windhover.maven;

import java.io.File;
import java.util.List;
import javax.inject.Inject;
import org.apache.maven.plugin.MojoExecutionException;
import org.apache.maven.plugin.MojoFailureException;
import org.apache.maven.plugins.annotations.LifecyclePhase;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;
import org.apache.maven.plugins.annotations.ResolutionScope;
import org.apache.maven.toolchain.ToolchainManager;
import org.eclipse.aether.RepositorySystem;

/**
 * Checks the Thrift files and the <code>.proto</code> files of a project and of its tests, as
 * <code>windhover lint</code> does, and writes nothing. Errors fail the build; warnings do where
 * <code>
 * failOnWarning</code> says so.
 */
@SuppressWarnings("NullAway.Init") // Maven sets the parameters
@Mojo(
    name = "lint",
    defaultPhase = LifecyclePhase.VERIFY,
    requiresDependencyCollection = ResolutionScope.TEST,
    threadSafe = true)
public final class LintMojo extends CheckingMojo {

  /** The folder with the Thrift files. */
  @Parameter(defaultValue = "${project.basedir}/src/main/thrift")
  private File sourceDirectory;

  /** The folder with the Thrift files of the tests. */
  @Parameter(defaultValue = "${project.basedir}/src/test/thrift")
  private File testSourceDirectory;

  /** The folder with the <code>.proto</code> files. */
  @Parameter(defaultValue = "${project.basedir}/src/main/proto")
  private File protoDirectory;

  /** The folder with the <code>.proto</code> files of the tests. */
  @Parameter(defaultValue = "${project.basedir}/src/test/proto")
  private File testProtoDirectory;

  /** For Maven. */
  @Inject
  public LintMojo(ToolchainManager toolchains, RepositorySystem repositories) {
    super(toolchains, repositories);
  }

  @Override
  public void execute() throws MojoExecutionException, MojoFailureException {
    if (isSkipped("checked")) {
      return;
    }
    boolean isGood = check(sourceDirectory, THRIFT);
    isGood &= checkTests(testSourceDirectory, THRIFT, sourceDirectory);
    isGood &= check(protoDirectory, PROTO);
    isGood &= checkTests(testProtoDirectory, PROTO, protoDirectory);
    if (!isGood) {
      throw new MojoFailureException("IDL files have errors, see above");
    }
  }

  private boolean check(File directory, String suffix) throws MojoExecutionException {
    return check(directory, suffix, List.of(directory), List.of());
  }

  /** Checks files that may include those of the project, which are checked: no word twice. */
  private boolean checkTests(File directory, String suffix, File project)
      throws MojoExecutionException {
    return check(
        directory, suffix, List.of(directory, project), List.of("--library", project.getPath()));
  }

  private boolean check(File directory, String suffix, List<File> own, List<String> further)
      throws MojoExecutionException {
    var files = sources(directory, suffix);
    if (files.isEmpty()) {
      return true;
    }
    var arguments = suffix.equals(PROTO) ? protoArguments(own) : thriftArguments(own);
    arguments.addAll(further);
    files.forEach(it -> arguments.add(it.toString()));
    return run("lint", arguments) == 0;
  }
}
