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
import org.apache.maven.project.MavenProject;
import org.apache.maven.toolchain.ToolchainManager;

/**
 * Generates Java from the Thrift files of a project and adds it to what is compiled. Files whose
 * content stays the same are not touched, and those of removed IDL are deleted.
 */
// Comments that plugin users read are of the old form: maven-plugin-tools knows no other.
@SuppressWarnings("NullAway.Init") // Maven sets the parameters
@Mojo(name = "generate", defaultPhase = LifecyclePhase.GENERATE_SOURCES, threadSafe = true)
public final class GenerateMojo extends AbstractMojo {
  /** The folder with the Thrift files. */
  @Parameter(defaultValue = "${project.basedir}/src/main/thrift")
  private File sourceDirectory;

  /** The folder for the Java files. It belongs to this goal. */
  @Parameter(defaultValue = "${project.build.directory}/generated-sources/thrift")
  private File outputDirectory;

  /** Folders in which included files are searched; nothing is generated for what is found there. */
  @Parameter private List<File> includeDirectories = List.of();

  /** Which files of the source folder are compiled. */
  @Parameter private List<String> includes = List.of("**/*.thrift");

  /** Which of them are not. */
  @Parameter private List<String> excludes = List.of();

  /** What structs become where the IDL does not say: <code>class</code> or <code>record</code>. */
  @Parameter(defaultValue = "class")
  private String style;

  /** Whether services get a second interface, whose methods return a CompletionStage. */
  @Parameter(defaultValue = "false")
  private boolean async;

  /**
   * Plugins that are Java classes, each {@code com.example.MyPlugin[:key=value,...]}. Their jars
   * are named as dependencies of this Maven plugin.
   */
  @Parameter private List<String> pluginClasses = List.of();

  /**
   * Plugins of Thriftgo to run, each {@code name[=path][:key=value,...]}: a program, by default
   * {@code thrift-gen-name} of the PATH.
   */
  @Parameter private List<String> plugins = List.of();

  /** How long one run of such a program may take, such as {@code 1m30s}; 0 for no limit. */
  @Parameter(defaultValue = "1m")
  private String pluginTimeLimit;

  /** Whether to do nothing. */
  @Parameter(property = "windhover.skip", defaultValue = "false")
  private boolean skip;

  @Parameter(defaultValue = "${project}", readonly = true, required = true)
  private MavenProject project;

  @Parameter(defaultValue = "${session}", readonly = true, required = true)
  private MavenSession session;

  @Parameter(defaultValue = "${plugin.artifacts}", readonly = true, required = true)
  private List<Artifact> pluginArtifacts;

  private final ToolchainManager toolchains;

  /** For Maven. */
  @Inject
  public GenerateMojo(ToolchainManager toolchains) {
    this.toolchains = toolchains;
  }

  @Override
  public void execute() throws MojoExecutionException, MojoFailureException {
    if (skip) {
      getLog().info("windhover.skip is set: nothing is generated");
      return;
    }
    var files = sources();
    if (files.isEmpty() && !outputDirectory.exists()) {
      getLog().info("no Thrift files in " + sourceDirectory);
      return;
    }
    run(files);
    project.addCompileSourceRoot(outputDirectory.getPath());
  }

  private List<Path> sources() throws MojoExecutionException {
    try {
      return new Sources(includes, excludes).in(sourceDirectory.toPath());
    } catch (IOException e) {
      throw new MojoExecutionException("cannot list " + sourceDirectory, e);
    }
  }

  private void run(List<Path> files) throws MojoExecutionException, MojoFailureException {
    int exit =
        new Tool(toolchains, session, pluginArtifacts).run("gen", arguments(files), getLog());
    if (exit != 0) {
      throw new MojoFailureException("Thrift files have errors, see above");
    }
  }

  private List<String> arguments(List<Path> files) {
    var arguments =
        new ArrayList<>(List.of("--prune", "--no-includes", "-o", outputDirectory.getPath()));
    arguments.addAll(List.of("--style", style));
    if (async) {
      arguments.add("--async");
    }
    arguments.addAll(List.of("-I", sourceDirectory.getPath()));
    includeDirectories.forEach(it -> arguments.addAll(List.of("-I", it.getPath())));
    pluginClasses.forEach(it -> arguments.addAll(List.of("--plugin-class", it)));
    plugins.forEach(it -> arguments.addAll(List.of("-p", it)));
    arguments.addAll(List.of("--plugin-time-limit", pluginTimeLimit));
    files.forEach(it -> arguments.add(it.toString()));
    return arguments;
  }
}
