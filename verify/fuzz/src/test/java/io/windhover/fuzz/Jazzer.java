package io.windhover.fuzz;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/// Jazzer, as a process of its own that ends with its first finding.
final class Jazzer {
  private static final Path FOLDER = Path.of("target", "fuzz").toAbsolutePath();
  private static final Path DICTIONARY =
      Path.of("src", "test", "resources", "thrift.dict").toAbsolutePath();
  private static final int MAX_INPUT_BYTES = 4_096;
  private static final Duration PATIENCE = Duration.ofMinutes(2); // beyond the time it is given
  private static final Pattern RUNS = Pattern.compile("Done (\\d+) runs");

  private Jazzer() {}

  /// How it ended.
  ///
  /// @param exit 0 if nothing was found
  record End(int exit, String log) {

    /// Returns how many inputs were tried, if nothing was found.
    int runs() {
      var runs = RUNS.matcher(log);
      return runs.find() ? Integer.parseInt(runs.group(1)) : 0;
    }
  }

  /// Looks for a fault for some time. What is learned stays in `target/fuzz` for the next time.
  static End run(Target target, Duration time) throws IOException, InterruptedException {
    var name = target.name().toLowerCase(Locale.ROOT);
    var corpus = Files.createDirectories(FOLDER.resolve("corpus").resolve(name));
    var found = Files.createDirectories(FOLDER.resolve("found"));
    var seeds = seeds(target, FOLDER.resolve("seeds").resolve(name));
    var log = FOLDER.resolve(name + ".log");
    var command = new ArrayList<String>();
    command.addAll(
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx512m",
            "-XX:+UseSerialGC",
            "--enable-native-access=ALL-UNNAMED",
            "-cp",
            System.getProperty("java.class.path"),
            "com.code_intelligence.jazzer.Jazzer",
            "--target_class=" + target.type.getName(),
            "--instrumentation_includes=io.windhover.**",
            // the rule vt.pattern is a pattern of the IDL's author; a server of ours is dialled
            "--disabled_hooks=com.code_intelligence.jazzer.sanitizers.RegexInjection"
                + ":com.code_intelligence.jazzer.sanitizers.ServerSideRequestForgery",
            "--reproducer_path=" + found,
            "-artifact_prefix=" + found.resolve(name) + "-",
            "-max_total_time=" + time.toSeconds(),
            "-max_len=" + MAX_INPUT_BYTES,
            "-timeout=30", // seconds for an input, the first of which loads the code
            "-rss_limit_mb=3000",
            corpus.toString(),
            seeds.toString()));
    if (target.isOfIdls()) {
      command.add("-dict=" + DICTIONARY);
    }
    var process =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile()).start();
    try {
      if (!process.waitFor(time.plus(PATIENCE).toSeconds(), TimeUnit.SECONDS)) {
        throw new IllegalStateException(target + " still runs, see " + log);
      }
      return new End(process.exitValue(), Files.readString(log));
    } finally {
      process.destroyForcibly();
    }
  }

  private static Path seeds(Target target, Path folder) throws IOException {
    Files.createDirectories(folder);
    List<byte[]> seeds = Seeds.of(target);
    for (int i = 0; i < seeds.size(); i++) {
      Files.write(folder.resolve(Integer.toString(i)), seeds.get(i));
    }
    return folder;
  }
}
