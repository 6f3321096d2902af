package io.windhover.rpc.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.windhover.rpc.ApplicationException;
import io.windhover.rpc.CallListener;
import io.windhover.rpc.Caller;
import io.windhover.rpc.Invocation;
import io.windhover.rpc.Method;
import io.windhover.rpc.Protocol;
import io.windhover.rpc.RpcException;
import io.windhover.rpc.RpcException.Kind;
import io.windhover.rpc.Service;
import io.windhover.rpc.StreamOperation;
import io.windhover.rpc.Streams;
import io.windhover.rpc.fixture.EchoFixture;
import io.windhover.rpc.fixture.Text;
import io.windhover.rpc.fixture.ToClose;
import io.windhover.rpc.server.Server;
import io.windhover.rpc.server.ServerBuilder;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Servers that are asked for more than they may run.
@Timeout(60)
final class OverloadTest {

  private static final int OVERLOADED = ApplicationException.OVERLOADED;
  private static final Method<?> CHAT = new Method<>("chat", Method.Kind.BIDI_STREAM, Text.CALL);

  @RegisterExtension final ToClose toClose = new ToClose();
  private final CountDownLatch release = new CountDownLatch(1);
  private final Semaphore running = new Semaphore(0); // one permit for each handler that has begun

  @AfterEach
  void letGo() {
    release.countDown();
  }

  @ParameterizedTest
  @EnumSource
  void refusesAtOnceWhatWouldBeOneTooMany(Protocol protocol) throws Exception {
    var server = start(server().maxCalls(2));
    var client = toClose.keep(builder(server).protocol(protocol).build());
    var held = hold(client, 2);

    assertRefused(client);

    release.countDown();
    assertThat(held).allSatisfy(call -> assertThat(call.join()).isEqualTo("held"));
    assertThat(EchoFixture.echo(client, "after")).isEqualTo("after");
    assertThat(server.state().refusedCalls()).isOne();
    assertThat(client.pools().getFirst().counters().dialled())
        .as("connections: a refusal costs none")
        .isEqualTo(3);
  }

  @Test
  void showsWhatItHolds() throws Exception {
    var server = start(server().maxCalls(2));
    var client = toClose.keep(builder(server).build());
    var held = hold(client, 2);
    assertRefused(client);

    var state = server.state();

    assertThat(state.runningCalls()).hasValue(2);
    assertThat(state.refusedCalls()).isOne();
    assertThat(state.sockets().openConnections()).isEqualTo(3);
    assertThat(state.requestBytes()).isBetween(2L, state.maxRequestBytes() - 1);

    release.countDown();
    held.forEach(CompletableFuture::join);
    server.stop();
    var stopped = server.state();
    assertThat(stopped.runningCalls()).hasValue(0);
    assertThat(stopped.sockets().openConnections()).isZero();
    assertThat(stopped.requestBytes()).isZero();
  }

  @Test
  void countsNoCallsWithoutALimit() throws Exception {
    var server = start(server());
    hold(toClose.keep(builder(server).build()), 1);

    assertThat(server.state().runningCalls()).isEmpty();
  }

  @Test
  void refusesOnSharedConnections() throws Exception {
    var server = start(server().maxCalls(2));
    var client = toClose.keep(builder(server).protocol(Protocol.TTHEADER).multiplexed(1).build());
    var held = hold(client, 2);

    assertRefused(client);

    release.countDown();
    assertThat(held).allSatisfy(call -> assertThat(call.join()).isEqualTo("held"));
    assertThat(client.openConnections()).isOne();
  }

  @Test
  void refusesCallsInTheSameProcess() throws Exception {
    var server = start(server().maxCalls(2));
    hold(server.inProcess(), 2);

    assertRefused(server.inProcess());
  }

  @Test
  void countsAllConnectionsTogether() throws Exception {
    var server = start(server().maxCalls(2));
    hold(toClose.keep(builder(server).build()), 1);
    hold(toClose.keep(builder(server).protocol(Protocol.TTHEADER).build()), 1);

    assertRefused(toClose.keep(builder(server).build()));
    assertRefused(server.inProcess());
  }

  @Test
  void countsAStreamWhileItsHandlerRuns() throws Exception {
    var begun = new CountDownLatch(1);
    var server =
        start(
            Server.builder()
                .port(0)
                .maxCalls(1)
                .service(
                    new Service(
                        "Echo",
                        EchoFixture.serve(text -> text).operations(),
                        List.of(
                            StreamOperation.<Text, Text>bidiStream(
                                CHAT,
                                (in, out) -> {
                                  begun.countDown();
                                  in.forEach(out::send);
                                })))));
    var client = toClose.keep(builder(server).build());
    try (var first = Streams.<Text, Text>bidiStream(client.open("Echo", CHAT))) {
      first.send(new Text("a"));
      assertThat(begun.await(10, TimeUnit.SECONDS)).isTrue();
      assertThat(first.receive()).contains(new Text("a"));

      try (var second = Streams.<Text, Text>bidiStream(client.open("Echo", CHAT))) {
        assertThatExceptionOfType(RpcException.class)
            .isThrownBy(second::receive)
            .satisfies(OverloadTest::isTheRefusal);
      }
      assertRefused(client);
    }
  }

  @Test
  void dropsOnewayCallsWithoutAWord() throws Exception {
    var server = start(server().maxCalls(1));
    var client = toClose.keep(builder(server).build());
    hold(client, 1);

    EchoFixture.note(client, "dropped");

    while (server.state().refusedCalls() == 0) {
      Thread.onSpinWait();
    }
    assertThat(running.availablePermits()).isZero();
  }

