package io.windhover.scaffold;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.windhover.codegen.GeneratedFile;
import io.windhover.codegen.WholeFile;
import io.windhover.scaffold.Handler.Completed;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/// A Maven project with one service, or those of one IDL file.
public final class Project {
  private static final Path CODE = Path.of("src/main/java");
  private static final Path TESTS = Path.of("src/test/java");
  private static final String REPOSITORY = "repository";

  private final Path folder;

  /// @param folder whose name is the project's
  public Project(Path folder) {
    this.folder = folder.toAbsolutePath().normalize();
  }

  /// What a new project is made of.
  ///
  /// @param language what its IDL is written in
  /// @param version Windhover's
  /// @param packageName of the handler and `Main`; empty for that of the first service
  /// @param checkout with built artifacts, which go into the project; empty if Maven has them
  /// @param templates a folder with further files, or others in place of ours; empty if there is
  ///   none
  /// @param idls texts by path below the folder for IDL, the one with the services first; none for
  ///   the greeting, which comes with a handler that greets
  public record Settings(
      Language language,
      String version,
      Optional<String> packageName,
      Optional<Path> checkout,
      Optional<Path> templates,
      Map<String, String> idls) {

    public Settings {
      idls = new LinkedHashMap<>(idls);
    }
  }

  public String name() {
    return folder.getFileName().toString();
  }

  /// Whether there is one already.
  public boolean exists() {
    return Files.exists(folder.resolve("pom.xml"));
  }

  public Path idlFolder(Language language) {
    return folder.resolve(language.folder());
  }

  /// The path, in its folder, of the IDL of a project that is given none.
  public String greetingPath(Language language) {
    return switch (language) {
      case THRIFT -> name() + language.suffix();
      case PROTO -> "%s/v1/%<s%s".formatted(packageWord(), language.suffix());
    };
  }

  /// Its text.
  public String greeting(Language language, String packageName) throws IOException {
    return filled(
        "greeting" + language.suffix(),
        Map.of(
            "package",
            packageName,
            "protoPackage",
            packageWord() + ".v1",
            "service",
            serviceName()));
  }

  /// The package of a project that is given none.
  public String defaultPackage() {
    return "com.example." + packageWord();
  }

  private String packageWord() {
    return name().replaceAll("\\W|_", "");
  }

  private String serviceName() {
    String joined =
        List.of(name().split("\\W+|_", -1)).stream()
            .map(
                it ->
                    it.isEmpty()
                        ? it
                        : it.substring(0, 1).toUpperCase(Locale.ROOT) + it.substring(1))
            .collect(Collectors.joining());
    return joined + "Service";
  }

  /// Writes a new project.
  ///
  /// @param idl path of the IDL file whose services are implemented
  /// @param generated what it and the files that it includes give rise to
  /// @return the files, as paths in the project
  /// @throws FileAlreadyExistsException if there is something in the folder
  public List<String> create(Settings settings, String idl, List<GeneratedFile> generated)
      throws IOException {
    var services = ServiceInterface.of(idl, generated);
    if (services.isEmpty()) {
      throw new IOException("the IDL has no service (expected: one at least)");
    }
    refuseToOverwrite();
    var repository =
        settings
            .checkout()
            .map(it -> new ArtifactRepository(it, settings.version(), settings.language()));
    if (repository.isPresent()) {
      repository.get().requireBuilt();
    }
    var files = files(settings, services);
    for (var file : files.entrySet()) {
      write(file.getKey(), file.getValue());
    }
    if (repository.isPresent()) {
      repository.get().write(folder.resolve(REPOSITORY));
    }
    return files.keySet().stream().map(Path::toString).toList();
  }

  private Map<Path, String> files(Settings settings, List<ServiceInterface> services)
      throws IOException {
    boolean isGreeting = settings.idls().isEmpty();
    String packageName = settings.packageName().orElse(services.getFirst().packageName());
    var values = values(settings, packageName, services);
    var files = new LinkedHashMap<Path, String>();
    files.put(Path.of("pom.xml"), filled("pom.xml", values));
    Language language = settings.language();
    if (isGreeting) {
      files.put(language.folder().resolve(greetingPath(language)), greeting(language, packageName));
    }
    settings.idls().forEach((path, text) -> files.put(language.folder().resolve(path), text));
    Path code = CODE.resolve(packageName.replace('.', '/'));
    Path tests = TESTS.resolve(packageName.replace('.', '/'));
    for (var service : services) {
      String handler =
          isGreeting
              ? filled("GreetingHandler.java.txt", values)
              : Handler.create(packageName, service);
      files.put(code.resolve(service.name() + "Handler.java"), handler);
    }
    String main = language == Language.PROTO ? "GrpcMain.java.txt" : "Main.java.txt";
    files.put(code.resolve("Main.java"), filled(main, values));
    String test = filled(isGreeting ? "GreetingTest.java.txt" : "StartTest.java.txt", values);
    files.put(tests.resolve(services.getFirst().name() + "Test.java"), test);
    files.put(Path.of("Dockerfile"), filled("Dockerfile", values));
    files.put(Path.of("README.md"), filled("README.md", values));
    files.put(Path.of(".gitignore"), filled("gitignore", values));
    if (settings.templates().isPresent()) {
      addTemplates(settings.templates().get(), values, files);
    }
    return files;
  }

