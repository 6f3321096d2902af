package io.windhover.maven;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.maven.model.Resource;
import org.apache.maven.plugin.MojoExecutionException;
import org.apache.maven.plugin.MojoFailureException;
import org.apache.maven.plugins.annotations.Parameter;
import org.apache.maven.toolchain.ToolchainManager;
import org.eclipse.aether.RepositorySystem;
import org.sonatype.plexus.build.incremental.BuildContext;

/** What the goals share that generate Java. */
@SuppressWarnings("NullAway.Init") // Maven sets the parameters
abstract class GenerationMojo extends CheckingMojo {

  /** What structs become where the IDL does not say: <code>class</code> or <code>record</code>. */
  @Parameter(defaultValue = "class")
  private String style;

  /** Whether services get a second interface, whose methods return a CompletionStage. */
  @Parameter(defaultValue = "false")
  private boolean async;

  /**
   * What programs can ask about the IDL at run time: <code>none</code>, <code>plain</code>, or
   * <code>docs</code> (with doc comments).
   */
  @Parameter(defaultValue = "none")
  private String descriptors;

  /**
   * Whether the Thrift or <code>.proto</code> files become resources too, so that the jar carries
   * them for others to include.
   */
  @Parameter(defaultValue = "true")
  private boolean addIdlToJar;

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

  private final BuildContext ide;

  /**
   * @param ide what an IDE that runs this is told by; without one, nobody hears it
   */
  GenerationMojo(ToolchainManager toolchains, RepositorySystem repositories, BuildContext ide) {
    super(toolchains, repositories);
    this.ide = ide;
  }

  /** Generates, and tells Maven. */
  final void generate() throws MojoExecutionException, MojoFailureException {
    if (isSkipped("generated")) {
      return;
    }
    var files = sources(sourceDirectory(), suffix());
    if (files.isEmpty() && !outputDirectory().exists()) {
      getLog().info("no %s files in %s".formatted(suffix(), sourceDirectory()));
      return;
    }
    claimFolder(files);
    try {
      update(arguments(files));
    } catch (IOException e) {
      throw new MojoExecutionException("cannot read what was generated, or from what", e);
    }
    addSources();
    if (addIdlToJar) {
      addResources(idlResource());
    }
  }

  private String name() {
    return execution().getGoal() + "-" + execution().getExecutionId();
  }

  /** Refuses a folder that another execution fills with the Java of other files. */
  @SuppressWarnings("unchecked") // Maven says of this map only that it is one
  private void claimFolder(List<Path> files) throws MojoExecutionException {
    var claims = (Map<Object, Object>) getPluginContext();
    var claim = new FolderClaim(name(), files);
    var earlier = claims.putIfAbsent(outputDirectory(), claim);
    if (earlier instanceof FolderClaim other && other.isDisputedBy(claim)) {
      throw new MojoExecutionException(
          "%s and %s have one output folder, %s, and each would remove what the other makes of its files: give one of them another folder, or all files to one"
              .formatted(other.execution(), claim.execution(), outputDirectory()));
    }
  }

  /** Runs the generator, unless that would change nothing. */
  private void update(List<String> arguments)
      throws IOException, MojoExecutionException, MojoFailureException {
    var name = name();
    var record = Path.of(project().getBuild().getDirectory(), "windhover", name + ".run");
    var key = key(arguments);
    if (!runsPrograms() && LastRun.read(record).isRepeatedBy(key)) {
      getLog().info("nothing to generate: " + outputDirectory() + " is up to date");
      return;
    }
    Files.createDirectories(record.resolveSibling("."));
    Files.deleteIfExists(record);
    var inputs = record.resolveSibling(name + ".inputs");
    var start = Instant.now();
    if (run("gen", with(arguments, "--list-inputs", inputs.toString())) != 0) {
      throw new MojoFailureException(suffix() + " files have errors, see above");
    }
    ide.refresh(outputDirectory());
    descriptorFile().map(Path::toFile).ifPresent(ide::refresh);
    takeDown(key, inputs, start, record);
  }

  private String key(List<String> arguments) throws IOException {
    var digest = new Digest();
    for (Path file : generator()) {
      digest.add(file);
    }
    arguments.forEach(digest::add);
    return digest.hex();
  }

  private static List<String> with(List<String> arguments, String... further) {
    return Stream.concat(arguments.stream(), Stream.of(further)).toList();
  }

  private void takeDown(String key, Path inputs, Instant start, Path record) throws IOException {
    var files = new ArrayList<Path>();
    for (String line : Files.readAllLines(inputs)) {
      Path file = Path.of(line);
      if (Files.exists(file) && !Files.getLastModifiedTime(file).toInstant().isBefore(start)) {
        return; // edited meanwhile: nobody knows which content was read
      }
      files.add(file);
    }
    try (var made = Files.walk(outputDirectory().toPath())) {
      made.filter(Files::isRegularFile).forEach(files::add);
    }
    descriptorFile().ifPresent(files::add);
    LastRun.of(key, files).write(record);
  }

  private List<String> arguments(List<Path> files) throws MojoExecutionException {
    var arguments =
        new ArrayList<>(List.of("--prune", "--no-includes", "-o", outputDirectory().getPath()));
    arguments.addAll(languageArguments());
    files.forEach(it -> arguments.add(it.toString()));
    return arguments;
  }

  /** What the goal checks and generates by, as far as its IDL knows it. */
  List<String> languageArguments() throws MojoExecutionException {
    var arguments = new ArrayList<>(List.of("--style", style, "--descriptors", descriptors));
    addAsync(arguments);
    arguments.addAll(thriftArguments(ownDirectories()));
    pluginClasses.forEach(it -> arguments.addAll(List.of("--plugin-class", it)));
    plugins.forEach(it -> arguments.addAll(List.of("-p", it)));
    arguments.addAll(List.of("--plugin-time-limit", pluginTimeLimit));
    return arguments;
  }

  final void addAsync(List<String> arguments) {
    addIf(async, "--async", arguments);
  }

  private void addSources() {
    var directory = outputDirectory().getPath();
    if (isForTests()) {
      project().addTestCompileSourceRoot(directory);
    } else {
      project().addCompileSourceRoot(directory);
    }
  }

  /** Lets the jar, or for tests their class path, have what <code>resource</code> names. */
  final void addResources(Resource resource) {
    if (isForTests()) {
      project().addTestResource(resource);
    } else {
      project().addResource(resource);
    }
  }

  private Resource idlResource() {
    var resource = new Resource();
    resource.setDirectory(sourceDirectory().getPath());
    resource.setIncludes(includes(suffix()));
    resource.setExcludes(excludes());
    return resource;
  }

  /** How the names of the files end that the goal generates from. */
  String suffix() {
    return THRIFT;
  }

  /** Whether programs run that may look at anything, so that nobody knows what the Java is of. */
  boolean runsPrograms() {
    return !plugins.isEmpty();
  }

  /** What the goal writes besides Java, if anything. */
  Optional<Path> descriptorFile() {
    return Optional.empty();
  }

  abstract File sourceDirectory();

  abstract File outputDirectory();

  /** Folders of this project in which included files are searched, the source folder first. */
  abstract List<File> ownDirectories();

  /** Whether what it generates is of the tests. */
  abstract boolean isForTests();
}
