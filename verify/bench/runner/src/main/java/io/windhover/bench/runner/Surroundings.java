package io.windhover.bench.runner;

import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.Map;

/// Where and when a run took place.
///
/// @param facts by name, in the order to show them
record Surroundings(Map<String, String> facts) {

  static Surroundings now(Path root, String command) throws IOException {
    var facts = new LinkedHashMap<String, String>();
    facts.put("command", command);
    facts.put("date", LocalDate.now(ZoneOffset.UTC).toString());
    facts.put(
        "machine",
        "%s, %d cores, Linux %s"
            .formatted(
                Proc.cpuModel(),
                Runtime.getRuntime().availableProcessors(),
                System.getProperty("os.version")));
    facts.put(
        "cores", "server on core 0, client on core 1; processes of a contestant run one at a time");
    facts.put("JDK", System.getProperty("java.vm.name") + " " + Runtime.version());
    facts.put("JVM flags", String.join(" ", Program.JVM_FLAGS));
    Shell.firstLine(root, "go", "version")
        .ifPresent(go -> facts.put("Go", go.replace("go version ", "")));
    Shell.firstLine(root, "gcc", "--version").ifPresent(gcc -> facts.put("C", gcc));
    Shell.firstLine(root, "git", "describe", "--always", "--dirty")
        .ifPresent(commit -> facts.put("commit", commit));
    return new Surroundings(facts);
  }
}
