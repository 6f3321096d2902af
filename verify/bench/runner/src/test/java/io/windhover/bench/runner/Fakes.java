package io.windhover.bench.runner;

import io.windhover.bench.runner.Contestant.Connections;
import io.windhover.bench.runner.Contestant.Group;
import io.windhover.bench.runner.Contestant.Loader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import org.HdrHistogram.Histogram;

/// Contestants that are shell scripts.
final class Fakes {

  static final Program C = new Program.C();

  /// Speaks the protocol of both roles; the contestant's name says what goes wrong.
  private static final String SCRIPT =
      """
      #!/bin/bash
      case $1-$2 in
        server-late) read -r _; exit 0 ;;
        server-dead) exit 3 ;;
        server-refused) echo "error port $3 is taken"; exit 1 ;;
        server-garbage) echo "hello" ;;
        server-*) echo "ready 4242" ;;
        client-*) [ "$3" = 4242 ] && echo "ready 0" ;;
      esac
      while read -r command rest; do
        case $command in
          stats) n=$((n + 1000)); echo "stats $n" ;;
          run)
            echo measuring
            [ "$2" = dies ] && exit 1
            echo measured
            echo "done calls=100 errors=1 unfinished=0 nanos=10000000 histogram=100000:99,900000:1"
            ;;
        esac
      done
      """;

  private Fakes() {}

  /// Returns a place whose only program is the script.
  static Duel.Place place(Path folder) throws IOException {
    var program = folder.resolve("c/echo");
    Files.createDirectories(program.getParent());
    Files.writeString(program, SCRIPT);
    if (!program.toFile().setExecutable(true)) {
      throw new IOException("cannot make it executable: " + program);
    }
    return new Duel.Place(folder, folder, Files.createDirectories(folder.resolve("logs")));
  }

  static Contestant contestant(String name) {
    return contestant(name, Group.RPC);
  }

  static Contestant contestant(String name, Group group) {
    return new Contestant(
        name, group, "fake 1", Connections.POOLED, EnumSet.of(Work.ECHO), C, new Loader(C, name));
  }

  /// Returns a sample of a tenth of a second.
  static Sample sample(Contestant contestant, Point point, int calls, double serverMicros) {
    var latencies = new Histogram(LoadReport.histogram());
    latencies.recordValueWithCount(100_000, calls);
    return new Sample(
        contestant,
        point,
        1,
        new LoadReport(calls, 0, 0, 100_000_000, latencies),
        Math.round(serverMicros * calls * 1000),
        0,
        0,
        0,
        0,
        1 << 20);
  }
}
