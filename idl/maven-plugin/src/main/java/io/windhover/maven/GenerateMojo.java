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
 * Generates Java from the Thrift files of a project and adds it to what is compiled. Files whose
 * content stays the same are not touched, and those of removed IDL are deleted.
 */
// Comments that plugin users read are of the old form: maven-plugin-tools knows no other.
@SuppressWarnings("NullAway.Init") // Maven sets the parameters
@Mojo(
    name = "generate",
    defaultPhase = LifecyclePhase.GENERATE_SOURCES,
    requiresDependencyCollection = ResolutionScope.COMPILE,
    threadSafe = true)
public final class GenerateMojo extends GenerationMojo {

  /** The folder with the Thrift files. */
  @Parameter(defaultValue = "${project.basedir}/src/main/thrift")
  private File sourceDirectory;

  /** The folder for the Java files. It belongs to this goal. */
  @Parameter(defaultValue = "${project.build.directory}/generated-sources/thrift")
  private File outputDirectory;

  /** For Maven. */
  @Inject
  public GenerateMojo(
      ToolchainManager toolchains, RepositorySystem repositories, BuildContext ide) {
    super(toolchains, repositories, ide);
  }

  @Override
  public void execute() throws MojoExecutionException, MojoFailureException {
    generate();
  }

  @Override
  File sourceDirectory() {
    return sourceDirectory;
  }

  @Override
  File outputDirectory() {
    return outputDirectory;
  }

  @Override
  List<File> ownDirectories() {
    return List.of(sourceDirectory);
  }

  @Override
  boolean isForTests() {
    return false;
  }
}
