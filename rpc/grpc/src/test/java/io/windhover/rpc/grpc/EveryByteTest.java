package io.windhover.rpc.grpc;

import static org.assertj.core.api.Assertions.assertThat;

import io.windhover.buffer.NodePool;
import io.windhover.netpoll.testing.FaultProxy;
import io.windhover.netpoll.testing.Faults;
import io.windhover.netpoll.testing.Faults.End;
import io.windhover.rpc.CallOptions;
import io.windhover.rpc.RpcException;
import io.windhover.rpc.RpcException.Kind;
import io.windhover.rpc.StreamCaller;
import io.windhover.rpc.Streams;
import io.windhover.rpc.client.Client;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Calls and streams whose connection is cut after byte k, for every k of either direction, by an
/// end, by a reset and by silence.
///
/// Whatever k is: each ends once, in time, with its own result or one failure; a result means that
/// the handler had each message once, "not sent" that it had none, and nothing that it had one
/// twice; the next one is well again.
@Timeout(120)
final class EveryByteTest {

  private static final String SERVICE = "test.Words";
  private static final Duration LONG = Duration.ofSeconds(9);
  private static final Duration SHORT = Duration.ofMillis(900);
  private static final Duration LATE = Duration.ofSeconds(5); // than any machine may be

  /// In flight at once. Most of them wait.
  private static final int TRIALS_AT_ONCE = 256;

  /// What HTTP/2 may still say behind an exchange.
  private static final int MORE_BYTES = 32;

  enum Shape {
    UNARY {
      @Override
      void exchange(StreamCaller client, String text) {
        assertThat(client.call(SERVICE, Words.ECHO, text + 0)).isEqualTo(text + 0 + "!");
      }
    },
    BIDI {
      @Override
      void exchange(StreamCaller client, String text) {
        try (var chat = Streams.<String, String>bidiStream(client.open(SERVICE, Words.CHAT))) {
          for (int i = 0; i < 2; i++) {
            chat.send(text + i);
            assertThat(chat.receive()).contains(text + i + "!");
          }
          chat.end();
          assertThat(chat.receive()).isEmpty();
        }
      }
    };

    abstract void exchange(StreamCaller client, String text);
  }

  private enum Towards {
    SERVER,
    CLIENT
  }

  private record Trial(Shape shape, Towards towards, End end, long cutAfter) {

    Duration timeout() {
      return end == End.BLACK_HOLE ? SHORT : LONG;
    }

    /// Of as many characters whatever it is.
    String text(int number) {
      return "%-6s%-7s%-11s%4d, number %d, message "
          .formatted(shape, towards, end, cutAfter, number);
    }

    Faults faults(Towards direction) {
      return direction == towards ? Faults.NONE.withEnd(end, cutAfter) : Faults.NONE;
    }
  }

  /// @param failure null if it ended well
  private record Outcome(@Nullable Kind failure, Duration took) {}

  private final Map<String, Integer> runs = new ConcurrentHashMap<>();
  private final Queue<Trial> trials = new ConcurrentLinkedQueue<>();

  @ParameterizedTest
  @EnumSource
  void endsEachOnceAndInTime(Shape shape) throws Exception {
    var handlers = new Words.Handlers();
    handlers.echo = this::run;
    handlers.chat = (in, out) -> in.forEach(text -> out.send(run(text)));
    try (var fixture = new GrpcFixture(handlers)) {
      NodePool.shared().traceLeases(false); // a stack for each buffer of some thousand exchanges
      var target = new InetSocketAddress(InetAddress.getLoopbackAddress(), fixture.server.port());
      var all = new ArrayList<Trial>();
      for (var end : List.of(End.CLOSE, End.RESET, End.BLACK_HOLE)) {
        addTrials(shape, end, target, all);
      }
      assertThat(all).hasSizeGreaterThan(1000);
      all.sort(Comparator.comparingLong(Trial::cutAfter)); // those that wait among those that work
      trials.addAll(all);

      tryAll(target);
    }
  }

  private String run(String text) {
    runs.merge(text, 1, Integer::sum);
    return text + "!";
  }

  private static void addTrials(Shape shape, End end, InetSocketAddress target, List<Trial> all)
      throws IOException {
    var probe = new Trial(shape, Towards.SERVER, end, 0);
    try (var proxy = FaultProxy.before(target, 1);
        var client = client(proxy, probe)) {
      shape.exchange(client, probe.text(0));
      LongStream.rangeClosed(0, proxy.bytesToTarget() + MORE_BYTES)
          .forEach(k -> all.add(new Trial(shape, Towards.SERVER, end, k)));
      LongStream.rangeClosed(0, proxy.bytesToClient() + MORE_BYTES)
          .forEach(k -> all.add(new Trial(shape, Towards.CLIENT, end, k)));
    }
  }

  private static Client client(FaultProxy proxy, Trial trial) {
    return Client.builder(proxy.address())
        .transport(GrpcClientTransport.create())
        .timeout(trial.timeout())
        .build();
  }

  private void tryAll(InetSocketAddress target) throws Exception {
    try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
      var workers = new ArrayList<Future<?>>();
      for (int i = 0; i < TRIALS_AT_ONCE; i++) {
        workers.add(
            executor.submit(
                () -> {
                  for (var trial = trials.poll(); trial != null; trial = trials.poll()) {
                    conduct(trial, target);
                  }
                  return null;
                }));
      }
      for (var worker : workers) {
        worker.get();
      }
    }
  }

  /// Until one has met the fault, and the next one has not.
  private void conduct(Trial trial, InetSocketAddress target) throws IOException {
    try (var proxy = FaultProxy.before(target, trial.cutAfter);
        var client = client(proxy, trial)) {
      proxy.useOnce(trial.faults(Towards.SERVER), trial.faults(Towards.CLIENT));
      for (int number = 1; number <= 2; number++) {
        var outcome = exchange(client, trial, number, false);
        check(trial, number, outcome);
        if (trial.end == End.BLACK_HOLE) {
          return; // a timeout of one is no end for the others
        }
        if (outcome.failure != null) {
          var next = exchange(client, trial, 3, true); // it may have been a dial that failed
          assertThat(next.failure).as("the next: " + trial.text(number)).isNull();
          check(trial, 3, next);
          return;
        }
      }
    }
  }

  private static Outcome exchange(Client client, Trial trial, int number, boolean waits) {
    var options = CallOptions.builder().timeout(trial.timeout()).waitForReady(waits).build();
    long start = System.nanoTime();
    Kind failure = null;
    try {
      trial.shape.exchange(client.with(options), trial.text(number));
    } catch (RpcException e) {
      failure = e.kind();
    }
    return new Outcome(failure, Duration.ofNanos(System.nanoTime() - start));
  }

  private void check(Trial trial, int number, Outcome outcome) {
    var text = trial.text(number);
    int messages = trial.shape == Shape.UNARY ? 1 : 2;
    assertThat(outcome.took).as(text).isLessThan(trial.timeout().plus(LATE));
    for (int i = 0; i < messages; i++) {
      int times = runs.getOrDefault(text + i, 0);
      switch (outcome.failure) {
        case null -> assertThat(times).as("runs: " + text + i).isEqualTo(1);
        case NOT_SENT -> assertThat(times).as("runs: " + text + i).isZero();
        case DISCONNECTED, TIMEOUT ->
            assertThat(times).as("runs: " + text + i).isLessThanOrEqualTo(1);
        case CANCELLED, REMOTE, INVALID, PROTOCOL ->
            throw new AssertionError(text + ": " + outcome);
      }
    }
  }
}
