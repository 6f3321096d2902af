package io.windhover.bench.compile;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToLongFunction;

/// Lets each compiler compile the same generated Thrift files, in turn, a fresh process each time,
/// and prints what it took: `Compile [LINES [ROUNDS]]`, from the folder of the repository.
///
/// `java -cp "verify/bench/compile/target/classes:verify/bench/compile/target/lib/*"
/// io.windhover.bench.compile.Compile`
public final class Compile {

  private static final int LINES = 100_000;
  private static final int FILES = 20;
  private static final int ROUNDS = 5;
  private static final long SEED = 20;
  private static final Path FOLDER = Path.of("target/bench/compile");

  private Compile() {}

  public static void main(String[] args) throws InterruptedException {
    try {
      compare(number(args, 0, LINES), number(args, 1, ROUNDS));
    } catch (IOException | IllegalArgumentException e) {
      System.err.println("compile bench: " + e.getMessage());
      System.exit(1);
    }
  }

  private static int number(String[] args, int index, int otherwise) {
    int number = args.length > index ? Integer.parseInt(args[index]) : otherwise;
    if (number < 1) {
      throw new IllegalArgumentException(
          "number: " + number + " (expected: LINES ROUNDS, above 0)");
    }
    return number;
  }

  private static void compare(int lines, int rounds) throws IOException, InterruptedException {
    var source = emptied(FOLDER.resolve("idl"));
    var idl = IdlWriter.write(source, lines, FILES, SEED);
    var results = new LinkedHashMap<Compiler, List<Measurement>>();
    for (var compiler : compilers()) {
      results.put(compiler, new ArrayList<>());
    }
    var generated = new LinkedHashMap<Compiler, Long>();
    for (int round = 1; round <= rounds; round++) {
      for (var entry : results.entrySet()) {
        var compiler = entry.getKey();
        System.err.printf("\r%-60s", "round " + round + " of " + rounds + ": " + compiler.name());
        var out = emptied(FOLDER.resolve("out"));
        entry.getValue().add(compiler.run(idl, out, FOLDER.resolve("compiler.log")));
        if (round == 1) {
          generated.put(compiler, lines(out));
        }
      }
    }
    System.err.printf("\r%60s\r", "");
    print(lines(source), results, generated);
  }

  private static List<Compiler> compilers() throws IOException, InterruptedException {
    var compilers = new ArrayList<Compiler>();
    compilers.add(Compiler.windhover());
    Compiler.apache()
        .ifPresentOrElse(
            compilers::add,
            () -> System.err.println("left out: thrift is not installed (thrift-compiler)"));
    Compiler.thriftgo(FOLDER)
        .ifPresentOrElse(
            compilers::add,
            () -> System.err.println("left out: thriftgo could not be built with go"));
    return compilers;
  }

  private static void print(
      long lines, Map<Compiler, List<Measurement>> results, Map<Compiler, Long> generated) {
    System.out.printf(Locale.ROOT, "%,d lines of Thrift in %d files%n", lines, FILES + 1);
    System.out.printf(
        "%-18s %-10s %24s %24s %24s %12s%n",
        "", "version", "wall s (range)", "CPU s (range)", "peak MiB (range)", "lines out");
    results.forEach(
        (compiler, measurements) ->
            System.out.printf(
                Locale.ROOT,
                "%-18s %-10s %24s %24s %24s %,12d%n",
                compiler.name(),
                compiler.version(),
                range("%.2f", 1e9, measurements, Measurement::wallNanos),
                range("%.2f", 1e9, measurements, Measurement::cpuNanos),
                range("%.0f", 1024 * 1024, measurements, Measurement::peakBytes),
                generated.get(compiler)));
  }

  private static String range(
      String format, double unit, List<Measurement> all, ToLongFunction<Measurement> figure) {
    var sorted = all.stream().mapToLong(figure).sorted().toArray();
    return String.format(
        Locale.ROOT,
        format + " (" + format + " to " + format + ")",
        sorted[sorted.length / 2] / unit,
        sorted[0] / unit,
        sorted[sorted.length - 1] / unit);
  }

  private static long lines(Path folder) throws IOException {
    long lines = 0;
    try (var files = Files.walk(folder)) {
      for (var file : files.filter(Files::isRegularFile).toList()) {
        for (byte b : Files.readAllBytes(file)) {
          lines += b == '\n' ? 1 : 0;
        }
      }
    }
    return lines;
  }

  private static Path emptied(Path folder) throws IOException {
    if (Files.exists(folder)) {
      try (var files = Files.walk(folder)) {
        for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(file);
        }
      }
    }
    return Files.createDirectories(folder);
  }
}
