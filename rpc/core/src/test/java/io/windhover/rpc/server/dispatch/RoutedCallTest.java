package io.windhover.rpc.server.dispatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.windhover.rpc.ApplicationException;
import io.windhover.rpc.CallListener;
import io.windhover.rpc.Invocation;
import io.windhover.rpc.Service;
import io.windhover.rpc.codec.MalformedMessageException;
import io.windhover.rpc.fixture.EchoFixture;
import io.windhover.rpc.fixture.NotesFixture;
import io.windhover.rpc.fixture.Text;
import io.windhover.rpc.transport.CallEnding;
import io.windhover.rpc.transport.CallHead;
import io.windhover.rpc.transport.ServedCall;
import io.windhover.rpc.transport.ServerCalls;
import io.windhover.rpc.wire.ErrorCode;
import io.windhover.rpc.wire.RequestObjects;
import io.windhover.rpc.wire.WireLimits;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
final class RoutedCallTest {

  private final RequestBudget budget = new RequestBudget(10_000);
  private final RequestObjects objects = new RequestObjects(100_000);
  private final List<String> events = new ArrayList<>();
  private final List<CallEnding> endings = new ArrayList<>();
  private final ServerCalls calls = calls(EchoFixture.serve(text -> text + "!"));

  private ServerCalls calls(Service service) {
    return new RoutedCalls(
        new CallPath(
            TestPath.router(service),
            new TimeoutPolicy(null, Duration.ofMinutes(1)),
            new CallLimit(2),
            TestPath.runner(),
            new Listener()),
        WireLimits.ofMessageBytes(4096),
        budget,
        objects,
        () -> false);
  }

  private final class Listener implements CallListener {
    @Override
    public void started(Invocation call) {
      events.add("started");
    }

    @Override
    public void received(Invocation call, int bytes) {
      events.add("received " + bytes);
    }

    @Override
    public void handled(Invocation call, @Nullable Throwable failure) {
      events.add("handled");
    }

    @Override
    public void sent(Invocation call, int bytes) {
      events.add("sent " + bytes);
    }

    @Override
    public void ended(Invocation call, @Nullable Throwable failure) {
      events.add("ended " + (failure == null ? "well" : failure.getMessage()));
    }
  }

  @Test
  void runsWithinTheServersLimits() {
    try (var call = calls.begin(head(100).withTimeout(Duration.ofHours(1)))) {
      assertThat(call.invocation().deadline().remainingNanos())
          .isLessThanOrEqualTo(Duration.ofMinutes(1).toNanos());

      call.run(new Text("hi"), this::reply);
    }

    assertThat(endings).containsExactly(new CallEnding.Returned(new Text("hi!")));
    assertThat(events)
        .containsExactly("started", "received 100", "handled", "sent 7", "ended well");
  }

  private int reply(CallEnding ending) {
    endings.add(ending);
    return 7;
  }

  @Test
  void givesBackWhatItHeldOnce() {
    var call = calls.begin(head(100));
    assertThat(call.objects().take(5000, 0)).isTrue();
    assertThat(budget.heldBytes()).isEqualTo(100);
    assertThat(objects.heldBytes()).isEqualTo(5000);

    call.close();
    call.close();

    assertThat(budget.heldBytes()).isZero();
    assertThat(objects.heldBytes()).isZero();
  }

  @Test
  void givesBackWhatAMessageOfAStreamHeldBeforeTheNextIsRead() {
    var head = CallHead.of("Notes", "chat", new InetSocketAddress(1), 0);
    try (var stream = calls(NotesFixture.service(NotesFixture::echo)).open(head)) {
      assertThat(stream.objects().take(5000, 0)).isTrue();
      assertThat(stream.objects().take(3000, 0)).isTrue();

      assertThat(objects.heldBytes()).isEqualTo(3000);
    }
    assertThat(objects.heldBytes()).isZero();
  }

  @Test
  void isRefusedWhenOthersHoldTooMuch() {
    try (var _ = calls.begin(head(9_000))) {
      assertThatThrownBy(() -> calls.begin(head(2_000)))
          .isInstanceOf(ApplicationException.class)
          .hasMessageContaining("no room for a request of 2000 bytes")
          .isInstanceOfSatisfying(
              ApplicationException.class,
              e -> assertThat(e.code()).isEqualTo(ErrorCode.OVERLOADED.number()));
      calls.begin(head(100)).close(); // what was refused has left its place
    }
    assertThat(budget.heldBytes()).isZero();
  }

  @Test
  void isRefusedWhenAsManyRunAsMay() {
    try (var _ = calls.begin(head(100));
        var _ = calls.begin(head(100))) {
      assertThatThrownBy(() -> calls.begin(head(100)))
          .isInstanceOf(ApplicationException.class)
          .hasMessageContaining("2 calls run already");
    }
    assertThat(budget.heldBytes()).isZero();
  }

