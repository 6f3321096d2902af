package io.windhover.rpc.server.dispatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.windhover.rpc.ApplicationException;
import io.windhover.rpc.BusinessException;
import io.windhover.rpc.CallListener;
import io.windhover.rpc.Deadline;
import io.windhover.rpc.Invocation;
import io.windhover.rpc.Method;
import io.windhover.rpc.ReplyMetadata;
import io.windhover.rpc.fixture.EchoFixture;
import io.windhover.rpc.stream.ServedStream;
import io.windhover.rpc.stream.StreamRoute;
import io.windhover.thrift.call.Signature;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class StreamDispatcherTest {

  @Test
  void givesItsPlaceBackWhateverItsListenerThrows() {
    var ran = new AtomicInteger();
    CallListener failingOnce =
        new CallListener() {
          private final AtomicInteger told = new AtomicInteger();

          @Override
          public void started(Invocation call) {
            if (told.getAndIncrement() == 0) {
              throw new NoClassDefFoundError("Metrics");
            }
          }
        };
    var dispatcher = dispatcher(new CallLimit(1), failingOnce);
    var route =
        new StreamRoute(
            "Notes",
            new Method<>("notes", false, Signature.EMPTY),
            (_, _) -> ran.incrementAndGet());

    assertThatThrownBy(() -> dispatcher.serve(new SilentStream(), route))
        .isInstanceOf(NoClassDefFoundError.class);
    dispatcher.serve(new SilentStream(), route);

    assertThat(ran).hasValue(1);
  }

  private static StreamDispatcher dispatcher(CallLimit limit, CallListener listener) {
    return new StreamDispatcher(
        TestPath.of(limit, TestPath.runner(), listener, EchoFixture.serve(text -> text)));
  }

  /// Has no messages, and nobody at its other side.
  private static final class SilentStream implements ServedStream {

    @Override
    public Invocation invocation() {
      return new Invocation(
          "Notes",
          new Method<>("notes", false, Signature.EMPTY),
          Deadline.after(Duration.ofSeconds(20)),
          InetSocketAddress.createUnresolved("caller", 1));
    }

    @Override
    public void finish(
        @Nullable ApplicationException error, @Nullable BusinessException business) {}

    @Override
    public void send(Object message) {}

    @Override
    public void end() {}

    @Override
    public Optional<Object> receive() {
      return Optional.empty();
    }

    @Override
    public Optional<Object> receive(Duration timeout) {
      return Optional.empty();
    }

    @Override
    public void cancel() {}

    @Override
    public ReplyMetadata header() {
      return new ReplyMetadata();
    }

    @Override
    public ReplyMetadata trailer() {
      return new ReplyMetadata();
    }
  }
}
