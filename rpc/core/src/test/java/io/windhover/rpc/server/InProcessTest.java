package io.windhover.rpc.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.windhover.rpc.BusinessException;
import io.windhover.rpc.CallOptions;
import io.windhover.rpc.Invocation;
import io.windhover.rpc.Metadata;
import io.windhover.rpc.RpcException;
import io.windhover.rpc.RpcException.Kind;
import io.windhover.rpc.fixture.EchoFixture;
import io.windhover.rpc.fixture.EventRecorder;
import io.windhover.rpc.fixture.Text;
import io.windhover.rpc.fixture.TurnedTime;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
final class InProcessTest {

  @Test
  void callsThroughTheMiddlewareOfItsServer() throws IOException {
    var seen = new ArrayList<Object>();
    try (var server =
        Server.builder()
            .port(0)
            .service(EchoFixture.serve(text -> text + "!"))
            .middleware(
                next ->
                    (invocation, request) -> {
                      seen.add(invocation.name());
                      seen.add(request);
                      return next.call(invocation, request);
                    })
            .start()) {
      assertThat(EchoFixture.echo(server.inProcess(), "hi")).isEqualTo("hi!");
    }
    assertThat(seen).containsExactly("Echo/echo", new Text("hi"));
  }

  @Test
  void tellsTheListenerOfItsServer() throws Exception {
    var events = new EventRecorder();
    try (var server =
        Server.builder()
            .port(0)
            .service(EchoFixture.serve(text -> text))
            .listener(events)
            .start()) {
      EchoFixture.echo(server.inProcess(), "hi");
    }

    assertThat(events.events(6))
        .containsExactly(
            "started Echo/echo", "received 0", "handling", "handled null", "sent 0", "ended null");
  }

  @Test
  void runsOneWayCallsBehindTheCaller() throws Exception {
    var notes = new LinkedBlockingQueue<Thread>();
    var caller =
        serve(
            text -> {
              notes.add(Thread.currentThread());
              return text;
            });

    EchoFixture.note(caller, "remember");

    assertThat(notes.poll(10, TimeUnit.SECONDS)).isNotSameAs(Thread.currentThread());
  }

  @Test
  void endsACallAtItsDeadlineOnBothSides() throws Exception {
    var interrupted = new CountDownLatch(1);
    var caller = serve(text -> waitForEver(interrupted)).with(timeout(50));

    assertThatThrownBy(() -> EchoFixture.echo(caller, ""))
        .isInstanceOfSatisfying(
            RpcException.class, e -> assertThat(e.kind()).isEqualTo(Kind.TIMEOUT))
        .hasMessageContaining("calling Echo/echo on this process: ");
    interrupted.await();
  }

  @Test
  void saysHowLongACallTookThatFailed() {
    var time = new TurnedTime();
    var calls =
        InProcess.of(
                EchoFixture.serve(
                    _ -> {
                      time.turn(Duration.ofMillis(30));
                      throw new IllegalStateException("no");
                    }))
            .at(time);

    var failure = EchoFixture.failure(calls);

    assertThat(failure.elapsed()).contains(Duration.ofMillis(30));
    assertThat(failure).hasMessageContaining("(after 30 ms)");
  }

