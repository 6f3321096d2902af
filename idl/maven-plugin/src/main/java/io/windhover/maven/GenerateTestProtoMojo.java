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
 * Generates Java from the <code>.proto</code> files of a project's tests and adds it to what is
 * compiled for them. These files may import those of the project itself.
 */
@SuppressWarnings("NullAway.Init") // Maven sets the parameters
@Mojo(
    name = "generate-test-proto",
    defaultPhase = LifecyclePhase.GENERATE_TEST_SOURCES,
    requiresDependencyCollection = ResolutionScope.TEST,
    threadSafe = true)
public final class GenerateTestProtoMojo extends ProtoGenerationMojo {

  /** The folder with the <code>.proto</code> files. */
  @Parameter(defaultValue = "${project.basedir}/src/test/proto")
  private File testProtoDirectory;

  /** The folder for the Java files. It belongs to this goal. */
  @Parameter(defaultValue = "${project.build.directory}/generated-test-sources/proto")
  private File testProtoOutputDirectory;

  /** The folder with the <code>.proto</code> files of the project itself. */
  @Parameter(defaultValue = "${project.basedir}/src/main/proto")
  private File protoDirectory;

  /** For Maven. */
  @Inject
  public GenerateTestProtoMojo(
      ToolchainManager toolchains, RepositorySystem repositories, BuildContext ide) {
    super(toolchains, repositories, ide);
  }

  @Override
  public void execute() throws MojoExecutionException, MojoFailureException {
    generate();
  }

  @Override
  File sourceDirectory() {
    return testProtoDirectory;
  }

  @Override
  File outputDirectory() {
    return testProtoOutputDirectory;
  }

  @Override
  List<File> ownDirectories() {
    return List.of(testProtoDirectory, protoDirectory);
  }

  @Override
  boolean isForTests() {
    return true;
  }
}