  private static void addTemplates(
      Path templates, Map<String, String> values, Map<Path, String> files) throws IOException {
    try (var paths = Files.walk(templates)) {
      for (Path path : paths.filter(Files::isRegularFile).sorted().toList()) {
        try {
          String name = Template.fill(templates.relativize(path).toString(), values);
          files.put(Path.of(name), Template.fill(Files.readString(path), values));
        } catch (IllegalArgumentException e) {
          throw new IOException(path + ": " + e.getMessage(), e);
        }
      }
    }
  }

  private void refuseToOverwrite() throws IOException {
    if (Files.exists(folder)) {
      try (var entries = Files.list(folder)) {
        if (entries.findAny().isPresent()) {
          throw new FileAlreadyExistsException(
              folder.toString(), null, "is not empty, and has no pom.xml");
        }
      }
    }
  }

  private Map<String, String> values(
      Settings settings, String packageName, Collection<ServiceInterface> services)
      throws IOException {
    var values = new HashMap<String, String>();
    values.put("name", name());
    values.put("package", packageName);
    values.put("packagePath", packageName.replace('.', '/'));
    values.put("version", settings.version());
    values.put("service", services.iterator().next().name());
    values.put("services", join(services, it -> it.name(), ", "));
    addProtocol(values, settings.language(), packageName, services);
    String trial = settings.language() == Language.PROTO ? filled("grpc-trial.md", values) : "";
    values.put("trial", trial);
    boolean hasRepository = settings.checkout().isPresent();
    values.put("repositories", hasRepository ? Template.read("repositories.xml") : "");
    values.put(
        "artifacts", Template.read(hasRepository ? "artifacts-here.md" : "artifacts-installed.md"));
    values.put("artifacts", Template.fill(values.get("artifacts"), values));
    return values;
  }

  private static void addProtocol(
      Map<String, String> values,
      Language language,
      String packageName,
      Collection<ServiceInterface> services)
      throws IOException {
    boolean isGrpc = language == Language.PROTO;
    values.put("idl", language.word());
    values.put("goal", language.goal());
    values.put("modules", isGrpc ? "rpc/grpc,rpc/protobuf," : "");
    values.put("configuration", isGrpc ? filled("descriptor-set.xml", values) : "");
    values.put("protocol", isGrpc ? " over gRPC" : "");
    String indent = isGrpc ? "            " : "        ";
    String serve = "\n" + indent + ".service(%1$s.serve(new %1$sHandler()))";
    values.put("serves", join(services, it -> serve.formatted(it.name()), ""));
    values.put("fullNames", join(services, it -> it.name() + ".FULL_NAME", ", "));
    String address = "\"127.0.0.1:\" + server.port()";
    values.put(
        "client",
        isGrpc
            ? "Client.builder(%s).transport(GrpcClientTransport.create()).build()"
                .formatted(address)
            : "Client.to(%s)".formatted(address));
    values.put("testImports", isGrpc ? imported("GrpcClientTransport") : "");
    values.put(
        "imports",
        services.stream()
            .filter(it -> !it.packageName().equals(packageName))
            .map(it -> "import " + it.fullName() + ";\n")
            .sorted()
            .collect(Collectors.joining()));
    var dependencies = new StringBuilder();
    for (String artifact : language.artifacts()) {
      dependencies.append(filled("dependency.xml", Map.of("artifact", artifact)));
    }
    values.put("dependencies", dependencies.toString());
  }

  private static String imported(String grpcClass) {
    return "import io.windhover.rpc.grpc.%s;\n".formatted(grpcClass);
  }

  private static String join(
      Collection<ServiceInterface> services,
      Function<ServiceInterface, String> text,
      String separator) {
    return services.stream().map(text).collect(Collectors.joining(separator));
  }

  private static String filled(String template, Map<String, String> values) throws IOException {
    return Template.fill(Template.read(template), values);
  }

  private void write(Path path, String text) throws IOException {
    Path file = folder.resolve(path);
    Files.createDirectories(file.resolveSibling("."));
    Files.writeString(file, text);
  }

  /// What a change of the IDL has done to the handlers.
  ///
  /// @param added methods, each as `ShopHandler.find`
  /// @param left classes that may lack methods, and why they are left alone
  public record Completion(List<String> added, List<String> left) {}

  /// Adds to the handlers of the project the methods that its IDL has and they have not. Nothing
  /// else is touched.
  ///
  /// @param generated what the project's IDL gives rise to
  public Completion complete(List<GeneratedFile> generated) throws IOException {
    Map<Path, JavaFile> sources = new LinkedHashMap<>();
    try (var files = Files.walk(folder.resolve(CODE))) {
      var java = files.filter(it -> it.toString().endsWith(".java")).filter(Files::isRegularFile);
      for (Path file : java.sorted().toList()) {
        sources.put(file, JavaFile.parse(file.toString(), read(file)));
      }
    }
    var hierarchy = new Hierarchy(sources.values(), ServiceInterface.of(generated));
    var completion = new Completion(new ArrayList<>(), new ArrayList<>());
    for (var source : sources.entrySet()) {
      Completed completed = Handler.complete(source.getValue(), hierarchy);
      if (!completed.added().isEmpty()) {
        WholeFile.write(source.getKey(), completed.text().getBytes(UTF_8));
      }
      completion.added.addAll(completed.added());
      completion.left.addAll(completed.left());
    }
    return completion;
  }

  private static String read(Path file) throws IOException {
    try {
      return Files.readString(file);
    } catch (CharacterCodingException e) {
      throw new IOException(file + ": is not in UTF-8", e);
    }
  }
}
