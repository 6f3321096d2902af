package io.windhover.maven;

import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.maven.model.Resource;
import org.apache.maven.plugin.MojoExecutionException;
import org.apache.maven.plugin.MojoFailureException;
import org.apache.maven.plugins.annotations.Parameter;
import org.apache.maven.toolchain.ToolchainManager;

/** What <code>generate</code> and <code>generate-test</code> share. */
@SuppressWarnings("NullAway.Init") // Maven sets the parameters
abstract class GenerationMojo extends CheckingMojo {

  /** What structs become where the IDL does not say: <code>class</code> or <code>record</code>. */
  @Parameter(defaultValue = "class")
  private String style;

  /** Whether services get a second interface, whose methods return a CompletionStage. */
  @Parameter(defaultValue = "false")
  private boolean async;

  /**
   * Whether the Thrift files become resources too, so that the jar carries them for others to
   * include.
   */
  @Parameter(defaultValue = "true")
  private boolean addToJar;

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

  GenerationMojo(ToolchainManager toolchains) {
    super(toolchains);
  }

  /** Generates, and tells Maven. */
  final void generate() throws MojoExecutionException, MojoFailureException {
    if (isSkipped("generated")) {
      return;
    }
    var files = sources(sourceDirectory());
    if (files.isEmpty() && !outputDirectory().exists()) {
      getLog().info("no Thrift files in " + sourceDirectory());
      return;
    }
    if (run("gen", arguments(files)) != 0) {
      throw new MojoFailureException("Thrift files have errors, see above");
    }
    addSources(outputDirectory());
    if (addToJar) {
      addResources(idlResource());
    }
  }

  abstract File sourceDirectory();

  abstract File outputDirectory();

  /** Folders of this project in which included files are searched, the source folder first. */
  abstract List<File> ownDirectories();

  abstract void addSources(File directory);

  abstract void addResources(Resource resource);

  private List<String> arguments(List<Path> files) throws MojoExecutionException {
    var arguments =
        new ArrayList<>(List.of("--prune", "--no-includes", "-o", outputDirectory().getPath()));
    arguments.addAll(List.of("--style", style));
    addIf(async, "--async", arguments);
    arguments.addAll(checkArguments(ownDirectories()));
    pluginClasses.forEach(it -> arguments.addAll(List.of("--plugin-class", it)));
    plugins.forEach(it -> arguments.addAll(List.of("-p", it)));
    arguments.addAll(List.of("--plugin-time-limit", pluginTimeLimit));
    files.forEach(it -> arguments.add(it.toString()));
    return arguments;
  }

  private Resource idlResource() {
    var resource = new Resource();
    resource.setDirectory(sourceDirectory().getPath());
    resource.setIncludes(includes());
    resource.setExcludes(excludes());
    return resource;
  }
}
