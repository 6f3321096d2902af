package io.windhover.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.windhover.plugin.GeneratorPlugin;
import io.windhover.plugin.PluginInput;
import io.windhover.plugin.PluginOutput;
import io.windhover.thriftgo.Response;
import io.windhover.thriftgo.Response.Generated;
import io.windhover.thriftgo.Script;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine.TypeConversionException;

final class PluginOptionsTest {

  @TempDir Path folder;
  private final StringWriter messages = new StringWriter();

  @BeforeEach
  void writeIdl() throws IOException {
    Files.writeString(folder.resolve("a.thrift"), "namespace java com.a\nstruct A {}");
  }

  @Test
  void runsProgramsAndKeepsTheirFiles() {
    var program = program("made by a plugin");

    assertThat(gen("-p", "x=" + program)).isEqualTo(0);
    assertThat(folder.resolve("out/x.txt")).hasContent("made by a plugin");
    assertThat(messages.toString())
        .isEqualTo("warning: plugin 'x': odd\nwarning: plugin 'x': aside\n");

    assertThat(gen("-p", "x=" + program("changed"))).isEqualTo(0);
    assertThat(folder.resolve("out/x.txt")).hasContent("changed");

    assertThat(gen()).isEqualTo(0);
    assertThat(folder.resolve("out/x.txt")).doesNotExist();
    assertThat(folder.resolve("out/com/a/A.java")).exists();
  }

  @Test
  void stopsAtAPluginThatFails() {
    var program = Script.write(folder.resolve("p"), "echo no >&2\nexit 7");

    assertThat(gen("-p", "x=" + program)).isEqualTo(1);
    assertThat(messages.toString())
        .isEqualTo("error: plugin 'x' failed with exit code 7\nstderr:\nno\n");
    assertThat(gen("-p", "windhover-test-no-such")).isEqualTo(1);
    assertThat(messages.toString()).contains("error: plugin 'windhover-test-no-such': no program");
    assertThat(folder.resolve("out")).doesNotExist();
  }

  @Test
  void limitsTheTimeOfAProgram() {
    var program = Script.write(folder.resolve("p"), "exec sleep 60");

    assertThat(gen("-p", "x=" + program, "--plugin-time-limit", "200ms")).isEqualTo(1);
    assertThat(messages.toString()).contains("killed after 200 ms");
  }

  @Test
  void runsClassesOfAClassPath() throws IOException {
    compile(
        """
        package com.example;

        import io.windhover.plugin.*;

        public class Lister implements GeneratorPlugin {
          public void run(PluginInput input, PluginOutput output) {
            output.add("list.txt", input.parameters().get("title") + input.programs());
          }
        }
        """);
    var classPath = folder.resolve("classes").toString();

    var exit =
        gen("--plugin-class", "com.example.Lister:title=All ", "--plugin-classpath", classPath);

    assertThat(messages.toString()).isEmpty();
    assertThat(exit).isEqualTo(0);
    assertThat(folder.resolve("out/list.txt"))
        .hasContent("All [" + folder.resolve("a.thrift") + "]");
  }

  /// A plugin that likes nothing.
  public static final class Strict implements GeneratorPlugin {

    public Strict() {}

    @Override
    public void run(PluginInput input, PluginOutput output) {
      output.error(input.programs().getFirst().syntax().span(), "not like this");
    }
  }

  @Test
  void writesNothingIfAPluginFindsAnError() {
    assertThat(gen("--plugin-class", Strict.class.getName())).isEqualTo(1);
    assertThat(messages.toString())
        .isEqualTo(folder.resolve("a.thrift") + ":1:1: error: not like this\n");
    assertThat(folder.resolve("out")).doesNotExist();
  }

  @Test
  void saysWhatIsNotOnTheClassPath() {
    assertThat(gen("--plugin-class", "a.B", "--plugin-classpath", folder + "/no")).isEqualTo(1);
    assertThat(gen("--plugin-class", "a.B")).isEqualTo(1);
    assertThat(messages.toString())
        .isEqualTo(
            "error: --plugin-classpath: %s/no does not exist\nerror: plugin a.B: no such class\n"
                .formatted(folder));
  }

  @ParameterizedTest
  @CsvSource({"90s, 90000", "1m, 60000", "1m30s, 90000", "2h5ms, 7200005", "0, 0", "0s, 0"})
  void readsTimesOfGo(String text, long millis) {
    assertThat(new TimeConverter().convert(text)).isEqualTo(Duration.ofMillis(millis));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "1", "PT1M", "-1s", "1s1m", "s"})
  void refusesOtherTimes(String text) {
    assertThatThrownBy(() -> new TimeConverter().convert(text))
        .isInstanceOf(TypeConversionException.class);
  }

  private Path program(String content) {
    var name = Optional.of(folder.resolve("out/x.txt").toString());
    var answer =
        new Response(
            Optional.empty(),
            Optional.of(List.of(new Generated(content, name, Optional.empty()))),
            Optional.of(List.of("odd")));
    var script = Script.answering(folder.resolve("p"), answer);
    try {
      Files.writeString(script, Files.readString(script) + "echo aside >&2\n");
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    return script;
  }

  private void compile(String source) throws IOException {
    var file = Files.createDirectories(folder.resolve("com/example")).resolve("Lister.java");
    Files.writeString(file, source);
    var javac = ToolProvider.getSystemJavaCompiler();
    var classes = folder.resolve("classes").toString();
    var classPath = System.getProperty("java.class.path");
    var options = List.of("-proc:none", "-d", classes, "-cp", classPath, file.toString());
    assertThat(javac.run(null, null, null, options.toArray(String[]::new))).isEqualTo(0);
  }

  private int gen(String... more) {
    var arguments = new java.util.ArrayList<>(List.of(more));
    arguments.addAll(0, List.of("gen", folder + "/a.thrift", "-o", folder + "/out"));
    return Windhover.commandLine()
        .setOut(new PrintWriter(new StringWriter()))
        .setErr(new PrintWriter(messages, true))
        .execute(arguments.toArray(String[]::new));
  }
}
