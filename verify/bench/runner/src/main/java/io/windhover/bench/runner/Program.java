package io.windhover.bench.runner;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// A program that plays the roles of some contestants.
sealed interface Program {

  /// The same for every JVM. The heap has one size from the start; the collector is the one for a
  /// single core; and what Netty wants is allowed: it is the slower without.
  List<String> JVM_FLAGS =
      List.of(
          "-Xms512m",
          "-Xmx512m",
          "-XX:+UseSerialGC",
          "-XX:ActiveProcessorCount=1",
          "--sun-misc-unsafe-memory-access=allow",
          "--enable-native-access=ALL-UNNAMED");

  /// @param module the folder of its Maven module below `verify/bench`
  record Java(String module, String mainClass) implements Program {}

  record Go() implements Program {}

  record C() implements Program {}

  default boolean isJava() {
    return this instanceof Java;
  }

  /// Returns the command line without its arguments.
  ///
  /// @param root of the repository
  /// @param built where native programs were built
  default List<String> command(Path root, Path built) {
    return switch (this) {
      case Java java -> {
        var target = root.resolve("verify/bench").resolve(java.module).resolve("target");
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(JVM_FLAGS);
        command.add("-cp");
        command.add(target.resolve("classes") + ":" + target.resolve("lib") + "/*");
        command.add(java.mainClass);
        yield command;
      }
      case Go() -> List.of(built.resolve("go/contestants").toString());
      case C() -> List.of(built.resolve("c/echo").toString());
    };
  }

  default Map<String, String> environment() {
    return this instanceof Go ? Map.of("GOMAXPROCS", "1") : Map.of();
  }
}
