package io.windhover.cli;

import io.windhover.plugin.host.PluginClass;
import io.windhover.plugin.host.Plugins;
import io.windhover.thriftgo.ExternalPlugin;
import io.windhover.thriftgo.PluginException;
import java.io.File;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;

/// The options of `windhover gen` about plugins.
final class PluginOptions {

  @Option(
      names = {"-p", "--plugin"},
      paramLabel = "NAME[=PATH][:K=V,...]",
      description =
          "Run a plugin of Thriftgo: the program PATH, or thrift-gen-NAME of the PATH. May be"
              + " repeated.")
  private List<String> programs = List.of();

  @Option(
      names = "--plugin-time-limit",
      paramLabel = "TIME",
      defaultValue = "1m",
      converter = TimeConverter.class,
      description = "How long one run of a program may take, such as 1m30s; 0 for no limit.")
  private Duration timeLimit = Duration.ofMinutes(1);

  @Option(
      names = "--plugin-class",
      paramLabel = "CLASS[:K=V,...]",
      description = "Run a plugin that is a Java class. May be repeated.")
  private List<String> classes = List.of();

  @Option(
      names = "--plugin-classpath",
      paramLabel = "PATH",
      defaultValue = "",
      description = "Jars and folders with such classes, and what they need.")
  private String classPath = "";

  PluginOptions() {}

  boolean isEmpty() {
    return programs.isEmpty() && classes.isEmpty();
  }

  /// Finds the plugins.
  ///
  /// @throws PluginException if one is not there
  Plugins find() {
    var loader = loader();
    var searchPath = System.getenv().getOrDefault("PATH", "");
    return new Plugins(
        classes.stream().map(it -> PluginClass.load(it, loader)).toList(),
        programs.stream().map(it -> ExternalPlugin.find(it, searchPath)).toList(),
        timeLimit);
  }

  /// Returns one that stays open: classes are loaded until the process ends.
  private ClassLoader loader() {
    var own = PluginOptions.class.getClassLoader();
    if (classPath.isEmpty()) {
      return own;
    }
    var urls = new ArrayList<URL>();
    for (var entry : classPath.split(File.pathSeparator, -1)) {
      var path = Path.of(entry);
      if (!Files.exists(path)) {
        throw new PluginException("--plugin-classpath: " + path + " does not exist");
      }
      try {
        urls.add(path.toUri().toURL());
      } catch (MalformedURLException e) {
        throw new PluginException("--plugin-classpath: " + path, e);
      }
    }
    return new URLClassLoader(urls.toArray(URL[]::new), own);
  }
}