  @Test
  void makesRoomForTheNextBeforeItsCallerHasTheReply() {
    try (var _ = calls.begin(head(100));
        var call = calls.begin(head(100))) {
      call.run(
          new Text("hi"),
          ending -> {
            calls.begin(head(100)).close();
            return reply(ending);
          });
    }
    assertThat(endings).hasSize(1);
    try (var _ = calls.begin(head(100)); // its place has come back once
        var _ = calls.begin(head(100))) {
      assertThatThrownBy(() -> calls.begin(head(100))).isInstanceOf(ApplicationException.class);
    }
  }

  @Test
  void runsOnceAndNotOnceItIsClosed() {
    var call = calls.begin(head(100));
    call.run(new Text("hi"), this::reply);

    assertThatThrownBy(() -> call.run(new Text("hi"), this::reply))
        .isInstanceOf(IllegalStateException.class);
    call.close();
    var closed = calls.begin(head(100));
    closed.close();
    assertThatThrownBy(() -> closed.run(new Text("hi"), this::reply))
        .isInstanceOf(IllegalStateException.class);
    assertThat(endings).hasSize(1);
  }

  @Test
  void runsOnceThoughItsHandlerHasNotReturned() {
    var running = new AtomicReference<ServedCall>();
    var again = new AtomicReference<@Nullable Throwable>();
    var nested =
        calls(
            EchoFixture.serve(
                text -> {
                  var itself = Objects.requireNonNull(running.get());
                  again.set(catchThrowable(() -> itself.run(new Text(text), this::reply)));
                  return text;
                }));
    try (var call = nested.begin(head(100))) {
      running.set(call);
      call.run(new Text("hi"), this::reply);
    }

    assertThat(again.get()).isInstanceOf(IllegalStateException.class);
    assertThat(endings).hasSize(1);
  }

  @Test
  void givesItsPlaceBackOnceIfAListenerFails() {
    var failing =
        new CallListener() {
          @Override
          public void handled(Invocation call, @Nullable Throwable failure) {
            throw new IllegalStateException("a listener's");
          }
        };
    var limit = new CallLimit(2);
    var path =
        new CallPath(
            TestPath.router(EchoFixture.serve(text -> text)),
            TimeoutPolicy.AS_ASKED,
            limit,
            TestPath.runner(),
            failing);
    var called =
        new RoutedCalls(path, WireLimits.ofMessageBytes(4096), budget, objects, () -> false);

    try (var call = called.begin(head(100))) {
      assertThatThrownBy(() -> call.run(new Text("hi"), this::reply)).hasMessage("a listener's");
      assertThat(limit.running()).hasValue(0);
    }

    assertThat(limit.running()).hasValue(0);
  }

  @Test
  void doesNotRunOnceItIsCancelled() {
    try (var call = calls.begin(head(100))) {
      call.cancel();
      call.run(new Text("hi"), this::reply);
    }

    assertThat(endings).singleElement().isInstanceOf(CallEnding.Failed.class);
  }

  @Test
  void tellsListenersOfAReplyThatFails() {
    try (var call = calls.begin(head(100))) {
      assertThatThrownBy(
              () ->
                  call.run(
                      new Text("hi"),
                      ending -> {
                        throw new IllegalStateException("cannot write");
                      }))
          .hasMessage("cannot write");
    }
    assertThat(events).last().isEqualTo("ended cannot write");
  }

  @Test
  void tellsHowItFailedIfItsReplyCannotBeWritten() {
    try (var call = calls.begin(head(100))) {
      call.run(
          new Text("hi"),
          ending -> {
            if (ending instanceof CallEnding.Returned) {
              throw new MalformedMessageException("not a text");
            }
            return reply(ending);
          });
    }

    assertThat(endings)
        .singleElement()
        .isInstanceOfSatisfying(
            CallEnding.Failed.class,
            failed -> {
              assertThat(failed.error().code()).isEqualTo(ErrorCode.PROTOCOL_ERROR.number());
              assertThat(failed.error().text())
                  .isEqualTo("the reply cannot be written: not a text");
            });
    assertThat(events).last().asString().endsWith("the reply cannot be written: not a text");
  }

  @Test
  void keepsToItselfWhatACodecsMistakeWas() {
    try (var call = calls.begin(head(100))) {
      call.run(
          new Text("hi"),
          ending -> {
            if (ending instanceof CallEnding.Returned) {
              throw new ClassCastException("secret");
            }
            return reply(ending);
          });
    }

    assertThat(endings)
        .singleElement()
        .isInstanceOfSatisfying(
            CallEnding.Failed.class,
            failed ->
                assertThat(failed.error().text()).contains("error id").doesNotContain("secret"));
  }

  private static CallHead head(int bytes) {
    return CallHead.of("Echo", "echo", new InetSocketAddress(1), bytes);
  }
}
