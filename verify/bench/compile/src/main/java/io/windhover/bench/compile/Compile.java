package io.windhover.bench.compile;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Lets compilers compile the same generated Thrift files, in turn, and then a small one: `Compile
/// [LINES [ROUNDS]]`, from the folder of the repository. Prints what each took.
///
/// `java -cp "verify/bench/compile/target/classes:verify/bench/compile/target/lib/*"
/// io.windhover.bench.compile.Compile`
public final class Compile {

  private static final int LINES = 100_000;
  private static final int FILES = 20;
  private static final int ROUNDS = 5;
  private static final int WARM_UPS = 8;
  private static final int STARTS = 20;
  private static final long SEED = 20;
  private static final Path FOLDER = Path.of("target/bench/compile");
  private static final Path LOG = FOLDER.resolve("compiler.log");

  private final Workspace workspace;
  private final List<Compiler> processes;

  private Compile(Workspace workspace, List<Compiler> processes) {
    this.workspace = workspace;
    this.processes = processes;
  }

  public static void main(String[] args) throws InterruptedException {
    try {
      int lines = number(args, 0, LINES);
      int rounds = number(args, 1, ROUNDS);
      Files.createDirectories(FOLDER);
      var workspace = Workspace.create(FOLDER);
      var compile = new Compile(workspace, processes());
      Report.surroundings(List.of(args), workspace).forEach(System.out::println);
      compile.corpus(lines, rounds);
      compile.starts();
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

  /// The compilers that are started for each run, of those that this machine has.
  private static List<Compiler> processes() throws IOException, InterruptedException {
    var compilers = new ArrayList<Compiler>();
    compilers.add(FreshProcess.windhover());
    var thriftgo = FreshProcess.thriftgo(FOLDER);
    if (thriftgo.isEmpty()) {
      System.err.println("left out: thriftgo could not be built with go");
    }
    compilers.addAll(thriftgo);
    FreshProcess.apache()
        .ifPresentOrElse(
            compilers::add,
            () -> System.err.println("left out: thrift is not installed (thrift-compiler)"));
    return compilers;
  }

  private void corpus(int lines, int rounds) throws IOException, InterruptedException {
    var source = workspace.emptied("idl");
    var idl = IdlWriter.write(source, lines, FILES, SEED);
    try (var warm = new ResidentProcess(FOLDER.resolve("resident.log"))) {
      for (int i = 1; i <= WARM_UPS; i++) {
        progress("warming up, %s of %s".formatted(i, WARM_UPS));
        warm.run(idl, workspace.emptied("out"), LOG);
      }
      var compilers = new ArrayList<Compiler>(List.of(warm));
      compilers.addAll(processes);
      var results = inTurn(compilers, idl, rounds);
      System.out.printf("%n%s in %s files%n", Report.lines(source), FILES + 1);
      Report.table(results).forEach(System.out::println);
    }
  }

  /// How long it takes from the command to the end of the process for a file of a few lines.
  private void starts() throws IOException, InterruptedException {
    var source = workspace.emptied("idl");
    var idl = source.resolve("small.thrift");
    Files.writeString(idl, IdlWriter.SMALL);
    var compilers = new ArrayList<Compiler>();
    FreshProcess.launcher().ifPresent(compilers::add);
    compilers.addAll(processes);
    for (var compiler : compilers) {
      compiler.run(idl, workspace.emptied("out"), LOG); // what the first start leaves behind counts
    }
    var results = inTurn(compilers, idl, STARTS);
    System.out.printf("%n%s in one file%n", Report.lines(source));
    Report.table(results).forEach(System.out::println);
  }

  private Map<Compiler, Result> inTurn(List<Compiler> compilers, Path idl, int rounds)
      throws IOException, InterruptedException {
    var results = new LinkedHashMap<Compiler, Result>();
    for (int round = 1; round <= rounds; round++) {
      for (var compiler : compilers) {
        progress("round " + round + " of " + rounds + ": " + compiler.name());
        var out = workspace.emptied("out");
        var measurement = compiler.run(idl, out, LOG);
        var result = results.get(compiler);
        results.put(
            compiler, result == null ? Result.of(measurement, out) : result.and(measurement));
      }
    }
    progress("");
    return results;
  }

  private static void progress(String what) {
    System.err.printf("\r%-60s%s", what, what.isEmpty() ? "\r" : "");
  }
}
