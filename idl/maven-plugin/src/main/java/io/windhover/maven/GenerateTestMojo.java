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
import org.sonatype.plexus.build.incremental.BuildContext;

/**
 * Generates Java from the Thrift files of a project's tests and adds it to what is compiled for
 * them. These files may include those of the project itself.
 */
@SuppressWarnings("NullAway.Init") // Maven sets the parameters
@Mojo(
    name = "generate-test",
    defaultPhase = LifecyclePhase.GENERATE_TEST_SOURCES,
    requiresDependencyCollection = ResolutionScope.TEST,
    threadSafe = true)
public final class GenerateTestMojo extends GenerationMojo {

  /** The folder with the Thrift files. */
  @Parameter(defaultValue = "${project.basedir}/src/test/thrift")
  private File testSourceDirectory;

  /** The folder for the Java files. It belongs to this goal. */
  @Parameter(defaultValue = "${project.build.directory}/generated-test-sources/thrift")
  private File testOutputDirectory;

  /** The folder with the Thrift files of the project itself. */
  @Parameter(defaultValue = "${project.basedir}/src/main/thrift")
  private File sourceDirectory;

  /** For Maven. */
  @Inject
  public GenerateTestMojo(
      ToolchainManager toolchains, RepositorySystem repositories, BuildContext ide) {
    super(toolchains, repositories, ide);
  }

  @Override
  public void execute() throws MojoExecutionException, MojoFailureException {
    generate();
  }

  @Override
  File sourceDirectory() {
    return testSourceDirectory;
  }

  @Override
  File outputDirectory() {
    return testOutputDirectory;
  }

  @Override
  List<File> ownDirectories() {
    return List.of(testSourceDirectory, sourceDirectory);
  }

  @Override
  boolean isForTests() {
    return true;
  }
}
