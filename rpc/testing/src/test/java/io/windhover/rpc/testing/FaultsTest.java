package io.windhover.rpc.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.windhover.rpc.BusinessException;
import io.windhover.rpc.Deadline;
import io.windhover.rpc.Endpoint;
import io.windhover.rpc.Invocation;
import io.windhover.rpc.Method;
import io.windhover.rpc.RpcException;
import io.windhover.rpc.RpcException.Kind;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
final class FaultsTest {

  private static final String METHOD = "Shop/buy";

  private final VirtualTime time = new VirtualTime();
  private final AtomicInteger arrived = new AtomicInteger();
  private final Faults faults = new Faults();
  private final Endpoint endpoint =
      faults.wrap(
          (invocation, request) -> {
            arrived.incrementAndGet();
            return "answer";
          });

  @Test
  void passesOnWhatItHasNoOrderFor() {
    faults.all("Shop/sell").fail(Kind.TIMEOUT);

    assertThat(call()).isEqualTo("answer");
    assertThat(faults.calls(METHOD)).isOne();
    assertThat(faults.calls("Shop/sell")).isZero();
  }

  @Test
  void failsSoManyCallsAndNoMore() {
    faults.next(2, METHOD).fail(Kind.NOT_SENT);

    assertFails(Kind.NOT_SENT);
    assertFails(Kind.NOT_SENT);
    assertThat(call()).isEqualTo("answer");
    assertThat(arrived).hasValue(1);
  }

  @Test
  void failsAllUntilItIsCleared() {
    faults.all(METHOD).fail(Kind.DISCONNECTED);

    assertFails(Kind.DISCONNECTED);
    assertFails(Kind.DISCONNECTED);
    faults.clear();
    assertThat(call()).isEqualTo("answer");
    assertThat(faults.calls(METHOD)).isEqualTo(3);
  }

  @Test
  void losesTheReplyOfACallThatWasMade() {
    faults.next(1, METHOD).loseReply();

    assertFails(Kind.DISCONNECTED);
    assertThat(arrived).hasValue(1);
  }

  @Test
  void throwsWhatATestWants() {
    faults.next(1, METHOD).throwing(new BusinessException(7, "sold out"));

    assertThatThrownBy(this::call).isInstanceOf(BusinessException.class).hasMessage("7: sold out");
  }

  @Test
  void delaysInTheTimeOfTheCall() throws Exception {
    faults.next(1, METHOD).delay(Duration.ofSeconds(5));
    var answer = CompletableFuture.supplyAsync(this::call);
    time.awaitWaiting(1);
    assertThat(arrived).hasValue(0);

    time.advance(Duration.ofSeconds(5));

    assertThat(answer.get(10, TimeUnit.SECONDS)).isEqualTo("answer");
  }

  @Test
  void endsADelayAtTheDeadline() throws Exception {
    faults.next(1, METHOD).delay(Duration.ofHours(1));
    var failed = CompletableFuture.runAsync(() -> assertFails(Kind.TIMEOUT));
    time.awaitWaiting(1);

    time.advance(Duration.ofSeconds(30));

    failed.get(10, TimeUnit.SECONDS);
    assertThat(arrived).hasValue(0);
  }

  private void assertFails(Kind kind) {
    assertThatThrownBy(this::call)
        .isInstanceOfSatisfying(
            RpcException.class, failure -> assertThat(failure.kind()).isEqualTo(kind));
  }

  private Object call() {
    var invocation =
        new Invocation(
            "Shop",
            new Method<>("buy", false, ""),
            Deadline.after(Duration.ofSeconds(30), time),
            InetSocketAddress.createUnresolved("shop", 1));
    return endpoint.call(invocation, "request");
  }
}
