package io.windhover.interop;

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
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Assumptions;

/// The Kitex programs of `src/main/go`: generated and built under `target/kitex`, then run.
///
/// Each state of the sources has a folder of its own there, so that they are built once.
final class Kitex {
  private static final Path GO = Path.of("src", "main", "go");
  private static final Path THRIFT = Path.of("src", "main", "thrift");
  private static final Path PROTO = Path.of("src", "main", "proto");
  private static final Path TARGET = Path.of("target", "kitex");
  private static final List<String> IDLS =
      List.of(
          "interop.thrift",
          "older/orders.thrift",
          "newer/orders.thrift",
          "matrix.thrift",
          "calls.thrift",
          "streams.thrift");

  /// `-streamx` is for methods that stream, and changes no others.
  private static final String GENERATE =
      "tool kitex -streamx -no-dependency-check -module windhover/interop"
          + " -thrift no_default_serdes=false";

  private static final String GENERATE_PROTOBUF =
      "tool kitex -type protobuf -streamx -no-dependency-check -module windhover/interop"
          + " idl/echoes.proto";

  private static final String NO_GO =
      "*** NOT TESTED AGAINST KITEX: there is no Go on this machine ***";

  private final Path folder;
  private final String name;

  private Kitex(Path folder, String name) {
    this.folder = folder;
    this.name = name;
  }

  /// Skips the test if this machine has no Go, on the PATH or in `/usr/local/go/bin`; with
  /// `WINDHOVER_REQUIRE_PEERS=1` in the environment, fails it.
  static Kitex orAbort() {
    var kitex = build();
    if (kitex.isEmpty() && "1".equals(System.getenv("WINDHOVER_REQUIRE_PEERS"))) {
      fail(NO_GO);
    }
    return kitex.orElseGet(() -> Assumptions.abort(NO_GO));
  }

  /// Returns empty if this machine has no Go.
  static Optional<Kitex> build() {
    return GoToolchain.find().map(Kitex::build);
  }

  private static Kitex build(GoToolchain go) {
    try {
      var folder =
          TARGET.resolve(new GoSources(List.of(GO, THRIFT, PROTO)).digest()).toAbsolutePath();
      var complete = folder.resolve("complete");
      if (!Files.exists(complete)) {
        GoSources.copy(GO, folder);
        GoSources.copy(THRIFT, folder.resolve("idl"));
        GoSources.copy(PROTO, folder.resolve("idl"));
        for (var idl : IDLS) {
          go.run(folder, GENERATE + " idl/" + idl);
        }
        go.run(folder, GENERATE_PROTOBUF);
        go.run(folder, "build -buildvcs=false -o bin/ ./server ./client ./matrix");
        Files.createFile(complete);
      }
      return new Kitex(folder, "kitex " + version());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Name and version.
  String name() {
    return name;
  }

  /// Starts the Kitex server, on ports that the kernel chooses.
  ///
  /// @param flags those of `server/main.go`
  Peer serve(String... flags) {
    return Server.start(folder, name, flags);
  }

  /// Runs the Kitex client.
  ///
  /// @param transport one of those of `client/main.go`
  /// @param flags others of its flags
  List<Outcome> call(
      InetSocketAddress main, InetSocketAddress newer, String transport, String... flags) {
    var output = folder.resolve("client-" + transport + ".log");
    var command = new ArrayList<>(List.of(folder.resolve("bin/client").toString()));
    command.addAll(
        List.of("-main=" + text(main), "-newer=" + text(newer), "-transport=" + transport));
    command.addAll(List.of(flags));
    var exit = GoToolchain.run(new ProcessBuilder(command), output, Duration.ofMinutes(2));
    if (exit != 0) {
      throw new IllegalStateException("the Kitex client ended with " + exit + ", see " + output);
    }
    return Outcome.read(GoToolchain.read(output));
  }

  /// Has generated Go write structs.
  ///
  /// @param lines of a row, its bytes in the binary protocol and those in the compact one, with
  ///   tabs in between
  /// @return lines of a row, a writer, a way and the bytes
  List<String> writeMatrix(List<String> lines) {
    try {
      var input = Files.write(folder.resolve("matrix.txt"), lines);
      var output = folder.resolve("matrix.log");
      var command = new ProcessBuilder(folder.resolve("bin/matrix").toString());
      if (GoToolchain.run(command, input, output, Duration.ofMinutes(1)) != 0) {
        throw new IllegalStateException("the writer of the matrix failed, see " + output);
      }
      return Files.readAllLines(output);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static String text(InetSocketAddress address) {
    return address.getHostString() + ":" + address.getPort();
  }

  private static String version() throws IOException {
    var line = Pattern.compile("github.com/cloudwego/kitex (v\\S+)");
    var found = line.matcher(Files.readString(GO.resolve("go.mod")));
    if (!found.find()) {
      throw new IllegalStateException("go.mod does not name a version of Kitex");
    }
    return found.group(1);
  }

  /// The server process: prints its addresses, and ends when its standard input does.
  private static final class Server implements Peer {
    private final Process process;
    private final String name;
    private final Map<String, InetSocketAddress> addresses = new HashMap<>();

    private Server(Process process, String name) {
      this.process = process;
      this.name = name;
    }

    static Server start(Path folder, String name, String... flags) {
      try {
        var command = new ArrayList<>(List.of(folder.resolve("bin/server").toString()));
        command.addAll(List.of(flags));
        var process =
            new ProcessBuilder(command)
                .redirectError(folder.resolve("server.log").toFile())
                .start();
        var server = new Server(process, name);
        try {
          server.readAddresses();
          return server;
        } catch (IOException | RuntimeException e) {
          process.destroyForcibly();
          throw e;
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    private void readAddresses() throws IOException {
      var lines =
          new BufferedReader(
              new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
      while (addresses.size() < 2) {
        var line = lines.readLine();
        if (line == null) {
          throw new IllegalStateException("the Kitex server ended; its log is in target/kitex");
        }
        var words = line.split("[ :]", -1);
        addresses.put(words[0], new InetSocketAddress(words[1], Integer.parseInt(words[2])));
      }
    }

    @Override
    public String name() {
      return name;
    }

    @Override
    public InetSocketAddress main() {
      return addresses.get("main");
    }

    @Override
    public InetSocketAddress newer() {
      return addresses.get("newer");
    }

    /// Has it stop gracefully, by a SIGTERM.
    @Override
    public void close() {
      try {
        process.destroy();
        process.waitFor(10, TimeUnit.SECONDS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      } finally {
        process.destroyForcibly();
      }
    }
  }
}
