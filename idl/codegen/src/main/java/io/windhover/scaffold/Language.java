package io.windhover.scaffold;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/// What the IDL of a project is written in, and so what its service speaks.
public enum Language {
  THRIFT("generate", List.of("windhover-core")),
  /// Over gRPC.
  PROTO("generate-proto", List.of("windhover-grpc", "windhover-proto", "windhover-protobuf"));

  private final String goal;
  private final List<String> artifacts;

  Language(String goal, List<String> artifacts) {
    this.goal = goal;
    this.artifacts = artifacts;
  }

  /// Where the files are, in the folder of the project.
  public Path folder() {
    return Path.of("src", "main", word());
  }

  /// How their names end.
  public String suffix() {
    return "." + word();
  }

  /// `thrift` or `proto`.
  String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /// Of the Maven plugin, which makes Java of them.
  String goal() {
    return goal;
  }

  /// What a service needs.
  List<String> artifacts() {
    return artifacts;
  }
}
