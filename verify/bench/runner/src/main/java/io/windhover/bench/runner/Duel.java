package io.windhover.bench.runner;

import io.windhover.bench.runner.Proc.CpuTime;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

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

  private final Roles roles;
  private final Role server;
  private final String port;
  private final Duration toFirstAnswer;
  private Role client;

  private Duel(Roles roles, Role server, String port, Role client, Duration toFirstAnswer) {
    this.roles = roles;
    this.server = server;
    this.port = port;
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
    return start(contestant, place, children, Map.of());
  }

  /// @param environment of the server, besides what its program has always
  static Duel start(
      Contestant contestant, Place place, Children children, Map<String, String> environment)
      throws ContestantException {
    long begin = System.nanoTime();
    var roles = new Roles(contestant, place, children);
    var server = roles.server(environment);
    try {
      var port = server.expect("ready", START_LIMIT);
      var client = roles.client(port);
      return new Duel(roles, server, port, client, Duration.ofNanos(System.nanoTime() - begin));
    } catch (ContestantException e) {
      server.close();
      throw e;
    }
  }

  /// How its processes are started.
  private record Roles(Contestant contestant, Place place, Children children) {

    Role server(Map<String, String> environment) throws ContestantException {
      return start(
          "server", SERVER_CORE, contestant.program(), contestant.name(), "0", environment);
    }

    /// Returns a client that has made its first call.
    Role client(String port) throws ContestantException {
      var loader = contestant.loader();
      var client = start("client", CLIENT_CORE, loader.program(), loader.name(), port, Map.of());
      try {
        client.expect("ready", START_LIMIT);
        return client;
      } catch (ContestantException e) {
        client.close();
        throw e;
      }
    }

    private Role start(
        String role,
        int core,
        Program program,
        String name,
        String port,
        Map<String, String> environment)
        throws ContestantException {
      var command = new ArrayList<>(program.command(place.root(), place.built()));
      command.addAll(List.of(role, name, port));
      var all = new HashMap<>(program.environment());
      all.putAll(environment);
      var log = place.logs().resolve(contestant.name() + "-" + role + ".log");
      return Role.start(contestant.name() + "'s " + role, core, command, all, children, log);
    }
  }

  Contestant contestant() {
    return roles.contestant;
  }

  Role server() {
    return server;
  }

  /// Replaces the client by a new one that has no connections.
  ///
  /// @param quiet how long the server has to see those of the old one end
  void renewClient(Duration quiet) throws ContestantException {
    client.close();
    Pause.of(quiet);
    client = roles.client(port);
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
        contestant(),
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
