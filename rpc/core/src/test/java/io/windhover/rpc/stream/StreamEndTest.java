package io.windhover.rpc.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.windhover.netpoll.testing.LeakCheck;
import io.windhover.rpc.BusinessException;
import io.windhover.rpc.CallListener;
import io.windhover.rpc.Deadline;
import io.windhover.rpc.Method;
import io.windhover.rpc.RpcException;
import io.windhover.rpc.RpcException.Kind;
import io.windhover.rpc.Service;
import io.windhover.rpc.StreamOperation;
import io.windhover.rpc.StreamSender;
import io.windhover.rpc.fixture.Eventually;
import io.windhover.rpc.fixture.TestCall;
import io.windhover.rpc.fixture.Text;
import io.windhover.rpc.server.dispatch.TestStreamHandlers;
import io.windhover.rpc.wire.RequestObjects;
import io.windhover.rpc.wire.TTHeader;
import io.windhover.rpc.wire.WireException;
import io.windhover.thrift.StructCodec;
import io.windhover.thrift.ThriftReader;
import io.windhover.thrift.ThriftWriter;
import io.windhover.thrift.call.CallCodec;
import java.net.SocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Ends of streams that go wrong at the last moment, and what is given back.
@Timeout(30)
final class StreamEndTest {

  private static final String TOO_LONG = "x".repeat(70_000);

  /// Each message becomes objects of 800,000 bytes.
  private static final StructCodec<Text> GREEDY =
      new StructCodec<>() {
        @Override
        public Text read(ThriftReader in) {
          for (int i = 0; i < 100; i++) {
            in.structBegin(1000);
            in.structEnd();
          }
          return Text.CODEC.read(in);
        }

        @Override
        public void write(Text value, ThriftWriter out) {
          throw new AssertionError();
        }
      };

  private static final Method<CallCodec> MANY =
      new Method<>("chat", Method.Kind.BIDI_STREAM, new TestCall<>(GREEDY, Text.CODEC));

  @Test
  void streamEndsThoughItsTrailerDoesNotFit() throws Exception {
    try (var loopback =
            new Loopback(Loopback.chat((in, out) -> out.trailer().put("notes", TOO_LONG)));
        var chat = loopback.chat()) {
      assertThatExceptionOfType(RpcException.class)
          .isThrownBy(chat::receive)
          .withMessageContaining("the end of the stream cannot be written");
    }
  }

  @Test
  void streamEndsThoughItsStatusOrHeaderDoesNotFit() throws Exception {
    try (var loopback =
            new Loopback(
                Loopback.chat(
                    (in, out) -> {
                      out.header().put("notes", TOO_LONG);
                      throw new BusinessException(7, TOO_LONG);
                    }));
        var chat = loopback.chat()) {
      assertThatExceptionOfType(RpcException.class)
          .isThrownBy(chat::receive)
          .withMessageContaining("the end of the stream cannot be written");
    }
  }

  /// What waited to be received when the handler closed its side is room again.
  @Test
  void closingTheReceiverLetsTheOtherSideSendOn() throws Exception {
    var windowIsFull = new CountDownLatch(1);
    var allSent = new CountDownLatch(1);
    var kilobyte = new Text("x".repeat(1000));
    try (var loopback =
            new Loopback(
                Loopback.join(
                    in -> {
                      await(windowIsFull);
                      in.close();
                      await(allSent);
                      return new Text("enough");
                    }));
        var join = loopback.join()) {
      for (int i = 0; i < 15; i++) { // of 16 KiB
        join.send(kilobyte);
      }
      windowIsFull.countDown();
      for (int i = 0; i < 100; i++) {
        join.send(kilobyte);
      }
      allSent.countDown();

      assertThat(join.finish()).isEqualTo(new Text("enough"));
    }
  }

  @Test
  void closingDropsWhatWaitsThoughTheServerHasEndedTheStream() throws Exception {
    try (var loopback = new Loopback(Loopback.chat((in, out) -> sendThree(out)))) {
      var chat = loopback.chat();
      assertThat(chat.receive()).isPresent();
      Eventually.await(() -> loopback.openedStreams() == 0);
      assertThat(loopback.clientHeldBytes()).isGreaterThan(8000);

      chat.close();

      assertThat(loopback.clientHeldBytes()).isZero();
      assertThatExceptionOfType(RpcException.class)
          .isThrownBy(chat::receive)
          .withMessageContaining("closed before its end");
    }
  }

  @Test
  void streamEndsThoughItsServerFailsToEndIt() throws Exception {
    var handlers =
        TestStreamHandlers.of(
            new Service("Notes", List.of(), List.of(Loopback.chat((in, out) -> {}))));
    try (var loopback = new Loopback(Loopback.OPTIONS, new Failing(handlers));
        var chat = loopback.chat()) {
      assertThatExceptionOfType(RpcException.class)
          .isThrownBy(() -> chat.receive(Duration.ofSeconds(10)))
          .withMessageContaining("code 6: the server failed to end the stream");
      Eventually.await(() -> loopback.servedStreams() == 0);
    }
  }

  /// @param found what finds the handlers
  private record Failing(StreamHandlers found) implements StreamHandlers {
    @Override
    public CallListener listener() {
      return found.listener();
    }

