package io.windhover.conformance.flood;

import io.windhover.conformance.ChildJvm;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.time.Duration;
import java.util.List;

/// A [Flooder] in a process of its own.
final class FlooderProcess implements AutoCloseable {

  /// What it takes of the cores that callers and server need, too.
  enum Share {
    /// What they leave: one on another machine would take none of it either.
    REST(Duration.ofNanos(500_000), Duration.ofMillis(1)),

    /// As much as each of them, for a machine on which nothing is left. So it keeps a core busy by
    /// itself, whoever it floods, and the system lets threads run on for 3 ms before others.
    EQUAL(Duration.ofMillis(1), Duration.ofMillis(5));

    /// Latencies that are the machine's own.
    final Duration p50;

    final Duration p99;

    Share(Duration p50, Duration p99) {
      this.p50 = p50;
      this.p99 = p99;
    }
  }

  private static final List<String> OPTIONS = List.of("-XX:TieredStopAtLevel=4"); // no slow code

  final Share share;
  private final ChildJvm process;

  FlooderProcess(int port, Share share) throws IOException {
    this.share = share;
    this.process =
        share == Share.REST
            ? ChildJvm.startIdle(OPTIONS, Flooder.class, port)
            : ChildJvm.start(Redirect.INHERIT, OPTIONS, Flooder.class, port);
  }

  void begin(Flood flood) throws IOException {
    process.writeLine(flood.name());
  }

  /// Ends the flood, and waits for its end.
  Flooded end() throws IOException {
    process.writeLine("");
    return Flooded.read(process.readLine());
  }

  @Override
  public void close() {
    process.close();
  }
}
