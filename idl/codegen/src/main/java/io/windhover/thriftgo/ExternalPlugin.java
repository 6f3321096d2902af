package io.windhover.thriftgo;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// A program that speaks the protocol.
///
/// @param name as the user gave it
/// @param parameters for the plugin, each `key=value`
public record ExternalPlugin(String name, Path program, List<String> parameters) {

  private static final String PREFIX = "thrift-gen-";

  /// What a program may be called on Windows, where its kind is part of its name.
  private static final List<String> SUFFIXES =
      File.separatorChar == '\\' ? List.of("", ".exe", ".bat", ".cmd") : List.of("");

  /// Between a plugin and its parameters; not the one after the letter of a drive.
  private static final Pattern COLON = Pattern.compile(":(?!\\\\)");

  private static final Pattern PATH_SEPARATOR = Pattern.compile(Pattern.quote(File.pathSeparator));

  public ExternalPlugin {
    parameters = List.copyOf(parameters);
  }

  /// Finds the plugin that `name[=path][:key=value,...]` means: the program `thrift-gen-name` or,
  /// if there is a path, that one. What has no folder is searched.
  ///
  /// @param searchPath the folders to search in the form of the environment's `PATH`
  /// @throws PluginException if there is no such program
  public static ExternalPlugin find(String text, String searchPath) {
    var halves = COLON.split(text, 2);
    int equals = halves[0].indexOf('=');
    var name = equals < 0 ? halves[0] : halves[0].substring(0, equals);
    if (name.isEmpty()) {
      throw new PluginException("plugin '" + text + "' has no name");
    }
    var program = equals < 0 ? PREFIX + name : halves[0].substring(equals + 1);
    var parameters = new ArrayList<String>();
    if (halves.length > 1) {
      for (var option : halves[1].split(",", -1)) {
        parameters.add(option.contains("=") ? option : option + "=");
      }
    }
    return new ExternalPlugin(name, find(name, program, searchPath), parameters);
  }

  private static Path find(String name, String program, String searchPath) {
    try {
      var path = Path.of(program);
      if (path.getNameCount() > 1 || path.isAbsolute()) {
        if (!isProgram(path)) {
          throw new PluginException(
              "plugin '%s': %s %s"
                  .formatted(
                      name, path, Files.exists(path) ? "is not a program" : "does not exist"));
        }
        return path.toAbsolutePath();
      }
    } catch (InvalidPathException e) {
      throw new PluginException("plugin '%s': not a path: %s".formatted(name, program), e);
    }
    return PATH_SEPARATOR
        .splitAsStream(searchPath)
        .filter(folder -> !folder.isEmpty())
        .flatMap(folder -> SUFFIXES.stream().map(suffix -> Path.of(folder, program + suffix)))
        .filter(ExternalPlugin::isProgram)
        .findFirst()
        .map(Path::toAbsolutePath)
        .orElseThrow(
            () ->
                new PluginException(
                    "plugin '%s': no program '%s' on the PATH, which is %s"
                        .formatted(name, program, searchPath)));
  }

  private static boolean isProgram(Path path) {
    return Files.isRegularFile(path) && Files.isExecutable(path);
  }

  /// Runs the program once.
  ///
  /// @param timeLimit after which it is killed, with what it has started; zero for none
  /// @return what it answers, and its error output among the warnings
  /// @throws PluginException if it does not answer properly, or answers with an error
  public Response run(Request request, Duration timeLimit) {
    var output =
        new PluginProcess(this, request.write(), PluginProcess.MAX_RESPONSE_BYTES).run(timeLimit);
    Response response;
    try {
      response = Response.read(output.standard().bytes());
    } catch (PluginException e) {
      throw new PluginException(
          "plugin '%s' does not answer in Thriftgo's protocol: %s%s"
              .formatted(name, e.getMessage(), output),
          e);
    }
    if (response.error().isPresent()) {
      throw new PluginException(
          "plugin '%s': %s".formatted(name, Capture.printable(response.error().get())));
    }
    var warnings = new ArrayList<String>();
    response.warnings().orElse(List.of()).forEach(it -> warnings.add(Capture.printable(it)));
    output.error().text().ifPresent(warnings::add);
    return new Response(response.error(), response.contents(), Optional.of(warnings));
  }
}
