package io.windhover.bench.runner;

import io.windhover.bench.runner.Proc.CpuTime;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;

/// A contestant's server on one core and its client on another, from their start to their end.
final class Duel implements AutoCloseable {

  private static final int SERVER_CORE = 0;
  private static final int CLIENT_CORE = 1;
  private static final Duration START_LIMIT = Duration.ofSeconds(20);
  private static final Duration ANSWER_LIMIT = Duration.ofSeconds(10);

  /// To open a thousand connections takes some clients a while.
  private static final Duration CONNECT_LIMIT = Duration.ofSeconds(60);

  /// After the window a client waits for what is under way, and then for the timeouts of that.
  private static final Duration DRAIN_LIMIT = Duration.ofSeconds(30);

  private final Contestant contestant;
  private final Role server;
  private final Role client;
  private final Duration toFirstAnswer;

  private Duel(Contestant contestant, Role server, Role client, Duration toFirstAnswer) {
    this.contestant = contestant;
    this.server = server;
    this.client = client;
    this.toFirstAnswer = toFirstAnswer;
  }

  /// Where things are.
  ///
  /// @param root of the repository
  /// @param built native programs
  /// @param logs of all processes
  record Place(Path root, Path built, Path logs) {}

  static Duel start(Contestant contestant, Place place, Children children)
      throws ContestantException {
    long begin = System.nanoTime();
    var server = role(contestant, "server", SERVER_CORE, "0", place, children);
    try {
      var port = server.expect("ready", START_LIMIT);
      var client = role(contestant, "client", CLIENT_CORE, port, place, children);
      try {
        client.expect("ready", START_LIMIT);
        var toFirstAnswer = Duration.ofNanos(System.nanoTime() - begin);
        return new Duel(contestant, server, client, toFirstAnswer);
      } catch (ContestantException e) {
        client.close();
        throw e;
      }
    } catch (ContestantException e) {
      server.close();
      throw e;
    }
  }

  private static Role role(
      Contestant contestant, String role, int core, String port, Place place, Children children)
      throws ContestantException {
    boolean serves = role.equals("server");
    var program = serves ? contestant.program() : contestant.loader().program();
    var command = new ArrayList<>(program.command(place.root(), place.built()));
    command.add(role);
    command.add(serves ? contestant.name() : contestant.loader().name());
    command.add(port);
    var name = contestant.name() + "'s " + role;
    var log = place.logs().resolve(contestant.name() + "-" + role + ".log");
    return Role.start(name, core, command, program.environment(), children, log);
  }

  Contestant contestant() {
    return contestant;
  }

  Role server() {
    return server;
  }

  /// From the start of the server, then of the client, to the first answer.
  Duration toFirstAnswer() {
    return toFirstAnswer;
  }

  /// Puts a load on, unmeasured.
  void warmUp(Point point, Duration time) throws ContestantException {
    run(point, 0, Duration.ZERO, time, true, () -> {});
  }

  /// Puts a load on and measures the window.
  ///
  /// @param rate calls to start per second; 0 for a closed loop
  Sample measure(Point point, int rate, int round, Duration settle, Duration window)
      throws ContestantException, IOException {
    long allocatedBefore = allocatedBytes();
    begin(point, rate, settle, window, true);
    var before = Snapshot.take(server.pid(), client.pid());
    client.expect("measured", window.plus(ANSWER_LIMIT));
    var after = Snapshot.take(server.pid(), client.pid());
    var load = LoadReport.parse(client.expect("done", DRAIN_LIMIT));
    var spent = after.minus(before);
    // The bytes of settling are not the window's: they are taken as the same for each call.
    double share = (double) window.toNanos() / window.plus(settle).toNanos();
    long allocated = Math.round((allocatedBytes() - allocatedBefore) * share);
    return new Sample(
        contestant,
        point,
        round,
        load,
        spent.serverNanos,
        spent.clientNanos,
        allocated,
        spent.foreignShare(),
        spent.stolenShare(),
        Proc.residentBytes(server.pid()));
  }

  /// Puts a load on while something happens to the server.
  LoadReport run(
      Point point, int rate, Duration settle, Duration window, boolean intended, Runnable meanwhile)
      throws ContestantException {
    begin(point, rate, settle, window, intended);
    meanwhile.run();
    client.expect("measured", window.plus(ANSWER_LIMIT));
    return LoadReport.parse(client.expect("done", DRAIN_LIMIT));
  }

  private void begin(Point point, int rate, Duration settle, Duration window, boolean intended)
      throws ContestantException {
    client.send(
        "run work=%s bytes=%s callers=%s rate=%s warmup=%s millis=%s latency=%s"
            .formatted(
                point.work().word(),
                point.bytes(),
                point.callers(),
                rate,
                settle.toMillis(),
                window.toMillis(),
                intended ? "intended" : "actual"));
    client.expect("measuring", settle.plus(CONNECT_LIMIT));
  }

  private long allocatedBytes() throws ContestantException {
    server.send("stats");
    return Long.parseLong(server.expect("stats", ANSWER_LIMIT));
  }

  @Override
  public void close() {
    client.close();
    server.close();
  }

  /// All counters at one instant.
  private record Snapshot(long atNanos, long serverNanos, long clientNanos, CpuTime machine) {

    static Snapshot take(long server, long client) throws IOException {
      return new Snapshot(
          System.nanoTime(), Proc.cpuNanos(server), Proc.cpuNanos(client), Proc.machine());
    }

    Snapshot minus(Snapshot earlier) {
      return new Snapshot(
          atNanos - earlier.atNanos,
          serverNanos - earlier.serverNanos,
          clientNanos - earlier.clientNanos,
          machine.minus(earlier.machine));
    }

    double foreignShare() {
      return machine.without(serverNanos + clientNanos) / capacity();
    }

    double stolenShare() {
      return machine.stolenNanos() / capacity();
    }

    private double capacity() {
      return (double) atNanos * Runtime.getRuntime().availableProcessors();
    }
  }
}
