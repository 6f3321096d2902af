package io.windhover.interop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Assumptions;

/// grpc-go, as the program of `src/main/grpc-go`: built under `target/grpc-go`, once for each state
/// of its source.
record GrpcGo(Path folder, String name) {
  private static final Path GO = Path.of("src", "main", "grpc-go");
  private static final Path TARGET = Path.of("target", "grpc-go");

  private static final String GRPCURL = "github.com/fullstorydev/grpcurl/cmd/grpcurl";

  private static final String NO_GO =
      "*** NOT TESTED AGAINST GRPC-GO: there is no Go on this machine ***";

  /// Skips the test if this machine has no Go; with `WINDHOVER_REQUIRE_PEERS=1` in the environment,
  /// fails it.
  static GrpcGo orAbort() {
    var go = GoToolchain.find();
    if (go.isEmpty() && "1".equals(System.getenv("WINDHOVER_REQUIRE_PEERS"))) {
      fail(NO_GO);
    }
    return build(go.orElseGet(() -> Assumptions.abort(NO_GO)));
  }

  private static GrpcGo build(GoToolchain go) {
    try {
      var folder = TARGET.resolve(new GoSources(List.of(GO)).digest()).toAbsolutePath();
      var complete = folder.resolve("complete");
      if (!Files.exists(complete)) {
        GoSources.copy(GO, folder);
        go.run(folder, "build -buildvcs=false -o bin/ ./peer " + GRPCURL);
        Files.createFile(complete);
      }
      return new GrpcGo(folder, "grpc-go " + version());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String version() throws IOException {
    var line = Pattern.compile("google.golang.org/grpc (v\\S+)");
    var found = line.matcher(Files.readString(GO.resolve("go.mod")));
    if (!found.find()) {
      throw new IllegalStateException("go.mod does not name a version of grpc-go");
    }
    return found.group(1);
  }

  /// Runs all its scenarios.
  List<Outcome> call(InetSocketAddress server) {
    var output = folder.resolve("client.log");
    var command = new ProcessBuilder(program(), Kitex.text(server));
    if (GoToolchain.run(command, output, Duration.ofMinutes(2)) != 0) {
      throw new IllegalStateException("grpc-go's client failed:\n" + GoToolchain.read(output));
    }
    return Outcome.read(GoToolchain.read(output));
  }

  private String program() {
    return folder.resolve("bin/peer").toString();
  }

  /// Runs grpcurl, without TLS.
  ///
  /// @return what it prints
  String grpcurl(String... arguments) {
    var command = new ArrayList<>(List.of(folder.resolve("bin/grpcurl").toString(), "-plaintext"));
    command.addAll(List.of(arguments));
    var output = folder.resolve("grpcurl.log");
    int exit = GoToolchain.run(new ProcessBuilder(command), output, Duration.ofMinutes(1));
    assertThat(exit).as(GoToolchain.read(output)).isZero();
    return GoToolchain.read(output);
  }

  /// Starts its server, on a port that the kernel chooses.
  Server serve() throws IOException {
    var process =
        new ProcessBuilder(program()).redirectError(folder.resolve("server.log").toFile()).start();
    try {
      var lines =
          new BufferedReader(
              new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
      var words = lines.readLine().split("[ :]", -1);
      return new Server(process, new InetSocketAddress(words[1], Integer.parseInt(words[2])));
    } catch (IOException | RuntimeException e) {
      process.destroyForcibly();
      throw e;
    }
  }

  /// Ends with its standard input, or with this.
  record Server(Process process, InetSocketAddress address) implements AutoCloseable {
    @Override
    public void close() {
      process.destroyForcibly();
    }
  }
}
