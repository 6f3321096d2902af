package io.windhover.cli;

import io.windhover.codegen.JavaGenerator;
import io.windhover.idl.Compilation;
import io.windhover.idl.CompilerOptions;
import io.windhover.idl.Program;
import io.windhover.idl.ThriftCompiler;
import io.windhover.scaffold.Project;
import io.windhover.source.Diagnostic;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `windhover new`: a project that builds, runs and tests itself.
@Command(
    name = "new",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    description = {
      "Makes a Maven project with a service: IDL, handler, main class, test, pom.xml, Dockerfile,"
          + " README.",
      "In a project that there is already, adds to its handlers the methods that its IDL has"
          + " gained, and touches nothing else."
    },
    footer = {
      "%nExit codes: 0 fine; 1 the IDL has errors, or a file is in the way; 2 bad use.",
      "%nExamples:",
      "  windhover new shop && cd shop && mvn test",
      "  windhover new shop --idl api/shop.thrift",
      "  windhover new shop    (again, after a change of shop/src/main/thrift)"
    })
final class NewCommand implements Callable<Integer> {
  private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9_-]*");
  private static final Pattern PACKAGE = Pattern.compile("[a-z_]\\w*(\\.[a-z_]\\w*)*");

  @SuppressWarnings("NullAway.Init") // picocli sets it
  @Parameters(
      paramLabel = "NAME",
      description = "The folder of the project; its name is the project's.")
  private Path folder;

  @Option(
      names = "--idl",
      paramLabel = "FILE",
      description = "A Thrift file with services; it is copied with what it includes.")
  private @Nullable Path idl;

  @Option(
      names = "--package",
      paramLabel = "PACKAGE",
      description =
          "The Java package of handler and main class. Default: that of the service, which is"
              + " com.example.NAME if there is no --idl.")
  private @Nullable String packageName;

  @Option(
      names = "--template-dir",
      paramLabel = "DIR",
      description =
          "Files to add, or to put in place of ours, with {{name}}, {{package}}, {{service}} and"
              + " others filled in, in paths ({{packagePath}}) as well.")
  private @Nullable Path templates;

  @Option(
      names = "--checkout",
      paramLabel = "DIR",
      description =
          "A checkout of Windhover whose artifacts are built; they are copied into the project, so"
              + " that it builds without a download. ./windhover sets it.")
  private @Nullable Path checkout;

  @SuppressWarnings("NullAway.Init") // picocli sets it
  @Spec
  private CommandSpec spec;

  NewCommand() {}

  @Override
  public Integer call() throws IOException {
    var project = new Project(folder);
    check(project);
    try {
      return project.exists() ? complete(project) : create(project);
    } catch (IOException e) {
      spec.commandLine().getErr().println("error: " + IoErrors.message(e));
      return 1;
    }
  }

  private void check(Project project) {
    if (!NAME.matcher(project.name()).matches()) {
      throw new ParameterException(
          spec.commandLine(), "NAME: %s (expected: %s)".formatted(project.name(), NAME));
    }
    if (packageName != null && !PACKAGE.matcher(packageName).matches()) {
      throw new ParameterException(
          spec.commandLine(), "--package: %s (expected: like com.example)".formatted(packageName));
    }
    if (project.exists() && (idl != null || packageName != null || templates != null)) {
      throw new ParameterException(
          spec.commandLine(),
          "%s exists: --idl, --package and --template-dir are for new projects (its IDL is in %s)"
              .formatted(folder, project.idlFolder()));
    }
  }

  private int create(Project project) throws IOException {
    String ownPackage = Optional.ofNullable(packageName).orElse(project.defaultPackage());
    var greeting = project.name() + ".thrift";
    var compilation =
        idl == null
            ? ThriftCompiler.compile(
                Map.of(greeting, project.greeting(ownPackage)), List.of(greeting))
            : ThriftCompiler.compile(List.of(idl), CompilerOptions.DEFAULTS);
    var result = generate(compilation);
    if (result.isEmpty()) {
      return 1;
    }
    var settings =
        new Project.Settings(
            Version.number(),
            Optional.ofNullable(packageName),
            Optional.ofNullable(checkout),
            Optional.ofNullable(templates),
            idl == null ? Map.of() : idls(compilation));
    var main = compilation.roots().getFirst().file().path();
    var files = project.create(settings, main, result.get().files());
    var out = spec.commandLine().getOut();
    files.forEach(it -> out.println("created " + folder.resolve(it)));
    out.println("next: cd %s && mvn test".formatted(folder));
    return 0;
  }

  private int complete(Project project) throws IOException {
    if (!Files.isDirectory(project.idlFolder())) {
      throw new IOException(
          "%s has a pom.xml, but no %s (expected: a project of windhover new, or a new folder)"
              .formatted(folder, project.idlFolder()));
    }
    List<Path> files;
    try (var paths = Files.walk(project.idlFolder())) {
      files =
          paths
              .filter(it -> it.toString().endsWith(".thrift"))
              .filter(Files::isRegularFile)
              .sorted()
              .toList();
    }
    var options = new CompilerOptions(List.of(project.idlFolder()));
    var compilation = ThriftCompiler.compile(files, options);
    var result = generate(compilation);
    if (result.isEmpty()) {
      return 1;
    }
    var completion = project.complete(result.get().files());
    var out = spec.commandLine().getOut();
    completion.added().forEach(it -> out.println("added " + it));
    completion.left().forEach(it -> out.println("left alone " + it));
    if (completion.added().isEmpty() && completion.left().isEmpty()) {
      out.println("nothing to add: the handlers of %s have all methods".formatted(folder));
    }
    return 0;
  }

  /// Empty if there are errors, which are shown.
  private Optional<JavaGenerator.Result> generate(Compilation compilation) {
    show(compilation.diagnostics());
    if (compilation.hasErrors()) {
      return Optional.empty();
    }
    var result = JavaGenerator.generate(compilation.programs());
    show(result.diagnostics());
    return result.hasErrors() ? Optional.empty() : Optional.of(result);
  }

  private void show(List<Diagnostic> diagnostics) {
    var err = spec.commandLine().getErr();
    diagnostics.forEach(err::print);
    err.flush();
  }

  /// The texts of a file and of what it includes, by paths that keep their places to each other.
  private static Map<String, String> idls(Compilation compilation) {
    var programs = compilation.programs();
    var folder = Folders.common(programs.stream().map(it -> it.file().path()).toList());
    var texts = new LinkedHashMap<String, String>();
    for (Program program : programs.reversed()) { // the one with the services is the last
      Path path = folder.relativize(Folders.absolute(program.file().path()));
      texts.put(path.toString(), program.file().text());
    }
    return texts;
  }
}