  @Test
  void tellsListenersOfNoRefusedCall() throws Exception {
    var started = new AtomicInteger();
    var server =
        start(
            server()
                .maxCalls(1)
                .listener(
                    new CallListener() {
                      @Override
                      public void started(Invocation call) {
                        started.incrementAndGet();
                      }
                    }));
    var client = toClose.keep(builder(server).build());
    hold(client, 1);

    for (int i = 0; i < 100; i++) {
      assertRefused(client);
    }

    assertThat(started).hasValue(1);
  }

  /// Row 88: five times the load that the handlers can bear, for some seconds.
  @Test
  void row88BearsFiveTimesItsLoad() throws Exception {
    int room = 16;
    var capacity = new Semaphore(room); // with more calls than that, each takes longer
    var hold = Duration.ofMillis(250);
    var server =
        start(
            Server.builder()
                .port(0)
                .maxCalls(room)
                .service(
                    EchoFixture.serve(
                        text -> {
                          capacity.acquireUninterruptibly();
                          pause(hold);
                          capacity.release();
                          return text;
                        })));
    var client = toClose.keep(builder(server).timeout(Duration.ofSeconds(1)).build());
    callFor(Duration.ofSeconds(1), room, client, hold); // warm up

    var atPeak = callFor(Duration.ofSeconds(3), room, client, hold);
    var beyond = callFor(Duration.ofSeconds(4), 5 * room, client, hold);

    assertThat(atPeak.refused()).as("refused at peak: " + atPeak).isZero();
    assertThat(beyond.refused()).as("refused: " + beyond).isGreaterThan(beyond.answered());
    assertThat(beyond.otherwise() + atPeak.otherwise()).as("otherwise: " + beyond).isZero();
    assertThat(beyond.answeredPerSecond())
        .as("goodput: %s, at peak %s", beyond, atPeak)
        .isGreaterThan(0.8 * atPeak.answeredPerSecond());
    assertThat(beyond.medianRefusal()).as("to be refused").isLessThan(Duration.ofMillis(200));
  }

  /// What came of a load.
  private record Load(
      Duration took, int answered, int refused, int otherwise, Duration medianRefusal) {

    double answeredPerSecond() {
      return answered / (took.toNanos() / 1e9);
    }
  }

  /// Lets callers call; one that is refused waits for as long as its call would have taken, so that
  /// each asks for as much as it would get from a server with room.
  private static Load callFor(Duration time, int callers, Client client, Duration pause)
      throws InterruptedException {
    var answered = new AtomicInteger();
    var otherwise = new AtomicInteger();
    var refusals = new ArrayList<Long>();
    long begin = System.nanoTime();
    var threads = new ArrayList<Thread>();
    for (int i = 0; i < callers; i++) {
      var later = pause.multipliedBy(i).dividedBy(callers); // so that they do not come in a burst
      threads.add(
          Thread.ofVirtual()
              .start(
                  () -> {
                    pause(later);
                    while (System.nanoTime() - begin < time.toNanos()) {
                      long start = System.nanoTime();
                      try {
                        EchoFixture.echo(client, "hi");
                        answered.incrementAndGet();
                      } catch (RpcException e) {
                        if (e.remoteCode() == OVERLOADED) {
                          synchronized (refusals) {
                            refusals.add(System.nanoTime() - start);
                          }
                        } else {
                          otherwise.incrementAndGet();
                        }
                        pause(pause);
                      }
                    }
                  }));
    }
    for (var thread : threads) {
      thread.join();
    }
    refusals.sort(null);
    return new Load(
        Duration.ofNanos(System.nanoTime() - begin),
        answered.get(),
        refusals.size(),
        otherwise.get(),
        Duration.ofNanos(refusals.isEmpty() ? 0 : refusals.get(refusals.size() / 2)));
  }

  private static void pause(Duration time) {
    long end = System.nanoTime() + time.toNanos();
    for (long left = time.toNanos(); left > 0; left = end - System.nanoTime()) {
      LockSupport.parkNanos(left);
    }
  }

  private static void assertRefused(Caller caller) {
    assertThatThrownBy(() -> EchoFixture.echo(caller, "beyond"))
        .isInstanceOfSatisfying(RpcException.class, OverloadTest::isTheRefusal);
  }

  private static void isTheRefusal(RpcException e) {
    assertThat(e).hasMessageContaining("calls run already, maxCalls");
    assertThat(e.kind()).isEqualTo(Kind.NOT_SENT);
    assertThat(e.isSafeToRetry()).isTrue();
    assertThat(e.remoteCode()).isEqualTo(OVERLOADED);
  }

  /// A server whose handler holds on to the calls that ask for it.
  private ServerBuilder server() {
    return Server.builder()
        .port(0)
        .service(
            EchoFixture.serve(
                text -> {
                  if (text.equals("held")) {
                    running.release();
                    awaitRelease();
                  } else if (text.equals("dropped")) {
                    running.release();
                  }
                  return text;
                }));
  }

  private void awaitRelease() {
    try {
      release.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /// Returns so many calls whose handlers run.
  private List<CompletableFuture<String>> hold(Caller caller, int calls) throws Exception {
    var held = new ArrayList<CompletableFuture<String>>();
    for (int i = 0; i < calls; i++) {
      var call = new CompletableFuture<String>();
      held.add(call);
      Thread.ofVirtual()
          .start(
              () -> {
                try {
                  call.complete(EchoFixture.echo(caller, "held"));
                } catch (RuntimeException e) {
                  call.completeExceptionally(e);
                }
              });
    }
    assertThat(running.tryAcquire(calls, 10, TimeUnit.SECONDS)).isTrue();
    return held;
  }

  private static ClientBuilder builder(Server server) {
    return Client.builder("127.0.0.1:" + server.port()).timeout(Duration.ofSeconds(20));
  }

  private Server start(ServerBuilder builder) throws IOException {
    return toClose.keep(builder.start());
  }
}
