package io.windhover.rpc.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.windhover.buffer.LinkBuffer;
import io.windhover.netpoll.testing.MemoryConnection;
import io.windhover.rpc.CallListener;
import io.windhover.rpc.CallOptions;
import io.windhover.rpc.Deadline;
import io.windhover.rpc.Invocation;
import io.windhover.rpc.Metadata;
import io.windhover.rpc.Origin;
import io.windhover.rpc.ReplyMetadata;
import io.windhover.rpc.RpcException.Kind;
import io.windhover.rpc.fixture.Text;
import io.windhover.rpc.stream.StreamState.Event;
import io.windhover.rpc.wire.FrameType;
import io.windhover.rpc.wire.StreamFrame;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Two threads at one stream.
@Timeout(30)
final class OpenedStreamTest {

  private final MemoryConnection connection = new MemoryConnection();
  private Runnable onSent = () -> {};

  /// Else the server would keep a stream that nobody ends.
  @Test
  void resetThatOvertakesTheHeaderIsSaidAgain() throws Exception {
    var stream = opened(CallListener.NONE).open(invocation(), Loopback.COUNT);
    stream.send(new Text("request"));
    var isFirst = new AtomicBoolean(true);
    connection.beforeWrite(
        () -> {
          if (isFirst.getAndSet(false)) {
            runElsewhere(stream::cancel);
          }
        });

    stream.end();

    assertThat(written())
        .containsExactly(
            FrameType.RST, FrameType.HEADER, FrameType.DATA, FrameType.TRAILER, FrameType.RST);
  }

  @Test
  void messageOfAStreamThatWasNeverOpenedIsDropped() throws Exception {
    var givesUp =
        new CallListener() {
          @Override
          public void sent(Invocation invocation, int bytes) {
            onSent.run();
          }
        };
    var stream = opened(givesUp).open(invocation(), Loopback.COUNT);
    onSent = stream::cancel;

    stream.send(new Text("request"));

    assertThat(written()).isEmpty();
  }

  /// A handler that lives long would keep each stream whose connection was lost at this moment.
  @Test
  void streamThatEndsBeforeItBeginsIsNotKept() {
    var opened = opened(CallListener.NONE);
    var nested = new Nested();
    nested.runAsCurrent(
        () -> {
          var stream =
              new OpenedStream(
                  opened, 1, invocation(), Text.CALL, SendWindow.expecting(-1), new LinkBuffer());
          stream.end(Event.RESET, StreamFailure.of(Kind.DISCONNECTED, "lost"), true);

          begin(stream);
        });

    assertThat(nested.size()).isZero();
  }

  private static void begin(OpenedStream stream) {
    try {
      stream.begin();
    } catch (InterruptedException | TimeoutException e) {
      throw new AssertionError(e);
    }
  }

  private OpenedStreams opened(CallListener listener) {
    var options = Loopback.OPTIONS;
    var opened = new OpenedStreams(options, listener) {};
    opened.opened(connection);
    return opened;
  }

  private static Invocation invocation() {
    return new Invocation(
        "Notes",
        Loopback.COUNT,
        Deadline.after(Duration.ofSeconds(30)),
        InetSocketAddress.createUnresolved("server", 1),
        Metadata.NONE,
        new Origin("tests", ""),
        new ReplyMetadata(),
        CallOptions.NONE);
  }

  private static void runElsewhere(Runnable step) {
    try {
      Thread.ofVirtual().start(step).join();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private List<FrameType> written() throws InterruptedException {
    var types = new ArrayList<FrameType>();
    while (connection.writtenCount() > 0) {
      try (var frames = connection.nextWritten(Duration.ofSeconds(1))) {
        while (frames.size() > 0) {
          try (var frame =
              frames.slice(StreamFrame.frameBytes(frames, Loopback.OPTIONS.limits()))) {
            types.add(StreamFrame.read(frame, Loopback.OPTIONS.limits()).type());
          }
        }
      }
    }
    return types;
  }
}