    @Override
    public StreamRoute find(@Nullable String service, String method) {
      return found.find(service, method);
    }

    @Override
    public Deadline deadline(TTHeader header, long startNanos) {
      return found.deadline(header, startNanos);
    }

    @Override
    public void refused(WireException why, SocketAddress remoteAddress) {
      found.refused(why, remoteAddress);
    }

    @Override
    public void serve(ServedStream stream, StreamRoute route) {
      throw new IllegalStateException("no end");
    }
  }

  private static void sendThree(StreamSender<Text> out) {
    for (int i = 0; i < 3; i++) {
      out.send(new Text("x".repeat(4000)));
    }
  }

  @Test
  void closingAStreamThatWasReadToItsEndChangesNothing() throws Exception {
    try (var loopback = new Loopback(Loopback.chat((in, out) -> {}))) {
      var chat = loopback.chat();
      assertThat(chat.receive()).isEmpty();

      chat.close();

      assertThat(chat.receive()).isEmpty();
    }
  }

  @Test
  void handlersReturnDropsWhatWaitsThoughTheConnectionHasEnded() throws Exception {
    var running = new CountDownLatch(1); // or the abort would keep it from running
    var mayReturn = new CountDownLatch(1);
    try (var loopback =
        new Loopback(
            Loopback.join(
                in -> {
                  running.countDown();
                  awaitUninterrupted(mayReturn);
                  return new Text("unheard");
                }))) {
      var join = loopback.join();
      for (int i = 0; i < 3; i++) {
        join.send(new Text("x".repeat(4000)));
      }
      Eventually.await(() -> loopback.serverHeldBytes() > 12_000);
      running.await();
      loopback.abortClientConnection();
      Eventually.await(() -> loopback.servedStreams() == 0);
      assertThat(loopback.serverHeldBytes()).isGreaterThan(12_000);

      mayReturn.countDown();

      Eventually.await(() -> loopback.serverHeldBytes() == 0);
    }
  }

  private static void awaitUninterrupted(CountDownLatch latch) {
    while (latch.getCount() > 0) {
      try {
        latch.await();
      } catch (InterruptedException e) {
        // the loss of the connection cancels the handler
      }
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void objectsOfMessagesCountUntilTheNextOne() throws Exception {
    var objects = new RequestObjects(1 << 20);
    var during = new ArrayList<Long>();
    try (var loopback =
        new Loopback(
            Loopback.OPTIONS,
            objects,
            StreamOperation.bidiStream(
                MANY,
                (in, out) ->
                    in.forEach(
                        message -> {
                          during.add(objects.heldBytes());
                          out.send(new Text("taken"));
                        })))) {
      try (var chat = loopback.chat()) {
        for (int i = 0; i < 3; i++) {
          chat.send(new Text("one"));
          assertThat(chat.receive()).contains(new Text("taken"));
        }
        chat.end();
        assertThat(chat.receive()).isEmpty();
      }
      while (objects.heldBytes() > 0) { // bounded by the test's timeout
        Thread.onSpinWait();
      }
    }
    assertThat(during)
        .hasSize(3)
        .allSatisfy(held -> assertThat(held).isBetween(700_000L, 1L << 20));
  }

  @Test
  void messageWhoseObjectsTakeTooMuchEndsItsStream() throws Exception {
    var objects = new RequestObjects(700_000);
    try (var loopback =
            new Loopback(
                Loopback.OPTIONS,
                objects,
                StreamOperation.bidiStream(MANY, (in, out) -> in.receive()));
        var chat = loopback.chat(Duration.ofSeconds(20))) {
      chat.send(new Text("one"));

      assertThatExceptionOfType(RpcException.class)
          .isThrownBy(chat::receive)
          .satisfies(e -> assertThat(e.getMessage()).isNotEmpty());
      while (objects.heldBytes() > 0) {
        Thread.onSpinWait();
      }
    }
  }

  /// The header of such a stream waits for the request.
  @Test
  void streamThatIsGivenUpBeforeItsRequestLeavesNothingBehind() throws Exception {
    var leaks = LeakCheck.begin();
    try (var loopback = new Loopback(Loopback.count((request, out) -> {}))) {
      var given = loopback.open(Loopback.COUNT);
      given.send(new Text("never sent"));
      given.cancel();

      assertThat(loopback.count("served")).isEmpty();
      assertThat(loopback.servedStreams()).isZero();
    }
    leaks.end(Duration.ofSeconds(10));
  }

  @Test
  void streamThatLosesItsConnectionBeforeItsRequestLeavesNothingBehind() throws Exception {
    var leaks = LeakCheck.begin();
    try (var loopback = new Loopback(Loopback.count((request, out) -> {}))) {
      assertThat(loopback.count("served")).isEmpty();
      var held = loopback.open(Loopback.COUNT);
      loopback.abortServerConnections();
      Eventually.await(() -> loopback.openConnections() == 0);

      assertThatExceptionOfType(RpcException.class)
          .isThrownBy(held::receive)
          .satisfies(e -> assertThat(e.kind()).isEqualTo(Kind.NOT_SENT));
    }
    leaks.end(Duration.ofSeconds(10));
  }
}
