package io.windhover.maven;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.apache.maven.RepositoryUtils;
import org.apache.maven.artifact.Artifact;
import org.apache.maven.plugin.MojoExecutionException;
import org.apache.maven.plugins.annotations.Parameter;
import org.apache.maven.project.MavenProject;
import org.apache.maven.toolchain.ToolchainManager;
import org.eclipse.aether.RepositorySystem;
import org.eclipse.aether.resolution.ArtifactRequest;
import org.eclipse.aether.resolution.ArtifactResolutionException;

/** What the goals share that check IDL files with all that these include. */
@SuppressWarnings("NullAway.Init") // Maven sets the parameters
abstract class CheckingMojo extends ToolMojo {

  /**
   * Folders in which included files are searched, before the jars of the dependencies; nothing is
   * generated for what is found there.
   */
  @Parameter private List<File> includeDirectories = List.of();

  /**
   * Whose reading counts where the Thrift compilers differ: <code>both</code>, <code>apache</code>
   * or <code>thriftgo</code>.
   */
  @Parameter(property = "windhover.dialect", defaultValue = "both")
  private String dialect;

  /** Whether it is an error if the Thrift compilers do not agree about something. */
  @Parameter(property = "windhover.strict", defaultValue = "false")
  private boolean strict;

  /** Whether all warnings are errors, and so fail the build. */
  @Parameter(property = "windhover.failOnWarning", defaultValue = "false")
  private boolean failOnWarning;

  /** Rules whose warnings are errors, by code or name. */
  @Parameter(property = "windhover.errorRules")
  private List<String> errorRules = List.of();

  /** Rules whose warnings are left out, by code or name. */
  @Parameter(property = "windhover.disabledRules")
  private List<String> disabledRules = List.of();

  /** Whether to say what is good to know, too. */
  @Parameter(property = "windhover.notes", defaultValue = "false")
  private boolean notes;

  @Parameter(defaultValue = "${project}", readonly = true, required = true)
  private MavenProject project;

  private final RepositorySystem repositories;

  CheckingMojo(ToolchainManager toolchains, RepositorySystem repositories) {
    super(toolchains);
    this.repositories = repositories;
  }

  final MavenProject project() {
    return project;
  }

  /**
   * The arguments of the command line that say what to check Thrift files by.
   *
   * @param ownDirectories of this project, searched first
   */
  final List<String> thriftArguments(List<File> ownDirectories) throws MojoExecutionException {
    var arguments = checkArguments(ownDirectories);
    addLibraries("thrift-dependencies", THRIFT, arguments);
    arguments.addAll(List.of("--dialect", dialect));
    addIf(strict, "--strict", arguments);
    return arguments;
  }

  /** The same for <code>.proto</code> files. */
  final List<String> protoArguments(List<File> ownDirectories) throws MojoExecutionException {
    var arguments = checkArguments(ownDirectories);
    addLibraries("proto-dependencies", PROTO, arguments);
    return arguments;
  }

  private List<String> checkArguments(List<File> ownDirectories) {
    var arguments = new ArrayList<String>();
    Consumer<File> include = it -> arguments.addAll(List.of("-I", it.getPath()));
    ownDirectories.forEach(include);
    includeDirectories.forEach(include);
    errorRules.forEach(it -> arguments.addAll(List.of("--error", it)));
    disabledRules.forEach(it -> arguments.addAll(List.of("--disable", it)));
    addIf(failOnWarning, "--werror", arguments);
    addIf(notes, "--notes", arguments);
    return arguments;
  }

  private void addLibraries(String name, String suffix, List<String> arguments)
      throws MojoExecutionException {
    var folder = Path.of(project.getBuild().getDirectory(), name);
    try {
      var libraries = new Libraries(folder, suffix, session().getProjects(), this::resolve);
      for (var library : libraries.of(project.getArtifacts())) {
        arguments.addAll(List.of("--library", library.toString()));
      }
    } catch (IOException e) {
      throw new MojoExecutionException(
          "cannot read the %s files of the dependencies".formatted(suffix), e);
    }
  }

  /**
   * Asks for one artifact. To let Maven resolve them all, by the goal's annotation, would fail
   * where the jar of another module is not there yet: in <code>mvn generate-sources</code>.
   */
  private Path resolve(Artifact artifact) throws IOException {
    var request =
        new ArtifactRequest(
            RepositoryUtils.toArtifact(artifact), project.getRemoteProjectRepositories(), null);
    try {
      var result = repositories.resolveArtifact(session().getRepositorySession(), request);
      return result.getArtifact().getFile().toPath();
    } catch (ArtifactResolutionException e) {
      throw new IOException("cannot resolve " + artifact, e);
    }
  }

  static void addIf(boolean isSet, String option, List<String> arguments) {
    if (isSet) {
      arguments.add(option);
    }
  }
}