  @Test
  void endsACallWithItsServerThoughTheHandlerGoesOn() throws Exception {
    var begun = new CountDownLatch(1);
    var mayReturn = new CountDownLatch(1);
    var server =
        Server.builder()
            .address(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
            .stopTimeout(Duration.ofMillis(100))
            .service(
                EchoFixture.serve(
                    text -> {
                      begun.countDown();
                      InProcessStreamTest.awaitUninterrupted(mayReturn);
                      return text;
                    }))
            .start();
    var call =
        CompletableFuture.supplyAsync(
            () -> EchoFixture.echo(server.inProcess().with(timeout(15_000)), ""));
    begun.await();

    server.stop();

    assertThatThrownBy(() -> call.get(10, TimeUnit.SECONDS))
        .cause()
        .isInstanceOfSatisfying(
            RpcException.class, e -> assertThat(e.kind()).isEqualTo(Kind.DISCONNECTED));
    mayReturn.countDown();
  }

  @Test
  void endsACallWithItsCaller() throws Exception {
    var interrupted = new CountDownLatch(1);
    var me = Thread.currentThread();
    var caller =
        serve(
                text -> {
                  me.interrupt();
                  return waitForEver(interrupted);
                })
            .with(timeout(20_000));

    assertThatThrownBy(() -> EchoFixture.echo(caller, ""))
        .isInstanceOfSatisfying(
            RpcException.class, e -> assertThat(e.kind()).isEqualTo(Kind.CANCELLED));
    assertThat(Thread.interrupted()).isTrue();
    interrupted.await();
  }

  @Test
  void carriesMetadataBothWays() {
    var received = new HashMap<String, String>();
    var caller =
        serve(
                text -> {
                  var call = Invocation.current().orElseThrow();
                  call.replyMetadata().put("cost", "7");
                  return call.metadata().get("who").orElse("nobody") + call.origin().name();
                })
            .with(
                CallOptions.builder()
                    .metadata(Metadata.of("who", "me "))
                    .onReplyMetadata(received::putAll)
                    .build());

    assertThat(EchoFixture.echo(caller, "")).isEqualTo("me in-process");
    assertThat(received).containsExactly(Map.entry("cost", "7"));
  }

  @Test
  void tellsOfMetadataWithABusinessStatusToo() {
    var told = new ArrayList<Map<String, String>>();
    var caller =
        serve(
                text -> {
                  throw new BusinessException(404, "no");
                })
            .with(CallOptions.builder().onReplyMetadata(told::add).build());

    assertThatThrownBy(() -> EchoFixture.echo(caller, "")).isInstanceOf(BusinessException.class);
    assertThat(told).containsExactly(Map.of());
  }

  @Test
  void tellsOfNoMetadataWithoutAReply() {
    var told = new ArrayList<Map<String, String>>();
    var options =
        CallOptions.builder().onReplyMetadata(told::add).timeout(Duration.ofMillis(200)).build();
    var fails =
        serve(
                text -> {
                  throw new IllegalStateException("s3cret");
                })
            .with(options);
    var late = serve(text -> waitForEver(new CountDownLatch(1))).with(options);

    assertThatThrownBy(() -> EchoFixture.echo(fails, "")).isInstanceOf(RpcException.class);
    assertThatThrownBy(() -> EchoFixture.echo(late, "")).isInstanceOf(RpcException.class);
    assertThat(told).isEmpty();
  }

  @Test
  void leavesNestedCallsTheTimeThatIsLeft() {
    var last =
        serve(
            text -> {
              var left = Invocation.current().orElseThrow().deadline().remainingNanos();
              return Long.toString(TimeUnit.NANOSECONDS.toMillis(left));
            });
    var first = serve(text -> EchoFixture.echo(last.with(timeout(60_000)), text));

    var left = EchoFixture.echo(first.with(timeout(10_000)), "");

    assertThat(Long.parseLong(left)).isBetween(0L, 10_000L);
  }

  @Test
  void throwsWhatCallersWouldGetOverTheWire() {
    var status = new BusinessException(404, "no");
    var saysNo =
        serve(
            text -> {
              throw status;
            });
    var fails =
        serve(
            text -> {
              throw new IllegalStateException("s3cret");
            });

    assertThatThrownBy(() -> EchoFixture.echo(saysNo, "")).isSameAs(status);
    assertThatThrownBy(() -> EchoFixture.echo(fails, ""))
        .isInstanceOfSatisfying(RpcException.class, e -> assertThat(e.remoteCode()).isEqualTo(6))
        .hasMessageContaining("Echo/echo failed in its handler, error id ")
        .hasMessageNotContaining("s3cret");
    assertThatThrownBy(() -> EchoFixture.callUnknown(fails))
        .isInstanceOfSatisfying(RpcException.class, e -> assertThat(e.remoteCode()).isEqualTo(1));
    assertThatThrownBy(() -> EchoFixture.echo(fails, "Other", ""))
        .isInstanceOfSatisfying(RpcException.class, e -> assertThat(e.remoteCode()).isEqualTo(20));
  }

  @Test
  void saysWhatToDoAsOverTheWire() {
    var fails =
        serve(
            text -> {
              throw new IllegalStateException("s3cret");
            });

    assertThatThrownBy(() -> EchoFixture.echo(fails, ""))
        .isInstanceOfSatisfying(RpcException.class, e -> assertThat(e.errorId()).isPresent());
    assertThatThrownBy(() -> EchoFixture.echo(fails, "Other", ""))
        .isInstanceOfSatisfying(
            RpcException.class, e -> assertThat(e.hint()).contains("Is this the right server?"));
  }

  private static InProcess serve(UnaryOperator<String> handler) {
    return InProcess.of(List.of(EchoFixture.serve(handler)), List.of());
  }

  private static CallOptions timeout(long millis) {
    return CallOptions.builder().timeout(Duration.ofMillis(millis)).build();
  }

  private static String waitForEver(CountDownLatch interrupted) {
    try {
      new CountDownLatch(1).await();
    } catch (InterruptedException e) {
      interrupted.countDown();
    }
    return "";
  }
}
