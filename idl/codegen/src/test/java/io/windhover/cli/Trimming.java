package io.windhover.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;

/// `windhover trim` by one choice of methods, as the tests of Thrift and of `.proto` files both run
/// it.
final class Trimming {
  private final Terminal terminal;
  private final List<String> choice;

  /// @param choice options of the command
  Trimming(Terminal terminal, String... choice) {
    this.terminal = terminal;
    this.choice = List.of(choice);
  }

  /// Trims a file.
  ///
  /// @param include a folder in which its includes are found
  /// @param out a folder for the result
  /// @return the exit code
  int run(String include, String file, String out) {
    var arguments = new ArrayList<>(List.of("trim"));
    arguments.addAll(List.of("-I", terminal.path(include), terminal.path(file)));
    arguments.addAll(List.of("-o", terminal.path(out)));
    arguments.addAll(choice);
    return terminal.run(arguments.toArray(String[]::new));
  }

  /// Requires that it would overwrite a file that it reads, and says so.
  void requireRefused(String include, String file, String out) {
    assertThat(run(include, file, out)).isEqualTo(2);
    assertThat(terminal.err()).contains("-o " + out + ": is where the files come from");
  }

  /// Requires that a result compiles, and that the same choice takes no more from it.
  ///
  /// @param out the folder of the result
  /// @param file in it
  void requireWhole(String out, String file) {
    var path = terminal.path(out + "/" + file);
    assertThat(terminal.run("gen", "-I", terminal.path(out), path, "-o", terminal.path("java")))
        .as("%s", terminal.err())
        .isZero();
    assertThat(terminal.err()).isEmpty();

    assertThat(run(out, out + "/" + file, "again")).as("%s", terminal.err()).isZero();
    assertThat(terminal.out()).startsWith("again: 0 removed, ");
  }
}
