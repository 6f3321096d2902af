package io.windhover.thriftgo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.windhover.thriftgo.Response.Generated;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ExternalPluginTest {
  private static final Duration AMPLE = Duration.ofMinutes(1);

  @TempDir Path folder;

  @Test
  void isSearchedOnThePath() {
    var program = Script.write(folder.resolve("thrift-gen-x"), "");

    var plugin = ExternalPlugin.find("x:a=1,b,c=d=e", "/nowhere::" + folder);

    assertThat(plugin).isEqualTo(new ExternalPlugin("x", program, List.of("a=1", "b=", "c=d=e")));
  }

  @Test
  void isTakenFromAPath() {
    var program = Script.write(folder.resolve("any"), "");

    assertThat(ExternalPlugin.find("x=" + program, "").program()).isEqualTo(program);
    assertThat(ExternalPlugin.find("x=any:", folder.toString()).program()).isEqualTo(program);
  }

  @Test
  void saysWhereItHasLooked() throws IOException {
    Files.writeString(folder.resolve("thrift-gen-x"), "not executable");

    assertThatThrownBy(() -> ExternalPlugin.find("x", "/a:" + folder))
        .isInstanceOf(PluginException.class)
        .hasMessage("plugin 'x': no program 'thrift-gen-x' on the PATH, which is /a:" + folder);
    assertThatThrownBy(() -> ExternalPlugin.find("x=./no", "/a"))
        .hasMessage("plugin 'x': ./no does not exist");
    assertThatThrownBy(() -> ExternalPlugin.find("x=" + folder, "/a"))
        .hasMessage("plugin 'x': " + folder + " is not a program");
    assertThatThrownBy(() -> ExternalPlugin.find(":a", "/a")).hasMessage("plugin ':a' has no name");
  }

  @Test
  void getsTheRequestAndGivesTheResponse() throws IOException {
    var answer =
        new Response(
            Optional.empty(),
            Optional.of(List.of(new Generated("c", Optional.of("n"), Optional.empty()))),
            Optional.of(List.of("odd")));
    Files.write(folder.resolve("answer"), answer.write());
    var got = folder.resolve("got");
    var plugin = plugin("cat >%s\ncat %s/answer\necho aside >&2".formatted(got, folder));

    var response = plugin.run(request(), AMPLE);

    assertThat(Request.read(Files.readAllBytes(got))).isEqualTo(request());
    assertThat(response.contents()).isEqualTo(answer.contents());
    assertThat(response.warnings()).contains(List.of("odd", "aside"));
  }

  @Test
  void mayLeaveItsInputUnread() {
    var response = plugin("exec 0<&-\nprintf '\\000'").run(request(), AMPLE);

    assertThat(response.contents()).isEmpty();
  }

  @Test
  void mayAnswerWithAnError() {
    var answer = new Response(Optional.of("no such\033option"), Optional.empty(), Optional.empty());
    var program = Script.answering(folder.resolve("p"), answer);

    assertThatThrownBy(() -> new ExternalPlugin("x", program, List.of()).run(request(), AMPLE))
        .isInstanceOf(PluginException.class)
        .hasMessage("plugin 'x': no such?option");
  }

  @Test
  void thatCrashesIsShownWithItsOutput() {
    var noise = "head -c 9000 /dev/zero | tr '\\0' x";

    assertThatThrownBy(() -> plugin("echo to out\necho to err >&2\nexit 3").run(request(), AMPLE))
        .isInstanceOf(PluginException.class)
        .hasMessage("plugin 'x' failed with exit code 3\nstdout:\nto out\nstderr:\nto err");
    assertThatThrownBy(() -> plugin(noise + "\nexit 1").run(request(), AMPLE))
        .hasMessageEndingWith("xxx\n(and 4904 bytes more)");
  }

  @Test
  void thatAnswersGarbageIsShownWithIt() {
    assertThatThrownBy(() -> plugin("printf 'hello\\033'").run(request(), AMPLE))
        .isInstanceOf(PluginException.class)
        .hasMessageStartingWith("plugin 'x' does not answer in Thriftgo's protocol: ")
        .hasMessageEndingWith("\nstdout:\nhello?");
  }

  @Test
  void thatIsNoProgramCannotBeRun() throws IOException {
    var file = Script.write(folder.resolve("p"), "");
    Files.writeString(file, "#!/no/such/shell\n");

    assertThatThrownBy(() -> new ExternalPlugin("x", file, List.of()).run(request(), AMPLE))
        .isInstanceOf(PluginException.class)
        .hasMessageStartingWith("plugin 'x' cannot be run: ");
  }

  @Test
  void thatAnswersTooMuchIsStopped() {
    var plugin = plugin("cat /dev/zero");

    assertThatThrownBy(() -> new PluginProcess(plugin, new byte[0], 1 << 20).run(AMPLE))
        .isInstanceOf(PluginException.class)
        .hasMessage("plugin 'x' answers more than 1 MiB");
  }

  @Test
  void thatHangsIsKilledWithItsChildren()
      throws IOException, InterruptedException, ExecutionException, TimeoutException {
    var pid = folder.resolve("pid");
    var plugin = plugin("echo so far\nsleep 60 &\necho $! >%s\nwait".formatted(pid));

    assertThatThrownBy(() -> plugin.run(request(), Duration.ofMillis(700)))
        .isInstanceOf(PluginException.class)
        .hasMessage("plugin 'x' was killed after 700 ms, the time limit\nstdout:\nso far");

    var child = ProcessHandle.of(Long.parseLong(Files.readString(pid).strip()));
    if (child.isPresent()) {
      child.get().onExit().get(10, TimeUnit.SECONDS);
    }
  }

  /// The JDK takes over what is there when a process ends, unless somebody is just reading: then
  /// the answer is whole, and nobody learns of the other process.
  @Test
  void thatLeavesItsOutputOpenIsNotWaitedForLong() {
    var plugin = plugin("sleep 8 &\nprintf '\\000'");
    long begin = System.nanoTime();

    var failure = catchThrowable(() -> plugin.run(request(), Duration.ofSeconds(1)));

    assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(7));
    if (failure != null) {
      assertThat(failure)
          .isInstanceOf(PluginException.class)
          .hasMessage("plugin 'x' has ended, but something it started keeps its output open");
    }
  }

  private ExternalPlugin plugin(String script) {
    return new ExternalPlugin("x", Script.write(folder.resolve("script"), script), List.of());
  }

  private static Request request() {
    var file =
        new Ast.Thrift(
            "f.thrift",
            List.of(),
            List.of("x".repeat(1 << 20)), // more than a pipe holds
            List.of(),
            List.of(),
            List.of(),
            List.of(),
            List.of(),
            List.of(),
            List.of(),
            List.of(),
            Map.of());
    return new Request("1", List.of(), List.of("a=b"), "java", "out", true, file);
  }
}
