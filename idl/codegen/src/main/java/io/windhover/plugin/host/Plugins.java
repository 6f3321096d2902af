package io.windhover.plugin.host;

import io.windhover.codegen.GeneratedFile;
import io.windhover.codegen.GeneratorOptions;
import io.windhover.codegen.JavaTypes;
import io.windhover.idl.Program;
import io.windhover.plugin.PluginInput;
import io.windhover.thriftgo.AstEncoder;
import io.windhover.thriftgo.ExternalPlugin;
import io.windhover.thriftgo.FileAssembly;
import io.windhover.thriftgo.PluginException;
import io.windhover.thriftgo.Request;
import io.windhover.thriftgo.Response.Generated;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The plugins of one run.
///
/// @param classes run first, once for all files
/// @param programs run then, once for each file that is not only included, as Thriftgo does
/// @param timeLimit of one run of a program; zero for none
public record Plugins(
    List<PluginClass> classes, List<ExternalPlugin> programs, Duration timeLimit) {

  public Plugins {
    classes = List.copyOf(classes);
    programs = List.copyOf(programs);
  }

  /// What plugins work on.
  ///
  /// @param roots the files that the user has named
  /// @param programs those and, if they are wanted, the files that they include
  /// @param isRecursive whether they are wanted
  /// @param java the generated classes with the marks of their insertion points
  /// @param options of the generator
  /// @param outputPath where files go, as the user named it
  public record Work(
      List<Program> roots,
      List<Program> programs,
      boolean isRecursive,
      List<GeneratedFile> java,
      GeneratorOptions options,
      Path outputPath) {
    public Work {
      roots = List.copyOf(roots);
      programs = List.copyOf(programs);
      java = List.copyOf(java);
    }
  }

  /// What has come of it.
  ///
  /// @param files of the generator and of the plugins, without marks
  /// @param messages errors and warnings, as the user shall see them
  public record Result(List<GeneratedFile> files, List<String> messages, boolean hasErrors) {
    public Result {
      files = List.copyOf(files);
      messages = List.copyOf(messages);
    }
  }

  public boolean isEmpty() {
    return classes.isEmpty() && programs.isEmpty();
  }

  /// Runs them all.
  ///
  /// @throws PluginException if one of them fails
  public Result run(Work work) {
    return new Run(this, work).run();
  }

  /// One run, whose files come together bit by bit.
  private static final class Run {
    private final Plugins plugins;
    private final Work work;
    private final FileAssembly assembly = new FileAssembly();
    private final Map<String, String> idls = new HashMap<>();
    private final List<String> messages = new ArrayList<>();
    private boolean hasErrors;

    Run(Plugins plugins, Work work) {
      this.plugins = plugins;
      this.work = work;
    }

    Result run() {
      for (var file : work.java()) {
        idls.put(file.path(), file.idl());
        var name = Optional.of(file.path());
        assembly.add("windhover", List.of(new Generated(file.content(), name, Optional.empty())));
      }
      plugins.classes().forEach(this::run);
      var encoder = new AstEncoder();
      for (var plugin : plugins.programs()) {
        var insertions = new Insertions();
        for (var root : work.roots()) {
          var made = run(plugin, root, encoder);
          assembly.add(title(plugin), insertions.further(made));
        }
      }
      assembly.warnings().forEach(it -> messages.add("warning: " + it));
      var files = new ArrayList<GeneratedFile>();
      assembly.files().forEach((path, content) -> files.add(file(path, content)));
      return new Result(files, messages, hasErrors);
    }

    private GeneratedFile file(String path, String content) {
      var first = work.roots().getFirst().file().path();
      return new GeneratedFile(idls.getOrDefault(path, first), path, content);
    }

    private void run(PluginClass plugin) {
      var types = new JavaTypes(work.programs());
      var output = new Collected();
      plugin.run(new PluginInput(work.programs(), types, plugin.parameters()), output);
      for (var one : output.contents()) {
        boolean isForNothing =
            one.insertionPoint().isPresent() && !idls.containsKey(one.name().orElseThrow());
        if (isForNothing) {
          throw new PluginException(
              "plugin %s: no generated class in %s"
                  .formatted(plugin.name(), one.name().orElseThrow()));
        }
      }
      assembly.add("plugin " + plugin.name(), output.contents());
      messages.addAll(output.messages());
      hasErrors |= output.hasErrors();
    }

    private static String title(ExternalPlugin plugin) {
      return "plugin '" + plugin.name() + "'";
    }

    private List<Generated> run(ExternalPlugin plugin, Program root, AstEncoder encoder) {
      var request =
          new Request(
              Request.PROTOCOL_VERSION,
              work.options().parameters(),
              plugin.parameters(),
              "java",
              work.outputPath().toString(),
              work.isRecursive(),
              encoder.encode(root));
      var response = plugin.run(request, plugins.timeLimit());
      response
          .warnings()
          .orElse(List.of())
          .forEach(it -> messages.add("warning: " + title(plugin) + ": " + it));
      var contents = new ArrayList<Generated>();
      for (var one : response.contents().orElse(List.of())) {
        var name = one.name().map(it -> inside(plugin, it));
        name.ifPresent(it -> idls.putIfAbsent(it, root.file().path()));
        contents.add(new Generated(one.content(), name, one.insertionPoint()));
      }
      return contents;
    }

    /// Returns the path in the output folder of a file that a program has named.
    private String inside(ExternalPlugin plugin, String name) {
      var folder = work.outputPath().toAbsolutePath().normalize();
      var file = path(plugin, name);
      if (!file.startsWith(folder) || file.equals(folder)) {
        throw new PluginException(
            "%s names the file %s, which is not in the output folder %s"
                .formatted(title(plugin), name, folder));
      }
      return folder.relativize(file).toString().replace('\\', '/');
    }

    private static Path path(ExternalPlugin plugin, String name) {
      try {
        return Path.of("").toAbsolutePath().resolve(name).normalize();
      } catch (InvalidPathException e) {
        throw new PluginException(
            "%s names a file by what is no path: %s".formatted(title(plugin), e.getMessage()), e);
      }
    }
  }
}
