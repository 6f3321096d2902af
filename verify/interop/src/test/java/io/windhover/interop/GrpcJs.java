package io.windhover.interop;

import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

/// gRPC for Node, as the program of `src/main/grpc-js`, with its packages of npm beside it.
final class GrpcJs {
  private static final String DESCRIPTORS = "suite.binpb";

  private GrpcJs() {}

  /// Skips the test if this machine has no Node with npm.
  static GrpcProgram orAbort() {
    Requirement.orAbort("grpc-js", "node", "--version");
    Requirement.orAbort("grpc-js", "npm", "--version");
    var folder = GrpcProgram.prepare("grpc-js", GrpcJs::install);
    return new GrpcProgram(name(folder), folder, List.of("node", "peer.js", DESCRIPTORS));
  }

  private static void install(Path folder) {
    GrpcProgram.run(folder, "npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund");
    GrpcSuite.writeDescriptors(folder.resolve(DESCRIPTORS));
  }

  private static String name(Path folder) {
    var found =
        Pattern.compile("\"@grpc/(grpc-js)\": \"(.*)\"")
            .matcher(GoToolchain.read(folder.resolve("package.json")));
    if (!found.find()) {
      throw new IllegalStateException("package.json does not name a version of grpc-js");
    }
    return found.group(1) + " " + found.group(2);
  }
}
