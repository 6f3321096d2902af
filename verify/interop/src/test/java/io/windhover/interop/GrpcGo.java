package io.windhover.interop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Assumptions;

/// grpc-go, as the program of `src/main/grpc-go`, and grpcurl.
record GrpcGo(GrpcProgram program) {
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
    var folder =
        GrpcProgram.prepare(
            "grpc-go", it -> go.run(it, "build -buildvcs=false -o bin/ ./peer " + GRPCURL));
    var command = List.of(folder.resolve("bin/peer").toString());
    return new GrpcGo(new GrpcProgram("grpc-go " + version(folder), folder, command));
  }

  private static String version(Path folder) {
    var line = Pattern.compile("google.golang.org/grpc (v\\S+)");
    var found = line.matcher(GoToolchain.read(folder.resolve("go.mod")));
    if (!found.find()) {
      throw new IllegalStateException("go.mod does not name a version of grpc-go");
    }
    return found.group(1);
  }

  /// Runs grpcurl, without TLS.
  ///
  /// @return what it prints
  String grpcurl(String... arguments) {
    var command =
        new ArrayList<>(List.of(program.folder().resolve("bin/grpcurl").toString(), "-plaintext"));
    command.addAll(List.of(arguments));
    var output = program.folder().resolve("grpcurl.log");
    int exit = GoToolchain.run(new ProcessBuilder(command), output, Duration.ofMinutes(1));
    assertThat(exit).as(GoToolchain.read(output)).isZero();
    return GoToolchain.read(output);
  }
}
