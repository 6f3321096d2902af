package io.windhover.bench.harness;

import java.io.BufferedReader;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Supplier;

/// The main loop of a contestant's process, as the runner expects it.
///
/// ```
/// PROGRAM server NAME PORT     ready PORT            then for each line of standard input:
///                              stats BYTES             stats
/// PROGRAM client NAME PORT     ready 0               after one call of 64 bytes, then:
///                              measuring               run work=echo bytes=64 ...
///                              measured              at the end of the window
///                              done calls=N ...
/// ```
///
/// A failure is one line, `error WHAT`, and exit code 1. The end of standard input ends the
/// process, so that it does not outlive a runner that was killed.
public final class Harness {

  private static final String CLIENT = "client";
  private static final int FIRST_CALL_BYTES = 64;

  private final BufferedReader commands;
  private final PrintStream answers;

  Harness(BufferedReader commands, PrintStream answers) {
    this.commands = commands;
    this.answers = answers;
  }

  /// Serves one role of one contestant, then ends the process.
  ///
  /// @param args role, name of the contestant, port
  public static void run(String[] args, Map<String, Supplier<Contestant>> contestants) {
    var stdout = new PrintStream(new FileOutputStream(FileDescriptor.out), true);
    System.setOut(System.err); // what libraries print is not an answer
    var harness =
        new Harness(
            new BufferedReader(new InputStreamReader(System.in, StandardCharsets.US_ASCII)),
            stdout);
    int exit = 0;
    try {
      if (args.length > 0 && args[0].equals(CLIENT)) {
        TimerSlack.minimize(); // before there are other threads, which inherit it
      }
      harness.play(args, contestants);
    } catch (Exception e) {
      stdout.println("error " + text(e));
      exit = 1;
    }
    Runtime.getRuntime().halt(exit); // at once: some libraries take seconds to shut down
  }

  void play(String[] args, Map<String, Supplier<Contestant>> contestants) throws Exception {
    if (args.length != 3) {
      throw new IllegalArgumentException("usage: server|client CONTESTANT PORT");
    }
    var make = contestants.get(args[1]);
    if (make == null) {
      throw new IllegalArgumentException(
          "contestant: "
              + args[1]
              + " (expected: one of "
              + new TreeSet<>(contestants.keySet())
              + ")");
    }
    int port = Integer.parseInt(args[2]);
    switch (args[0]) {
      case "server" -> serve(make.get(), port);
      case CLIENT -> call(make.get(), port);
      default ->
          throw new IllegalArgumentException("role: " + args[0] + " (expected: server, client)");
    }
  }

  private void serve(Contestant contestant, int port) throws Exception {
    answers.println("ready " + contestant.serve(port));
    for (var line = commands.readLine(); line != null; line = commands.readLine()) {
      if (!line.equals("stats")) {
        throw new IllegalArgumentException("command: " + line + " (expected: stats)");
      }
      answers.println("stats " + allocatedBytes());
    }
  }

  private void call(Contestant contestant, int port) throws Exception {
    var client = contestant.connect(port);
    var first = client.caller(contestant.works().getFirst(), FIRST_CALL_BYTES);
    first.call();
    first.close();
    answers.println("ready 0");
    for (var line = commands.readLine(); line != null; line = commands.readLine()) {
      run(client, LoadOptions.parse(line));
    }
  }

  private void run(Contestant.Client client, LoadOptions options) throws Exception {
    var load = Load.start(client, options);
    load.awaitWarm();
    answers.println("measuring");
    load.awaitEnd();
    answers.println("measured");
    answers.println(load.result().line());
    load.awaitCallers();
  }

  /// Allocated on the heap since the start of the process, by all threads, ended ones too.
  private static long allocatedBytes() throws IOException {
    if (ManagementFactory.getThreadMXBean() instanceof com.sun.management.ThreadMXBean threads) {
      return threads.getTotalThreadAllocatedBytes();
    }
    throw new IOException("this JVM does not count allocated bytes");
  }

  private static String text(Exception e) {
    return e.toString().lines().findFirst().orElseThrow();
  }
}
