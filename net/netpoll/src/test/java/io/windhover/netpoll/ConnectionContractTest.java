package io.windhover.netpoll;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.windhover.buffer.LinkBuffer;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What connections do over real sockets, whichever back end polls them. The peers are plain JDK
/// sockets.
abstract class ConnectionContractTest extends PollerFixture {

  private SocketAddress address(boolean unix) {
    return unix ? unix() : tcp();
  }

  static Socket connect(SocketAddress address) throws IOException {
    var tcp = (InetSocketAddress) address;
    var socket = new Socket(tcp.getAddress(), tcp.getPort());
    socket.setSoTimeout((int) Waiting.LIMIT.toMillis());
    return socket;
  }

  private static String readFrame(Socket socket) throws IOException {
    var in = new DataInputStream(socket.getInputStream());
    return new String(in.readNBytes(in.readInt()), UTF_8);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void echoes(boolean unix) {
    var address = listen(address(unix), PollerFixture::echo);
    var client = new Recorder();

    var connection = dial(address, client);
    connection.write(Frames.of("hello"));
    connection.write(Frames.of(""));

    assertThat(Waiting.next(client.events)).isEqualTo("opened");
    assertThat(Waiting.next(client.events)).isEqualTo("frame hello");
    assertThat(Waiting.next(client.events)).isEqualTo("frame ");
    assertThat(connection.remoteAddress()).isEqualTo(address);
    assertThat(connection.isOpen()).isTrue();
    assertThat(group.openConnections()).isEqualTo(2);
    connection.close();
    client.awaitClosed();
    firstAccepted().awaitClosed();
    assertThat(client.closeReason).isEqualTo(CloseReason.CLOSED_HERE);
    assertThat(connection.localAddress()).as("known after the end").isNotNull();
  }

  @Test
  void readsOneByteSegments() throws IOException {
    var address = listen(tcp(), PollerFixture::echo);

    try (var peer = connect(address)) {
      peer.setTcpNoDelay(true);
      for (int i = 0; i < 3; i++) {
        for (byte one : Frames.bytes("frame " + i)) {
          peer.getOutputStream().write(one);
        }
        assertThat(readFrame(peer)).isEqualTo("frame " + i);
      }
    }
  }

  /// 8 MiB each way in odd chunks, while the peer reads only what it must to go on writing.
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void carriesLargeFramesToASlowReader(boolean unix) throws Exception {
    byte[] body = new byte[8 << 20];
    new Random(1).nextBytes(body);
    byte[] frame = Frames.bytes(body);
    var address = listen(address(unix), PollerFixture::echo);

    try (var peer = SocketChannel.open(address)) {
      var writer =
          Thread.ofVirtual()
              .start(
                  () -> {
                    int chunk = 1;
                    for (int at = 0; at < frame.length; at += chunk, chunk = chunk * 3 % 99_991) {
                      chunk = Math.min(chunk, frame.length - at);
                      writeAll(peer, ByteBuffer.wrap(frame, at, chunk));
                    }
                  });
      var back = ByteBuffer.allocate(frame.length);
      for (int chunk = 7; back.hasRemaining(); chunk = chunk * 5 % 65_537) {
        back.limit(Math.min(frame.length, back.position() + chunk));
        assertThat(peer.read(back)).isPositive();
        back.limit(frame.length);
      }
      Waiting.on(writer);

      assertThat(Arrays.equals(back.array(), frame)).isTrue();
    }
  }

  private static void writeAll(SocketChannel peer, ByteBuffer bytes) {
    try {
      while (bytes.hasRemaining()) {
        peer.write(bytes);
      }
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  // ---- ends

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void answersAfterTheOtherSideHasShutDown(boolean unix) throws IOException {
    var address = listen(address(unix), LateAnswer::new);

    try (var peer = SocketChannel.open(address)) {
      writeAll(peer, ByteBuffer.wrap(Frames.bytes("request")));
      peer.shutdownOutput();
      var server = (LateAnswer) firstAccepted();
      Waiting.on(server.ended);
      assertThat(server.connection().isOpen()).isFalse();
      server.answer();

      var reply = ByteBuffer.allocate(100);
      while (peer.read(reply) >= 0) {
        assertThat(reply.hasRemaining()).isTrue();
      }
      assertThat(Arrays.copyOf(reply.array(), reply.position()))
          .isEqualTo(Frames.bytes("reply to request"));
    }
    assertThat(firstAccepted().events).containsExactly("opened", "ended", "closed: CLOSED_HERE");
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void readsOnAfterItHasEndedItsOutput(boolean unix) {
    var address = listen(address(unix), LateAnswer::new);
    var client = new Recorder();

    var connection = dial(address, client);
    connection.write(Frames.of("request"));
    connection.endOutput();
    var server = (LateAnswer) firstAccepted();
    Waiting.on(server.ended);
    assertThatThrownBy(() -> connection.write(Frames.of("more")))
        .isInstanceOf(ConnectionClosedException.class);
    assertThat(connection.tryWrite(Frames.of("more"))).isFalse();
    server.answer();

    client.awaitClosed();
    assertThat(client.events)
        .containsExactly("opened", "frame reply to request", "ended", "closed: CLOSED_HERE");
  }

  @Test
  void handsOnToAnotherProtocol() throws IOException {
    var first =
        new Recorder() {
          @Override
          void onFrame(Connection connection, LinkBuffer frame) {
            super.onFrame(connection, frame);
            connection.handTo(
                BlockingConnection.serving(peer -> peer.write(peer.await(9).slice(9))).get());
          }
        };
    var address = listen(tcp(), () -> first);

    try (var peer = SocketChannel.open(address)) {
      writeAll(peer, ByteBuffer.wrap(Frames.bytes("upgrade")));
      writeAll(peer, ByteBuffer.wrap("no frames".getBytes(US_ASCII)));
      var reply = ByteBuffer.allocate(100);
      while (peer.read(reply) >= 0) {
        assertThat(reply.hasRemaining()).isTrue();
      }

      assertThat(new String(reply.array(), 0, reply.position(), US_ASCII)).isEqualTo("no frames");
      assertThat(first.events).containsExactly("opened", "frame upgrade");
      assertThatThrownBy(() -> first.connection().handTo(new Recorder()))
          .isInstanceOf(IllegalStateException.class);
    }
    accepted.clear(); // it never hears of the end
  }

  @Test
  void waitsUntilAllIsSent() {
    var address = listen(tcp(), Recorder::new);
    var connection = dial(address, new Recorder());
    firstAccepted().connection().pauseReading();

    connection.write(Frames.of("x".repeat(16 << 20)));
    assertThat(connection.awaitSent(Duration.ofMillis(1))).isFalse();
    firstAccepted().connection().resumeReading();

    assertThat(connection.awaitSent(Waiting.LIMIT)).isTrue();
    connection.write(Frames.of("short"));
    assertThat(connection.awaitSent(Waiting.LIMIT)).isTrue();
  }

  @Test
  void boundsWhatAnInterruptedThreadWrites() {
    var address = listen(tcp(), Recorder::new);
    var client = new Recorder();
    var connection = dial(address, client);
    firstAccepted().connection().pauseReading();
    var frame = "x".repeat(64 << 10);

    Thread.currentThread().interrupt();
    try {
      for (int i = 0; i < 10_000 && connection.isOpen(); i++) {
        connection.write(Frames.of(frame));
      }
    } catch (ConnectionClosedException e) {
      // the end
    } finally {
      assertThat(Thread.interrupted()).isTrue();
    }

    client.awaitClosed();
    assertThat(client.closeReason).isEqualTo(CloseReason.WRITE_STALLED);
  }

  @Test
  void saysWhenNotAllWasSent() {
    var address = listen(tcp(), Recorder::new);
    var connection = dial(address, new Recorder());
    firstAccepted().connection().pauseReading();

    connection.write(Frames.of("x".repeat(16 << 20)));
    connection.abort();

    Waiting.until("told", () -> isLost(connection));
  }

  private static boolean isLost(Connection connection) {
    try {
      return connection.awaitSent(Duration.ZERO);
    } catch (ConnectionClosedException e) {
      return e.getMessage().equals("not all was sent: aborted on this side");
    }
  }

  @Test
  void tellsCloseListenersInReverseAndOnce() {
    var address = listen(tcp(), Recorder::new);
    var client = new Recorder();
    var connection = dial(address, client);

    for (int i = 1; i <= 3; i++) {
      var name = "listener " + i + ": ";
      connection.onClose(reason -> client.events.add(name + reason.name()));
    }
    connection.abort();
    client.awaitClosed();
    Waiting.until("all are told", () -> client.events.size() == 5);
    connection.onClose(reason -> client.events.add("late: " + reason.name()));

    Waiting.until("the late one too", () -> client.events.size() == 6);
    assertThat(client.events)
        .containsExactly(
            "opened",
            "closed: ABORTED",
            "listener 3: ABORTED",
            "listener 2: ABORTED",
            "listener 1: ABORTED",
            "late: ABORTED");
  }

  @Test
  void tellsEachCloseListenerOnceWhileItEnds() throws InterruptedException {
    var address = listen(tcp(), Recorder::new);
    for (int round = 0; round < 100; round++) {
      var told = new AtomicInteger();
      var connection = dial(address, new Recorder());

      var registers =
          Thread.ofPlatform()
              .start(
                  () -> {
                    for (int i = 0; i < 50; i++) {
                      connection.onClose(_ -> told.incrementAndGet());
                    }
                  });
      connection.abort();
      registers.join();

      Waiting.until("all are told", () -> told.get() >= 50);
      assertThat(told).hasValue(50);
    }
  }

  @Test
  void keepsWhatItIsGiven() {
    var user = Attribute.of("user", String.class);
    var other = Attribute.of("user", String.class);
    var connection = dial(listen(tcp(), Recorder::new), new Recorder());

    assertThat(connection.get(user)).isEmpty();
    connection.set(user, "first");
    connection.set(user, "second");

    assertThat(connection.get(user)).hasValue("second");
    assertThat(connection.get(other)).isEmpty();
  }

  @Test
  void row65CountsBackToNothingWhenPeersCloseAsTheyAreAnswered() throws IOException {
    var address = listen(tcp(), PollerFixture::echo);
    var request = Frames.bytes("request");

    for (int i = 0; i < 20_000; i++) {
      try (var peer = SocketChannel.open(address)) {
        writeAll(peer, ByteBuffer.wrap(request));
      }
      if (i % MAX_CONNECTIONS == 0) {
        Waiting.until("all are gone", () -> group.openConnections() == 0);
        accepted.removeIf(handler -> handler.closedCalls.get() == 1);
      }
    }

    Waiting.until("all are gone", () -> group.openConnections() == 0);
  }

  /// Row 64: one million bytes and the end, in one go.
  @Test
  void readsAllBeforeTheEnd() throws IOException {
    var address = listen(tcp(), Recorder::new);
    byte[] frame = Frames.bytes(new byte[96]);

    try (var peer = connect(address)) {
      for (int i = 0; i < 10_000; i++) {
        peer.getOutputStream().write(frame);
      }
    }

    var server = firstAccepted();
    server.awaitClosed();
    assertThat(server.events.stream().filter(e -> e.startsWith("frame"))).hasSize(10_000);
    assertThat(server.events).contains("ended");
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 2, 7})
  void noticesAReset(int bytesOfTheFrame) throws IOException {
    var address = listen(tcp(), Recorder::new);
    var peer = connect(address);
    peer.getOutputStream().write(Frames.bytes("request"), 0, bytesOfTheFrame);
    firstAccepted();

    peer.setSoLinger(true, 0);
    peer.close();

    firstAccepted().awaitClosed();
    assertThat(firstAccepted().closeReason).isEqualTo(CloseReason.RESET);
  }

  @Test
  void noticesAResetWhileARequestIsServed() throws IOException {
    var writes = new AtomicReference<RuntimeException>();
    var address =
        listen(
            tcp(),
            () ->
                new Recorder() {
                  @Override
                  public void closed(Connection connection, CloseReason reason) {
                    try {
                      connection.write(Frames.of("too late"));
                    } catch (ConnectionClosedException e) {
                      writes.set(e);
                    }
                    super.closed(connection, reason);
                  }
                });
    var peer = connect(address);
    peer.getOutputStream().write(Frames.bytes("request"));
    Waiting.until("it is being served", () -> firstAccepted().events.contains("frame request"));

    peer.setSoLinger(true, 0);
    peer.close();

    firstAccepted().awaitClosed();
    assertThat(firstAccepted().closeReason).isEqualTo(CloseReason.RESET);
    assertThat(writes.get()).isNotNull();
  }

  @Test
  void wakesThreadsToTheVeryEnd() throws IOException {
    var woken = new CountDownLatch(1);
    var address =
        listen(
            tcp(),
            () ->
                new Recorder() {
                  @Override
                  public void closed(Connection connection, CloseReason reason) {
                    super.closed(connection, reason);
                    connection.resume(Thread.ofVirtual().unstarted(woken::countDown));
                  }
                });

    try (var peer = connect(address)) {
      assertThat(peer.isConnected()).isTrue();
      firstAccepted();
      group.close();

      Waiting.on(woken);
    }
  }

  @Test
  void saysWhyBeforeItClosesOnGarbage() throws IOException {
    var address = listen(tcp(), SaysNo::new);

    try (var peer = connect(address)) {
      peer.getOutputStream().write(new byte[] {-1, -1, -1, -1, 1, 2, 3});

      assertThat(readFrame(peer)).isEqualTo("no: body: -1");
      assertThat(peer.getInputStream().read()).isEqualTo(-1);
    }
  }

  /// More than the buffers of both kernels hold, so that the peer is still writing when it is
  /// refused.
  @Test
  void refusedPeerThatIsStillSendingReadsWhy() throws IOException {
    var address = listen(tcp(), SaysNo::new);
    byte[] garbage = new byte[32 << 20];
    Arrays.fill(garbage, (byte) -1);

    try (var peer = connect(address)) {
      peer.getOutputStream().write(garbage);

      assertThat(readFrame(peer)).isEqualTo("no: body: -1");
      assertThat(peer.getInputStream().read()).isEqualTo(-1);
    }
    firstAccepted().awaitClosed();
  }

  @Test
  void closesOnceWhoeverAsks() {
    for (int round = 0; round < 50; round++) {
      var address = listen(tcp(), PollerFixture::echo);
      var client = new Recorder();
      var connection = dial(address, client);
      var threads = new ArrayList<Thread>();
      var go = new CountDownLatch(1);
      for (int i = 0; i < 8; i++) {
        int kind = i % 4;
        threads.add(
            Thread.ofVirtual()
                .start(
                    () -> {
                      Waiting.on(go);
                      switch (kind) {
                        case 0 -> connection.close();
                        case 1 -> connection.abort();
                        case 2 -> connection.resumeReading();
                        default -> writeUnlessClosed(connection);
                      }
                    }));
      }
      go.countDown();
      threads.forEach(Waiting::on);
      client.awaitClosed();
      firstAccepted();
      Waiting.until("all are gone", () -> group.openConnections() == 0);
      assertThat(client.closedCalls).hasValue(1);
      assertThat(client.events).noneMatch(e -> e.startsWith("OVERLAP"));
      assertThat(client.events.stream().filter(e -> e.startsWith("closed"))).hasSize(1);
    }
  }

  private static boolean writeUnlessClosed(Connection connection) {
    try {
      connection.write(Frames.of("x"));
      return true;
    } catch (ConnectionClosedException e) {
      return false;
    }
  }

  // ---- writers

  @Test
  void keepsTheFramesOfManyWritersWhole() {
    var arrived = new Writers.Arrivals();
    var connection = dial(listen(tcp(), () -> arrived), new Recorder());

    Writers.keepFramesWhole(connection, arrived, 400);
  }

  @Test
  void makesWritersWaitForASlowReader() throws Exception {
    var options = ConnectionOptions.builder().writeHighWaterBytes(1 << 16).build();
    try (var server = ServerSocketChannel.open().bind(tcp())) {
      var connection = dial(server.getLocalAddress(), options, new Recorder());
      try (var peer = server.accept()) {
        var written = new AtomicInteger();
        var writer = Writers.forEver(connection, written);

        Waiting.until("it waits", () -> writer.getState() == Thread.State.WAITING);
        int before = written.get();
        assertThat(before).as("kernel buffers and the queue").isLessThan(64 << 20 >> 15);
        var sink = ByteBuffer.allocate(1 << 20);
        while (written.get() < before + 10) {
          assertThat(peer.read(sink.clear())).isPositive();
        }

        connection.abort();
        Waiting.on(writer);
      }
    }
  }

  /// A poller cannot wait: what it writes is bounded all the same.
  @Test
  void abortsAPeerThatLetsTooMuchPileUp() throws Exception {
    var options =
        ConnectionOptions.builder().writeHighWaterBytes(1 << 16).maxUnsentBytes(1 << 20).build();
    var flood =
        new Recorder() {
          @Override
          void onOpened() {
            while (requireNonNull(connection).isOpen()) {
              connection.write(Frames.of(new byte[32 << 10]));
            }
          }
        };
    try (var server = ServerSocketChannel.open().bind(tcp())) {
      dial(server.getLocalAddress(), options, flood);

      flood.awaitClosed();

      assertThat(flood.closeReason).isEqualTo(CloseReason.WRITE_STALLED);
    }
  }

  @Test
  void givesUpOnAPeerThatDoesNotRead() throws Exception {
    var client = new Recorder();
    try (var server = ServerSocketChannel.open().bind(tcp())) {
      var connection = dial(server.getLocalAddress(), client);
      try (var _ = server.accept()) {
        var writer = Writers.forEver(connection, new AtomicInteger());
        Waiting.until("it waits", () -> writer.getState() == Thread.State.WAITING);

        clock.turn(ConnectionOptions.DEFAULT.writeStallTimeout());

        Waiting.on(writer);
        client.awaitClosed();
        assertThat(client.closeReason).isEqualTo(CloseReason.WRITE_STALLED);
      }
    }
  }

  @Test
  void closesWhileManyWritersWait() throws Exception {
    try (var server = ServerSocketChannel.open().bind(tcp())) {
      for (int round = 0; round < 20; round++) {
        var client = new Recorder();
        var connection = dial(server.getLocalAddress(), client);
        try (var peer = server.accept()) {
          peer.setOption(StandardSocketOptions.SO_RCVBUF, 4096);
          var writers = new ArrayList<Thread>();
          for (int i = 0; i < 4; i++) {
            writers.add(Writers.forEver(connection, new AtomicInteger()));
          }
          if (round % 2 == 0) {
            Waiting.until("it waits", () -> writers.getFirst().getState() == Thread.State.WAITING);
          }

          connection.abort();

          writers.forEach(Waiting::on);
          client.awaitClosed();
        }
      }
    }
  }

  @Test
  void doesNotMakeAnyPollerWait() throws Exception {
    try (var server = ServerSocketChannel.open().bind(tcp())) {
      var stuck = dial(server.getLocalAddress(), new Recorder());
      var alsoStuck = dial(server.getLocalAddress(), new Recorder()); // on the other poller
      var address =
          listen(
              tcp(),
              () ->
                  new Recorder() {
                    @Override
                    void onFrame(Connection connection, LinkBuffer frame) {
                      stuck.write(Frames.of(new byte[32 << 20]));
                      alsoStuck.write(Frames.of(new byte[32 << 20]));
                      connection.write(frame);
                    }
                  });
      var client = new Recorder();
      dial(address, client).write(Frames.of("go on"));

      Waiting.until("both went on", () -> client.events.contains("frame go on"));
    }
  }

  /// An interruptible channel would close; these connections do not.
  @Test
  void survivesAWriterThatIsInterrupted() {
    var address = listen(tcp(), PollerFixture::echo);
    var client = new Recorder();
    var connection = dial(address, client);

    Thread.currentThread().interrupt();
    connection.write(Frames.of("a"));
    assertThat(Thread.interrupted()).isTrue();
    connection.write(Frames.of("b"));

    Waiting.until("both came back", () -> client.events.contains("frame b"));
  }

  // ---- back-pressure and handlers that fail

  @Test
  void makesThePeerWaitWhilePaused() throws IOException {
    var address =
        listen(
            tcp(),
            () ->
                new Recorder() {
                  @Override
                  void onOpened() {
                    connection().pauseReading();
                  }
                });

    try (var peer = connect(address)) {
      peer.getOutputStream().write(Frames.bytes("a"));
      var server = firstAccepted();
      assertThat(server.events).containsExactly("opened");

      server.connection().resumeReading();

      Waiting.until("it comes", () -> server.events.contains("frame a"));
    }
  }

  @Test
  void outlivesHandlersThatThrow() {
    var address =
        listen(
            tcp(),
            () ->
                new Recorder() {
                  @Override
                  void onFrame(Connection connection, LinkBuffer frame) {
                    throw new AssertionError("a bug");
                  }
                });
    for (int i = 0; i < 4; i++) { // both pollers, twice
      var client = new Recorder();
      dial(address, client).write(Frames.of("a"));
      client.awaitClosed();
    }
    assertThat(accepted).allSatisfy(Recorder::awaitClosed);
    assertThat(accepted)
        .extracting(handler -> handler.closeReason)
        .containsOnly(CloseReason.HANDLER_FAILED);

    echoes(false);
  }

  @Test
  void refusesWritesAfterTheEnd() {
    var connection = dial(listen(tcp(), PollerFixture::echo), new Recorder());
    connection.close();
    var late = Frames.of("late");

    assertThatThrownBy(() -> connection.write(late))
        .isInstanceOf(ConnectionClosedException.class)
        .hasMessageStartingWith("the connection is closed");

    assertThatThrownBy(late::size).hasMessage("released");
  }

  /// Row 90.
  @Test
  void row90ClosesWhoDripsAFrame() throws IOException {
    var address = listen(tcp(), Recorder::new);
    try (var peer = connect(address)) {
      peer.getOutputStream().write(new byte[] {0, 0, 0x10, 0});
      for (int bytes = 4; firstAccepted().closeReason == null && bytes < 60; bytes++) {
        int here = bytes;
        Waiting.until(
            "they are read",
            () -> group.usage().waitingBytes() == here || firstAccepted().closeReason != null);
        clock.turn(Duration.ofSeconds(5));
        drip(peer);
      }

      firstAccepted().awaitClosed();
      assertThat(firstAccepted().closeReason).isEqualTo(CloseReason.FRAME_TOO_SLOW);
    }
  }

  private static void drip(Socket peer) {
    try {
      peer.getOutputStream().write(1);
    } catch (IOException e) { // it has been closed meanwhile
      assertThat(e).isNotNull();
    }
  }

  @Test
  void sweepsRealConnections() throws IOException {
    var address = listen(tcp(), Recorder::new);
    try (var peer = connect(address)) {
      firstAccepted();

      clock.turn(ConnectionOptions.DEFAULT.firstByteTimeout());

      assertThat(peer.getInputStream().read()).isEqualTo(-1);
      firstAccepted().awaitClosed();
      assertThat(firstAccepted().closeReason).isEqualTo(CloseReason.NO_FIRST_BYTE);
    }
  }
}
