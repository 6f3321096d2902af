package io.windhover.cli;

import io.windhover.codegen.GeneratedFile;
import io.windhover.idl.CompilerOptions;
import io.windhover.idl.ThriftCompiler;
import io.windhover.proto.ProtoCompiler;
import io.windhover.scaffold.Language;
import io.windhover.scaffold.Project;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
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
      "  windhover new shop --idl api/shop.proto",
      "  windhover new shop --idl api/shop/v1/shop.proto -I api -I shared",
      "  windhover new shop --proto",
      "  windhover new shop    (again, after a change of its IDL)"
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
      description =
          "A Thrift or Protobuf file with services; it is copied with what it includes. Without -I,"
              + " the imports of a Protobuf file are found in the working folder and beside it.")
  private @Nullable Path idl;

  @Option(
      names = {"-I", "--include"},
      paramLabel = "DIR",
      description =
          "Folder in which files are searched that FILE includes. Files in it are copied to the"
              + " paths that they have there. May be repeated.")
  private List<Path> includes = List.of();

  @Option(
      names = "--proto",
      description =
          "Protobuf and gRPC in the place of Thrift; so does a Protobuf file after --idl.")
  private boolean proto;

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
    boolean isForNew =
        idl != null || proto || !includes.isEmpty() || packageName != null || templates != null;
    if (project.exists() && isForNew) {
      throw new ParameterException(
          spec.commandLine(),
          "%s exists: --idl, -I, --proto, --package and --template-dir are for new projects (its IDL"
                  .formatted(folder)
              + " is in src/main)");
    }
    if (idl == null && !includes.isEmpty()) {
      throw new ParameterException(
          spec.commandLine(), "-I: %s (expected: with --idl FILE)".formatted(includes.getFirst()));
    }
    if (proto && idl != null && !ProtoFiles.isOne(idl)) {
      throw new ParameterException(
          spec.commandLine(), "--proto: %s (expected: a .proto file)".formatted(idl));
    }
  }

  private int create(Project project) throws IOException {
    boolean isProto = idl == null ? proto : ProtoFiles.isOne(idl);
    Language language = isProto ? Language.PROTO : Language.THRIFT;
    var source = source(project, language);
    if (source.isEmpty()) {
      return 1;
    }
    var settings =
        new Project.Settings(
            language,
            Version.number(),
            Optional.ofNullable(packageName),
            Optional.ofNullable(checkout),
            Optional.ofNullable(templates),
            idl == null ? Map.of() : source.get().texts());
    var files = project.create(settings, source.get().main(), source.get().java());
    var out = spec.commandLine().getOut();
    files.forEach(it -> out.println("created " + folder.resolve(it)));
    out.println("next: cd %s && mvn test".formatted(folder));
    return 0;
  }

  private Optional<ProjectIdl> source(Project project, Language language) throws IOException {
    var err = spec.commandLine().getErr();
    var path = project.greetingPath(language);
    String ownPackage = Optional.ofNullable(packageName).orElse(project.defaultPackage());
    var greeting = Map.of(path, project.greeting(language, ownPackage));
    return switch (language) {
      case THRIFT ->
          ProjectIdl.of(
              idl == null
                  ? ThriftCompiler.compile(greeting, List.of(path))
                  : ThriftCompiler.compile(List.of(idl), new CompilerOptions(includes)),
              includes,
              err);
      case PROTO ->
          ProjectIdl.of(
              idl == null
                  ? ProtoCompiler.compile(greeting, List.of(path))
                  : new ProtoFiles(List.of(idl), includes).compilation(),
              err);
    };
  }

  private int complete(Project project) throws IOException {
    var java = new ArrayList<GeneratedFile>();
    boolean hasIdl = false;
    for (var language : Language.values()) {
      Path idls = project.idlFolder(language);
      if (Files.isDirectory(idls)) {
        hasIdl = true;
        var source = source(language, idls);
        if (source.isEmpty()) {
          return 1;
        }
        java.addAll(source.get().java());
      }
    }
    if (!hasIdl) {
      throw new IOException(
          "%s has a pom.xml, but neither src/main/thrift nor src/main/proto (expected: a project of"
                  .formatted(folder)
              + " windhover new, or a new folder)");
    }
    var completion = project.complete(java);
    var out = spec.commandLine().getOut();
    completion.added().forEach(it -> out.println("added " + it));
    completion.left().forEach(it -> out.println("left alone " + it));
    if (completion.added().isEmpty() && completion.left().isEmpty()) {
      out.println("nothing to add: the handlers of %s have all methods".formatted(folder));
    }
    return 0;
  }

  private Optional<ProjectIdl> source(Language language, Path idls) throws IOException {
    var err = spec.commandLine().getErr();
    List<Path> files;
    try (var paths = Files.walk(idls)) {
      files =
          paths
              .filter(it -> it.toString().endsWith(language.suffix()))
              .filter(Files::isRegularFile)
              .sorted()
              .toList();
    }
    return switch (language) {
      case THRIFT ->
          ProjectIdl.of(
              ThriftCompiler.compile(files, new CompilerOptions(List.of(idls))),
              List.of(idls),
              err);
      case PROTO -> ProjectIdl.of(new ProtoFiles(files, List.of(idls)).compilation(), err);
    };
  }
}
