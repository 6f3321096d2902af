package io.windhover.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import io.windhover.buffer.NodePool;
import io.windhover.interop.everything.Interop;
import io.windhover.netpoll.testing.FaultProxy;
import io.windhover.netpoll.testing.Faults;
import io.windhover.netpoll.testing.Faults.End;
import io.windhover.netpoll.testing.LeakCheck;
import io.windhover.rpc.RpcException;
import io.windhover.rpc.RpcException.Kind;
import io.windhover.rpc.client.Client;
import io.windhover.rpc.server.Server;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Two calls on one connection that is cut after byte k, for every k of either direction, by an
/// end, by a reset and by silence.
///
/// Whatever k is: each call ends once, in time, with its own result or one failure; a result means
/// that the server ran the method once, and "not sent" that it did not; the next call is well
/// again.
@Timeout(60)
final class EveryByteTest {

  /// In flight at once. Most of them wait.
  private static final int TRIALS_AT_ONCE = 256;

  /// Whatever the machine does meanwhile, the digits of what is left stay as many: they are part of
  /// a TTHeader request.
  private static final Duration LONG = Duration.ofSeconds(9);

  private static final Duration SHORT = Duration.ofMillis(900);
  private static final Duration LATE = Duration.ofSeconds(5); // than any machine may be

  private enum Towards {
    SERVER,
    CLIENT
  }

  /// How many bytes pass in a direction, with the first call and with both.
  private record Exchange(long first, long both) {}

  private record Trial(
      Transport transport, Towards towards, End end, long cutAfter, Exchange exchange) {

    Duration timeout() {
      return timeoutOf(end);
    }

    String text(int call) {
      return "%-16s%-7s%-11s%4d, call %d".formatted(transport, towards, end, cutAfter, call);
    }

    Faults faults(Towards direction) {
      return direction == towards ? Faults.NONE.withEnd(end, cutAfter) : Faults.NONE;
    }
  }

  /// @param failure null if the call had its own result
  private record Outcome(@Nullable Kind failure, Duration took) {
    @Override
    public String toString() {
      return failure == null ? "OK" : failure.toString();
    }
  }

  private record Ended(Trial trial, Outcome first, Outcome second) {}

  private final Map<String, Integer> runs = new ConcurrentHashMap<>();
  private final Queue<Trial> trials = new ConcurrentLinkedQueue<>();
  private final Queue<Ended> ended = new ConcurrentLinkedQueue<>();

  private static Duration timeoutOf(End end) {
    return end == End.BLACK_HOLE ? SHORT : LONG;
  }

  @ParameterizedTest
  @EnumSource
  void endsEachCallOnceAndInTime(Transport transport) throws Exception {
    long start = System.nanoTime();
    var leaks = LeakCheck.begin();
    NodePool.shared().traceLeases(false); // a stack for each buffer of some thousand exchanges
    var loopback = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    try (var server =
        Server.builder()
            .address(loopback)
            .service(Interops.serve((proxy, method, arguments) -> run((String) arguments[0])))
            .start()) {
      var target = (InetSocketAddress) server.address();
      var all = new ArrayList<Trial>();
      for (var end : List.of(End.CLOSE, End.RESET, End.BLACK_HOLE)) {
        addTrials(transport, end, target, all);
      }
      all.sort(Comparator.comparingLong(Trial::cutAfter)); // those that wait among those that work
      trials.addAll(all);
      int count = all.size();

      tryAll(target);

      assertThat(ended).hasSize(count);
    }
    leaks.end(LATE);
    ended.forEach(this::check); // now that nothing runs any more
    System.out.printf(
        "every byte, %s: %d cuts in %.1f s: %s%n",
        transport, ended.size(), (System.nanoTime() - start) / 1e9, summary());
  }

  private String run(String text) {
    runs.merge(text, 1, Integer::sum);
    return text;
  }

  private void addTrials(Transport transport, End end, InetSocketAddress target, List<Trial> all)
      throws IOException {
    try (var proxy = FaultProxy.before(target, 1);
        var client = client(proxy, transport, timeoutOf(end))) {
      var interop = Interop.on(client);
      var probe = new Trial(transport, Towards.SERVER, end, 0, new Exchange(0, 0));
      interop.echoString(probe.text(1));
      long firstToServer = proxy.bytesToTarget();
      long firstToClient = proxy.bytesToClient();
      interop.echoString(probe.text(2));
      var toServer = new Exchange(firstToServer, proxy.bytesToTarget());
      var toClient = new Exchange(firstToClient, proxy.bytesToClient());
      for (long k = 0; k <= toServer.both; k++) {
        all.add(new Trial(transport, Towards.SERVER, end, k, toServer));
      }
      for (long k = 0; k <= toClient.both; k++) {
        all.add(new Trial(transport, Towards.CLIENT, end, k, toClient));
      }
      runs.clear();
    }
  }

