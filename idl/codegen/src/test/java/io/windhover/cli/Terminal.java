package io.windhover.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;

/// Runs commands on files of a folder.
final class Terminal {
  private final Path folder;
  private StringWriter out = new StringWriter();
  private StringWriter err = new StringWriter();

  Terminal(Path folder) {
    this.folder = folder;
  }

  int run(String... arguments) {
    out = new StringWriter();
    err = new StringWriter();
    return Windhover.commandLine(arguments)
        .setOut(new PrintWriter(out, true))
        .setErr(new PrintWriter(err, true))
        .execute(arguments);
  }

  /// What the last command wrote, with the folder's path left out.
  String out() {
    return out.toString().replace(folder + "/", "");
  }

  String err() {
    return err.toString().replace(folder + "/", "");
  }

  String write(String name, String text) throws IOException {
    Files.createDirectories(folder.resolve(name).resolveSibling("."));
    return Files.writeString(folder.resolve(name), text).toString();
  }

  String read(String name) throws IOException {
    return Files.readString(folder.resolve(name));
  }

  String path(String name) {
    return folder.resolve(name).toString();
  }
}
