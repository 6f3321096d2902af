package io.windhover.http2;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.windhover.buffer.LinkBuffer;
import io.windhover.http2.frame.ErrorCode;
import io.windhover.http2.frame.Setting;
import io.windhover.http2.hpack.HeaderField;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Streams that end on one thread while another looks: in memory, in an order that the test makes,
/// or often enough where it cannot.
@Timeout(60)
final class StreamEndsTest {

  private static final Duration LIMIT = Duration.ofSeconds(10);
  private static final List<HeaderField> OK = List.of(new HeaderField(":status", "200"));
  private static final HeaderField STATUS_OK = new HeaderField(":status", "200");
  private static final HeaderField[] REQUEST = RawPeer.get("/a");

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(10, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private static Http2Options.Builder options() {
    return Http2Options.builder().maxResets(Integer.MAX_VALUE);
  }

  @Test
  void drainingLosesNoReplyThatIsWrittenWhileAnotherIsTheLast() throws Exception {
    var streams = new ConcurrentLinkedQueue<Http2Stream>();
    var server = new Http2Server(Http2Options.DEFAULT, (stream, head) -> streams.add(stream));
    var peer = MemoryPeer.of(server);
    peer.headers(1, true, REQUEST);
    peer.headers(3, true, REQUEST);
    var first = streams.remove();
    var second = streams.remove();
    server.drain();
    server.swept(peer.connection, 0);
    server.swept(peer.connection, TimeUnit.SECONDS.toNanos(2));
    peer.drop();
    var firstIsSent = new CountDownLatch(1);
    var secondIsWritten = new CountDownLatch(1);
    var firstIsDone = new CountDownLatch(1);
    peer.connection.onFlush(
        () -> {
          peer.connection.onFlush(() -> {});
          firstIsSent.countDown();
          await(secondIsWritten); // and forgotten, though not queued
        });

    var firstReply =
        new FutureTask<>(
            () -> {
              first.respond(OK, new LinkBuffer(), List.of());
              firstIsDone.countDown();
              return true;
            });
    Thread.ofPlatform().start(firstReply);
    await(firstIsSent);
    peer.connection.beforeWrite(
        () -> {
          secondIsWritten.countDown();
          await(firstIsDone);
        });
    second.respond(OK, new LinkBuffer(), List.of());

    assertThat(firstReply.get(10, TimeUnit.SECONDS)).isTrue();
    assertThat(peer.written()).containsExactly("HEADERS 1", "HEADERS 3");
    assertThat(peer.connection.isClosed()).isTrue();
  }

  /// A server whose streams are open until the test ends them.
  private static final class Holding implements StreamHandler {
    private final ConcurrentLinkedQueue<Http2Stream> opened = new ConcurrentLinkedQueue<>();
    private final MemoryPeer peer;
    private int nextId = 1;

    Holding(int maxStreams) {
      this(maxStreams, options());
    }

    Holding(int maxStreams, Http2Options.Builder options) {
      peer = MemoryPeer.of(new Http2Server(options.maxStreams(maxStreams).build(), this));
    }

    @Override
    public void opened(Http2Stream stream, RequestHead head) {
      opened.add(stream);
    }

    /// @return null if it is refused
    @Nullable Http2Stream open() {
      peer.headers(nextId, true, REQUEST);
      nextId += 2;
      return opened.poll();
    }

    Http2Stream awaitOpen() {
      var found = new ArrayList<Http2Stream>();
      ServerFixture.until(
          "there is room",
          () -> {
            var stream = open();
            if (stream != null) {
              found.add(stream);
            }
            return stream != null;
          });
      return found.getFirst();
    }
  }

  private static void run(Http2Stream stream) {
    var ran = new CountDownLatch(1);
    stream.start("windhover-test", ran::countDown);
    await(ran);
  }

  @Test
  void row17CountsAThreadThatBeginsForAStreamThatIsOver() {
    var server = new Holding(1);
    var stream = server.awaitOpen();
    server.peer.reset(stream.id());
    run(stream);
    run(stream);

    server.awaitOpen();

    assertThat(server.open()).isNull();
  }

  @Test
  void row17CountsAStreamUntilTheLastOfItsThreadsIsOver() {
    var server = new Holding(1);
    var stream = server.awaitOpen();
    var end = new CountDownLatch(1);
    stream.start("windhover-test", () -> await(end));
    run(stream);
    server.peer.reset(stream.id());

    assertThat(server.open()).isNull();
    end.countDown();
    server.awaitOpen();
  }

  @Test
  void row17CountsAStreamOnceThatIsResetWhileItsThreadEnds() {
    var server = new Holding(10);
    for (int i = 0; i < 20_000; i++) {
      var stream = server.open();
      if (stream != null) {
        stream.start("windhover-test", () -> {});
        server.peer.reset(stream.id());
      }
    }

    for (int i = 0; i < 10; i++) {
      server.awaitOpen();
    }

    assertThat(server.open()).isNull();
  }

  /// Their client cannot know that there is no room: it has reset the streams, and the threads that
  /// work for them go on.
  @Test
  void row30RefusesStreamsOfAClientThatKeepsTheLimitAndCountsThemNot() {
    var server = new Holding(2, Http2Options.builder());
    var end = new CountDownLatch(1);
    for (int i = 0; i < 2; i++) {
      var stream = server.awaitOpen();
      stream.start("windhover-test", () -> await(end));
      server.peer.reset(stream.id());
    }

    for (int i = 0; i < 500; i++) {
      assertThat(server.open()).isNull();
    }

    assertThat(server.peer.connection.isClosed()).isFalse();
    end.countDown();
    server.awaitOpen();
  }

  /// They may end each stream by a frame of its own, and cancel it, before they know.
  @Test
  void row30BearsWhatRefusedClientsHadOnItsWay() {
    var server = new Holding(1, Http2Options.builder());
    var end = new CountDownLatch(1);
    var stream = server.awaitOpen();
    stream.start("windhover-test", () -> await(end));
    server.peer.reset(stream.id());
    for (int i = 0; i < 500; i++) {
      int id = server.nextId;
      server.nextId += 2;
      server.peer.headers(id, false, REQUEST);
      server.peer.data(id, false, 100);
      server.peer.data(id, true, 0);
      server.peer.reset(id);
    }

    assertThat(server.peer.connection.isClosed()).isFalse();
    end.countDown();
  }

  @Test
  void row34aIgnoresDataOfAStreamThatWasResetHereLongAgo() throws Exception {
    var server = new Holding(10);
    server.peer.headers(1, false, REQUEST);
    server.nextId = 3;
    Objects.requireNonNull(server.opened.poll()).reset(ErrorCode.NO_ERROR);
    for (int i = 0; i < 1_000; i++) {
      server.awaitOpen().respond(OK, new LinkBuffer(), List.of());
      server.peer.drop();
    }

    server.peer.data(1, false, 100);
    server.peer.headers(1, true, new HeaderField("x-end", "1"));

    assertThat(server.peer.connection.isClosed()).isFalse();
    assertThat(server.peer.written()).isEmpty();
  }

  @Test
  void aThreadThatFailsResetsItsStream() throws Exception {
    var server = new Holding(1);
    var stream = server.awaitOpen();
    server.peer.drop();

    stream.start(
        "windhover-test",
        () -> {
          throw new IllegalStateException("on purpose");
        });
    server.awaitOpen();

    assertThat(server.peer.written()).contains("RST_STREAM 1");
  }

  @Test
  void aWriterWhoseStreamIsResetLearnsThatAndNothingElse() throws Exception {
    var server = new Holding(10);
    for (int i = 0; i < 5_000; i++) {
      var stream = server.awaitOpen();
      stream.sendHead(OK, false);
      var writes = new FutureTask<>(() -> writesUntilItFails(stream));
      Thread.ofVirtual().start(writes);
      server.peer.window(0, 100);
      server.peer.reset(stream.id());

      assertThat(writes.get(10, TimeUnit.SECONDS)).isInstanceOf(StreamException.class);
      server.peer.drop();
    }
  }

  private static RuntimeException writesUntilItFails(Http2Stream stream) {
    try {
      while (true) {
        stream.send(new LinkBuffer(), false);
      }
    } catch (RuntimeException e) {
      return e;
    }
  }

  /// Of two that wait, one would never be woken.
  @Test
  void refusesASecondThreadThatWritesWhileOneWaits() throws Exception {
    var server = new Holding(1);
    var stream = server.awaitOpen();
    stream.sendHead(OK, false);
    var first = new FutureTask<>(() -> failure(stream));
    var thread = Thread.ofVirtual().start(first);
    ServerFixture.until(
        "one waits",
        () ->
            thread.getState() == Thread.State.TIMED_WAITING && stream.connection().heldBytes() > 0);
    server.peer.drop();

    assertThatThrownBy(() -> stream.write(data(1), false, LIMIT))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("two threads send on one stream");
    assertThat(server.peer.written()).isEmpty();
    server.peer.reset(stream.id());
    assertThat(first.get(10, TimeUnit.SECONDS)).isInstanceOf(StreamException.class);
  }

  private static RuntimeException failure(Http2Stream stream)
      throws InterruptedException, TimeoutException {
    try {
      stream.write(data(1 << 20), false, LIMIT);
      throw new AssertionError("it has not waited");
    } catch (StreamException e) {
      return e;
    }
  }

  private static LinkBuffer data(int bytes) {
    var data = new LinkBuffer();
    data.writeBytes(new byte[bytes], 0, bytes);
    return data;
  }

  @Test
  void anEndThatIsReadMakesRoomForAnotherStream() throws Exception {
    var client = new Http2Client(options().maxWaitingOpens(0).build());
    var peer = MemoryPeer.of(client, new Setting(Setting.MAX_CONCURRENT_STREAMS, 1));
    var stream = client.open(ClientFixture.REQUEST, true, null, LIMIT);
    for (int i = 0; i < 5_000; i++) {
      var before = stream;
      var next = new FutureTask<>(() -> readsAndOpens(client, before));
      Thread.ofPlatform().start(next);
      peer.headers(before.id(), true, STATUS_OK);

      stream = next.get(10, TimeUnit.SECONDS);
      peer.drop();
    }
  }

  private static Http2Stream readsAndOpens(Http2Client client, Http2Stream stream)
      throws InterruptedException, TimeoutException {
    assertThat(stream.read(LIMIT)).isNull();
    return client.open(ClientFixture.REQUEST, true, null, LIMIT);
  }

  @Test
  void aRequestThatTheConnectionDoesNotTakeWasNotProcessed() {
    var client = new Http2Client(Http2Options.DEFAULT);
    var peer = MemoryPeer.of(client);
    peer.connection.abort();

    assertThatThrownBy(
            () -> client.request(ClientFixture.REQUEST, LinkBuffer.wrap(new byte[9]), null, LIMIT))
        .isInstanceOfSatisfying(
            StreamException.class, e -> assertThat(e.isNotProcessed()).isTrue());
    assertThat(client.openStreams()).isZero();
    assertThat(client.heldBytes()).isZero();
  }

  @Test
  void tellsWhoWaitsThatAllIdsAreUsed() throws Exception {
    var keepAlive = new KeepAliveInterval(Http2Options.DEFAULT);
    var client = new Http2Client(Http2Options.DEFAULT, keepAlive, Integer.MAX_VALUE - 2);
    var peer = MemoryPeer.of(client, new Setting(Setting.MAX_CONCURRENT_STREAMS, 1));
    var first = client.open(ClientFixture.REQUEST, true, null, LIMIT);
    var opening = new ArrayList<FutureTask<Http2Stream>>();
    for (int i = 0; i < 2; i++) {
      var task = new FutureTask<>(() -> client.open(ClientFixture.REQUEST, true, null, LIMIT));
      var thread = Thread.ofPlatform().start(task);
      ServerFixture.until("it waits", () -> thread.getState() == Thread.State.TIMED_WAITING);
      opening.add(task);
    }

    first.close();

    assertThat(opening.getFirst().get(10, TimeUnit.SECONDS).id()).isEqualTo(Integer.MAX_VALUE);
    assertThatThrownBy(() -> opening.getLast().get(5, TimeUnit.SECONDS))
        .hasRootCauseInstanceOf(StreamException.class);
    peer.drop();
  }
}