  private static Client client(FaultProxy proxy, Transport transport, Duration timeout) {
    return transport.of(Client.builder(proxy.address()).timeout(timeout)).build();
  }

  private void tryAll(InetSocketAddress target) throws Exception {
    try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
      var workers = new ArrayList<Future<?>>();
      for (int i = 0; i < TRIALS_AT_ONCE; i++) {
        workers.add(
            executor.submit(
                () -> {
                  for (var trial = trials.poll(); trial != null; trial = trials.poll()) {
                    ended.add(conduct(trial, target));
                  }
                  return null;
                }));
      }
      for (var worker : workers) {
        worker.get();
      }
    }
  }

  private static Ended conduct(Trial trial, InetSocketAddress target) throws IOException {
    try (var proxy = FaultProxy.before(target, trial.cutAfter);
        var client = client(proxy, trial.transport, trial.timeout())) {
      proxy.useOnce(trial.faults(Towards.SERVER), trial.faults(Towards.CLIENT));
      var interop = Interop.on(client);
      var first = call(interop, trial.text(1));
      var second = call(interop, trial.text(2));
      return new Ended(trial, first, second);
    }
  }

  private static Outcome call(Interop interop, String text) {
    long start = System.nanoTime();
    Kind failure = null;
    try {
      assertThat(interop.echoString(text)).isEqualTo(text);
    } catch (RpcException e) {
      failure = e.kind();
    }
    return new Outcome(failure, Duration.ofNanos(System.nanoTime() - start));
  }

  private void check(Ended ended) {
    var trial = ended.trial;
    var exchange = trial.exchange;
    checkPromises(trial, 1, ended.first);
    checkPromises(trial, 2, ended.second);
    if (trial.cutAfter < exchange.first) {
      checkCut(trial, 1, ended.first);
      if (trial.transport.sharesConnections() && trial.end == End.BLACK_HOLE) {
        checkCut(trial, 2, ended.second); // a timeout of one is no end for the others
      } else {
        checkWhole(trial, 2, ended.second); // on a new connection
      }
    } else if (trial.cutAfter > exchange.first) {
      checkWhole(trial, 1, ended.first);
      if (trial.cutAfter < exchange.both) {
        checkCut(trial, 2, ended.second);
      }
    }
  }

  private void checkPromises(Trial trial, int call, Outcome outcome) {
    int times = runs(trial, call);
    assertThat(outcome.took).as(trial.text(call)).isLessThan(trial.timeout().plus(LATE));
    switch (outcome.failure) {
      case null -> assertThat(times).as("runs: " + trial.text(call)).isEqualTo(1);
      case NOT_SENT -> assertThat(times).as("runs: " + trial.text(call)).isZero();
      case DISCONNECTED, TIMEOUT ->
          assertThat(times).as("runs: " + trial.text(call)).isLessThanOrEqualTo(1);
      case CANCELLED, REMOTE, INVALID, PROTOCOL -> fail(trial.text(call) + ": " + outcome);
    }
  }

  /// The message of this call in the trial's direction does not arrive whole.
  private void checkCut(Trial trial, int call, Outcome outcome) {
    assertThat(outcome.failure)
        .as(trial.text(call))
        .isEqualTo(trial.end == End.BLACK_HOLE ? Kind.TIMEOUT : Kind.DISCONNECTED);
    assertThat(runs(trial, call))
        .as("runs: " + trial.text(call))
        .isEqualTo(trial.towards == Towards.CLIENT ? 1 : 0);
  }

  private static void checkWhole(Trial trial, int call, Outcome outcome) {
    assertThat(outcome.failure).as(trial.text(call)).isNull();
  }

  private int runs(Trial trial, int call) {
    return runs.getOrDefault(trial.text(call), 0);
  }

  private Map<String, Long> summary() {
    return ended.stream()
        .flatMap(one -> Stream.of(one.first, one.second))
        .collect(Collectors.groupingBy(Outcome::toString, TreeMap::new, Collectors.counting()));
  }
}
