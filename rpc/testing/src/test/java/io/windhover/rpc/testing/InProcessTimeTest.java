package io.windhover.rpc.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.windhover.rpc.CallOptions;
import io.windhover.rpc.MessageStream;
import io.windhover.rpc.Method;
import io.windhover.rpc.Operation;
import io.windhover.rpc.RpcException;
import io.windhover.rpc.RpcException.Kind;
import io.windhover.rpc.Service;
import io.windhover.rpc.StreamOperation;
import io.windhover.rpc.server.InProcess;
import io.windhover.thrift.Scalars;
import io.windhover.thrift.call.Result;
import io.windhover.thrift.call.Signature;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Half a minute in milliseconds.
@Timeout(20)
final class InProcessTimeTest {

  private static final Method<Signature> REPORT =
      new Method<>("report", false, Signature.builder().returns(Scalars.I32).build());

  private final VirtualTime time = new VirtualTime();
  private final CountDownLatch interrupted = new CountDownLatch(1);
  private final Operation operation =
      new Operation(
          REPORT,
          (invocation, request) -> REPORT.codec().run(request, arguments -> takesTenSeconds()));
  private static final Method<Signature> WATCH =
      new Method<>("watch", Method.Kind.BIDI_STREAM, Signature.EMPTY);

  private final StreamOperation watch =
      new StreamOperation(WATCH, (invocation, stream) -> receive(stream));
  private final InProcess shop =
      InProcess.of(new Service("Shop", List.of(operation), List.of(watch))).at(time);

  private void receive(MessageStream stream) {
    try {
      stream.receive();
    } catch (RpcException e) {
      interrupted.countDown();
    }
  }

  private int takesTenSeconds() {
    try {
      time.sleep(Duration.ofSeconds(10));
      return 10;
    } catch (InterruptedException e) {
      interrupted.countDown();
      return -1;
    }
  }

  private CompletableFuture<Integer> report(Duration timeout) {
    var caller = shop.with(CallOptions.builder().timeout(timeout).build());
    return CompletableFuture.supplyAsync(
        () -> ((Result) caller.call("Shop", REPORT, REPORT.codec().arguments())).<Integer>orThrow(),
        task -> Thread.ofVirtual().start(task));
  }

  @Test
  void answersWhenItsTimeHasCome() throws Exception {
    var report = report(Duration.ofSeconds(30));
    time.awaitWaiting(2); // the handler, and its caller

    time.advance(Duration.ofSeconds(10));

    assertThat(report.get(10, TimeUnit.SECONDS)).isEqualTo(10);
  }

  @Test
  void endsACallAtItsDeadline() throws Exception {
    var report = report(Duration.ofSeconds(3));
    time.awaitWaiting(2);

    time.advance(Duration.ofSeconds(3));

    assertThatThrownBy(() -> report.get(10, TimeUnit.SECONDS))
        .cause()
        .isInstanceOfSatisfying(
            RpcException.class, e -> assertThat(e.kind()).isEqualTo(Kind.TIMEOUT));
    assertThat(interrupted.await(10, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void endsAStreamAtItsDeadline() throws Exception {
    var halfAMinute = CallOptions.builder().timeout(Duration.ofSeconds(30)).build();
    var stream = shop.with(halfAMinute).open("Shop", WATCH);
    var end =
        CompletableFuture.supplyAsync(stream::receive, task -> Thread.ofVirtual().start(task));
    time.awaitWaiting(2);

    time.advance(Duration.ofSeconds(30));

    assertThatThrownBy(() -> end.get(10, TimeUnit.SECONDS))
        .cause()
        .isInstanceOfSatisfying(
            RpcException.class, e -> assertThat(e.kind()).isEqualTo(Kind.TIMEOUT));
    assertThat(interrupted.await(10, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void goesOnAfterAReceiveThatTimedOut() throws Exception {
    var stream = shop.open("Shop", WATCH);
    var none =
        CompletableFuture.supplyAsync(
            () -> stream.receive(Duration.ofSeconds(10)), task -> Thread.ofVirtual().start(task));
    time.awaitWaiting(2);

    time.advance(Duration.ofSeconds(10));

    assertThatThrownBy(() -> none.get(10, TimeUnit.SECONDS))
        .hasMessageContaining("no message within 10000 ms; the stream goes on");
    assertThat(interrupted.getCount()).isEqualTo(1);
    stream.cancel();
  }
}
