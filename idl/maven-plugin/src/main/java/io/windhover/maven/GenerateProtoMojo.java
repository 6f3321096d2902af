package io.windhover.maven;

import java.io.File;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import javax.inject.Inject;
import org.apache.maven.model.Resource;
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
 * Generates Java from the <code>.proto</code> files of a project and adds it to what is compiled.
 * Files whose content stays the same are not touched, and those of removed files are deleted.
 * Imports are searched in the source folder, in <code>includeDirectories</code> and in the jars of
 * the dependencies.
 */
// Comments that plugin users read are of the old form: maven-plugin-tools knows no other.
@SuppressWarnings("NullAway.Init") // Maven sets the parameters
@Mojo(
    name = "generate-proto",
    defaultPhase = LifecyclePhase.GENERATE_SOURCES,
    requiresDependencyCollection = ResolutionScope.COMPILE,
    threadSafe = true)
public final class GenerateProtoMojo extends ProtoGenerationMojo {

  /** The folder with the <code>.proto</code> files. */
  @Parameter(defaultValue = "${project.basedir}/src/main/proto")
  private File protoDirectory;

  /** The folder for the Java files. It belongs to this goal. */
  @Parameter(defaultValue = "${project.build.directory}/generated-sources/proto")
  private File protoOutputDirectory;

  /**
   * The path that the descriptors of the files, and of all that they import, have in the jar, such
   * as <code>shop.protoset</code>; the jar has none without it. Reflection of gRPC needs them.
   */
  @Parameter private String descriptorSet;

  @Parameter(defaultValue = "${project.build.directory}/generated-resources/proto", readonly = true)
  private File resourceDirectory;

  /** For Maven. */
  @Inject
  public GenerateProtoMojo(
      ToolchainManager toolchains, RepositorySystem repositories, BuildContext ide) {
    super(toolchains, repositories, ide);
  }

  @Override
  public void execute() throws MojoExecutionException, MojoFailureException {
    if (descriptorSet != null) {
      requireInJar(resourceDirectory.toPath(), descriptorSet);
    }
    generate();
    descriptorFile().ifPresent(ignored -> addDescriptors());
  }

  /** Refuses what would be written beside the folder, over files of the project maybe. */
  static void requireInJar(Path folder, String path) throws MojoExecutionException {
    Path root = folder.normalize();
    Path file = root.resolve(path).normalize();
    if (!file.startsWith(root) || file.equals(root)) {
      throw new MojoExecutionException(
          "descriptorSet: %s (expected: a path in the jar, such as shop.protoset)".formatted(path));
    }
  }

  @Override
  List<String> languageArguments() throws MojoExecutionException {
    var arguments = super.languageArguments();
    descriptorFile().ifPresent(it -> arguments.addAll(List.of("--descriptor-set", it.toString())));
    return arguments;
  }

  @Override
  Optional<Path> descriptorFile() {
    return Optional.ofNullable(descriptorSet).map(resourceDirectory.toPath()::resolve);
  }

  private void addDescriptors() {
    var resource = new Resource();
    resource.setDirectory(resourceDirectory.getPath());
    resource.setIncludes(List.of(descriptorSet));
    addResources(resource);
  }

  @Override
  File sourceDirectory() {
    return protoDirectory;
  }

  @Override
  File outputDirectory() {
    return protoOutputDirectory;
  }

  @Override
  List<File> ownDirectories() {
    return List.of(protoDirectory);
  }

  @Override
  boolean isForTests() {
    return false;
  }
}
