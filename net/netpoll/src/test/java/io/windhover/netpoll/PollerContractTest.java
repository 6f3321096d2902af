package io.windhover.netpoll;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.windhover.buffer.LinkBuffer;
import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.SocketAddress;
import java.net.SocketTimeoutException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What every back end does: tasks, dialling, listening, closing.
abstract class PollerContractTest extends PollerFixture {

  private Poller poller() throws IOException {
    // No sweep and no time-out of its own helps this one out of a wait.
    return starter().start("windhover-poller-test", clock, Duration.ofHours(1).toNanos());
  }

  // ---- tasks

  @Test
  void runsTasksInOrderOnItsThread() throws IOException {
    BlockingQueue<Integer> ran = new LinkedBlockingQueue<>();
    try (var poller = poller()) {
      for (int i = 0; i < 100; i++) {
        int number = i;
        poller.execute(() -> ran.add(poller.isCurrentThread() ? number : -1));
      }
      for (int i = 0; i < 100; i++) {
        assertThat(Waiting.next(ran)).isEqualTo(i);
      }
      assertThat(poller.isCurrentThread()).isFalse();
    }
  }

  /// Each task comes at another moment of the poller's way from its last task into its wait.
  @Test
  void losesNoWakeUp() throws IOException {
    var ran = new AtomicInteger();
    try (var poller = poller()) {
      for (int i = 0; i < 20_000; i++) {
        for (int spin = i % 12; spin > 0; spin--) {
          Thread.onSpinWait();
        }
        poller.execute(ran::incrementAndGet);
        spinUntil(ran, i + 1);
      }
    }
  }

  /// Parking would make each task come late.
  private static void spinUntil(AtomicInteger count, int value) {
    long deadline = System.nanoTime() + Waiting.LIMIT.toNanos();
    while (count.get() != value) {
      if (System.nanoTime() - deadline > 0) {
        throw new AssertionError("a task does not run: " + value);
      }
    }
  }

  @Test
  void losesNoWakeUpOfManyThreads() throws IOException {
    try (var poller = poller()) {
      var threads = new ArrayList<Thread>();
      for (int t = 0; t < 4; t++) {
        threads.add(
            Thread.ofPlatform()
                .start(
                    () -> {
                      for (int i = 0; i < 2_000; i++) {
                        var ran = new CountDownLatch(1);
                        poller.execute(ran::countDown);
                        Waiting.on(ran);
                      }
                    }));
      }
      threads.forEach(Waiting::on);
    }
  }

  @Test
  void runsATaskThatATaskAdds() throws IOException {
    var ran = new CountDownLatch(1);
    try (var poller = poller()) {
      poller.execute(() -> poller.execute(ran::countDown));

      Waiting.on(ran);
    }
  }

  @Test
  void looksAtSocketsBetweenTasksThatAddOthers() throws IOException {
    var over = new AtomicBoolean();
    var accepted = new LinkedBlockingQueue<PolledSocket>();
    try (var poller = poller()) {
      var again =
          new Runnable() {
            @Override
            public void run() {
              if (!over.get()) {
                poller.execute(this);
              }
            }
          };
      try (var listener = poller.listen(tcp(), ListenerOptions.DEFAULT, accepted::add)) {
        poller.execute(again);
        try (var _ = SocketChannel.open(listener.address())) {
          Waiting.next(accepted).close();
        }
      } finally {
        over.set(true);
      }
    }
  }

  @Test
  void outlivesTasksThatThrow() throws IOException {
    var ran = new CountDownLatch(1);
    try (var poller = poller()) {
      poller.execute(
          () -> {
            throw new IllegalStateException("a bug");
          });
      poller.execute(
          () -> {
            throw new StackOverflowError();
          });
      poller.execute(ran::countDown);

      Waiting.on(ran);
    }
  }

  @Test
  void forgetsAnInterruptThatWasLeftBehind() throws IOException {
    try (var poller = poller()) {
      poller.execute(() -> Thread.currentThread().interrupt());

      Waiting.until("no more", () -> !isInterrupted(poller));
    }
  }

  private static boolean isInterrupted(Poller poller) {
    BlockingQueue<Boolean> answer = new LinkedBlockingQueue<>();
    poller.execute(() -> answer.add(Thread.currentThread().isInterrupted()));
    return Waiting.next(answer);
  }

  @Test
  void runsOrRefusesEachTaskWhileItCloses() throws IOException {
    for (int round = 0; round < 30; round++) {
      var taken = new AtomicInteger();
      var ran = new AtomicInteger();
      var begun = new CountDownLatch(2);
      var poller = poller();
      var threads = new ArrayList<Thread>();
      for (int t = 0; t < 2; t++) {
        threads.add(
            Thread.ofPlatform()
                .start(
                    () -> {
                      begun.countDown();
                      while (poller.execute(ran::incrementAndGet)) {
                        taken.incrementAndGet();
                        while (taken.get() - ran.get() > 100) {
                          Thread.onSpinWait();
                        }
                      }
                    }));
      }
      Waiting.on(begun);

      poller.close();

      threads.forEach(Waiting::on);
      assertThat(ran).hasValue(taken.get());
    }
  }

  // ---- dialling

  private void failsToDial(SocketAddress address, Duration timeout, String message) {
    var handler = new Recorder();

    assertThatThrownBy(() -> group.dial(address, timeout, ConnectionOptions.DEFAULT, handler))
        .isInstanceOf(IOException.class)
        .hasMessage(message);

    assertThat(group.openConnections()).isZero();
    assertThat(handler.events).isEmpty();
  }

  @Test
  void isRefused() throws IOException {
    InetSocketAddress address;
    try (var server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      address = (InetSocketAddress) server.getLocalSocketAddress();
    }

    failsToDial(address, DIAL_TIMEOUT, "connection refused");
  }

  @Test
  void findsNoUnixSocket() {
    failsToDial(unix(), DIAL_TIMEOUT, "no such file or directory");
  }

  /// A full backlog drops what asks to connect, as a black hole does.
  @Test
  void timesOut() throws IOException {
    try (var server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      var fillers = new ArrayList<SocketChannel>();
      for (int i = 0; i < 8; i++) {
        var filler = SocketChannel.open();
        filler.configureBlocking(false);
        filler.connect(server.getLocalSocketAddress());
        fillers.add(filler);
      }

      var handler = new Recorder();
      assertThatThrownBy(
              () ->
                  group.dial(
                      server.getLocalSocketAddress(),
                      Duration.ofMillis(50),
                      ConnectionOptions.DEFAULT,
                      handler))
          .isInstanceOf(SocketTimeoutException.class)
          .hasMessage("no connection within 50 ms");

      assertThat(group.openConnections()).isZero();
      assertThat(handler.events).isEmpty();
      for (var filler : fillers) {
        filler.close();
      }
    }
  }

  /// Time-outs that meet the connection half way: what the caller is told and what is there agree.
  @Test
  void agreesWithTheCallerWhetherItConnected() {
    var address = listen(tcp(), PollerFixture::echo);
    for (int i = 0; i < 300; i++) {
      var handler = new Recorder();
      try {
        var connection =
            group.dial(address, Duration.ofNanos(i * 2_000L), ConnectionOptions.DEFAULT, handler);
        assertThat(handler.connection).isSameAs(connection);
        connection.abort();
        handler.awaitClosed();
      } catch (IOException e) {
        assertThat(handler.events).isEmpty();
      }
    }
    Waiting.until("all are gone", () -> group.openConnections() == 0);
  }

  @Test
  void doesNotDialOnAPoller() {
    var address = listen(tcp(), Recorder::new);
    var failure = new AtomicReference<Throwable>();
    var client =
        new Recorder() {
          @Override
          void onOpened() {
            try {
              dial(address, new Recorder());
            } catch (IllegalStateException e) {
              failure.set(e);
            }
          }
        };

    dial(address, client);

    assertThat(failure.get()).hasMessage("dialling waits, and a poller must not");
  }

  // ---- listening

  /// Connected they are as soon as they are in the backlog.
  @Test
  void acceptsWhoHasConnectedBeforeItCloses() throws IOException {
    for (int round = 0; round < 20; round++) {
      accepted.clear();
      var listener = listener(tcp(), ConnectionOptions.DEFAULT, Recorder::new);
      var peers = new ArrayList<SocketChannel>();
      for (int i = 0; i < MAX_CONNECTIONS; i++) {
        peers.add(SocketChannel.open(listener.address()));
      }

      listener.close();

      Waiting.until("all are in", () -> group.openConnections() == MAX_CONNECTIONS);
      for (var peer : peers) {
        peer.close();
      }
      Waiting.until("all are gone", () -> group.openConnections() == 0);
    }
  }

  @Test
  void keepsToTheLimit() throws IOException {
    var address = listen(tcp(), PollerFixture::echo);
    for (int i = 0; i < MAX_CONNECTIONS / 2; i++) {
      dial(address, new Recorder());
    }
    Waiting.until("all are in", () -> group.openConnections() == MAX_CONNECTIONS);

    assertThatThrownBy(() -> dial(address, new Recorder()))
        .hasRootCauseMessage("all 64 connections of this poller group are in use");
    try (var peer = SocketChannel.open(address)) {
      assertThat(peer.read(ByteBuffer.allocate(1))).isEqualTo(-1);
    }
    accepted.getFirst().connection().abort();
    Waiting.until("there is room again", () -> group.openConnections() <= MAX_CONNECTIONS - 2);
    dial(address, new Recorder());
  }

  @Test
  void goesOnWhenAHandlerCannotBeMade() throws IOException {
    var asked = new AtomicInteger();
    var address =
        listen(
            tcp(),
            () -> {
              if (asked.getAndIncrement() < 2) {
                throw new IllegalStateException("a bug");
              }
              return echo();
            });

    for (int i = 0; i < 2; i++) {
      try (var peer = SocketChannel.open(address)) {
        assertThat(peer.read(ByteBuffer.allocate(1))).isEqualTo(-1);
      }
    }

    Waiting.until("uncounted", () -> group.openConnections() == 0);
    var client = new Recorder();
    dial(address, client).write(Frames.of("a"));
    Waiting.until("it comes back", () -> client.events.contains("frame a"));
  }

  @Test
  void freesItsAddressAndKeepsItsConnections() throws IOException {
    var address = tcp();
    Connection first = null;
    var client = new Recorder();
    for (int i = 0; i < 20; i++) {
      try (var listener = listener(address, ConnectionOptions.DEFAULT, PollerFixture::echo)) {
        address = listener.address();
        if (first == null) {
          first = dial(address, client);
          firstAccepted();
        }
      }
      failsToConnect(address);
    }

    requireNonNull(first).write(Frames.of("still here"));
    Waiting.until("it comes back", () -> client.events.contains("frame still here"));
  }

  private static void failsToConnect(SocketAddress address) {
    assertThatThrownBy(() -> SocketChannel.open(address).close()).isInstanceOf(IOException.class);
  }

  @Test
  void sharesItsPortWithThoseThatAskForIt() throws IOException {
    var sharing = ListenerOptions.builder().sharesPort(true).build();
    var first = group.listen(tcp(), sharing, ConnectionOptions.DEFAULT, PollerFixture::echo);
    var second =
        group.listen(first.address(), sharing, ConnectionOptions.DEFAULT, PollerFixture::echo);

    first.close();
    var client = new Recorder();
    dial(second.address(), client).write(Frames.of("hello"));

    assertThat(Waiting.next(client.events)).isEqualTo("opened");
    assertThat(Waiting.next(client.events)).isEqualTo("frame hello");
    assertThatThrownBy(() -> listen(second.address(), Recorder::new))
        .hasMessageContaining("Address already in use");
    assertThatThrownBy(
            () -> group.listen(unix(), sharing, ConnectionOptions.DEFAULT, Recorder::new))
        .hasMessage("sharesPort: true (expected: false, or a TCP address)");
  }

  @Test
  void saysWhereItCannotListen() {
    var address = listen(tcp(), Recorder::new);

    for (var wrong : List.of(address, InetSocketAddress.createUnresolved("nowhere.invalid", 1))) {
      assertThatThrownBy(() -> group.listen(wrong, ConnectionOptions.DEFAULT, Recorder::new))
          .isInstanceOf(IOException.class)
          .hasMessageStartingWith("cannot listen on " + wrong + ": ");
    }
  }

  @Test
  void takesNoPathThatIsTooLong() {
    var address = UnixDomainSocketAddress.of(directory.resolve("s".repeat(108)));

    assertThatThrownBy(() -> group.listen(address, ConnectionOptions.DEFAULT, Recorder::new))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("Unix domain path too long");
    assertThatThrownBy(() -> dial(address, new Recorder()))
        .rootCause()
        .isInstanceOf(IOException.class)
        .hasMessageContaining("Unix domain path too long");
  }

  @ParameterizedTest
  @ValueSource(strings = {"0.0.0.0", "::"})
  void listensOnAllAddressesOfTheHost(String any) throws IOException {
    var listening = (InetSocketAddress) listen(new InetSocketAddress(any, 0), PollerFixture::echo);

    for (var host : hostsOf(listening)) {
      var client = new Recorder();
      dial(new InetSocketAddress(host, listening.getPort()), client).write(Frames.of("a"));
      Waiting.until("it comes back", () -> client.events.contains("frame a"));
    }
  }

  /// Not every host has IPv6.
  private static List<String> hostsOf(InetSocketAddress any) {
    return any.getAddress() instanceof Inet6Address
        ? List.of("127.0.0.1", "::1")
        : List.of("127.0.0.1");
  }

  @Test
  void removesTheFileOfItsUnixSocket() {
    var listener = listener(unix(), ConnectionOptions.DEFAULT, PollerFixture::echo);
    dial(listener.address(), new Recorder());
    assertThat(unix().getPath()).exists();

    listener.close();

    assertThat(unix().getPath()).doesNotExist();
    listener.close();
  }

  @Test
  void replacesTheSocketOfADeadServer() throws IOException {
    ServerSocketChannel.open(StandardProtocolFamily.UNIX).bind(unix()).close();

    var client = new Recorder();
    dial(listen(unix(), PollerFixture::echo), client).write(Frames.of("a"));

    Waiting.until("it comes back", () -> client.events.contains("frame a"));
    group.close();
    assertThat(unix().getPath()).doesNotExist();
  }

  @Test
  void doesNotTakeOverALiveServersSocket() {
    listen(unix(), PollerFixture::echo);

    assertThatThrownBy(() -> group.listen(unix(), ConnectionOptions.DEFAULT, Recorder::new))
        .isInstanceOf(IOException.class)
        .hasMessage("cannot listen on " + unix() + ": the socket there is in use");

    dial(unix(), new Recorder());
    assertThat(Files.exists(unix().getPath())).isTrue();
  }

  // ---- closing

  @Test
  void tellsEachConnectionThatItCloses() {
    var address = listen(tcp(), PollerFixture::echo);
    var client = new Recorder();
    var connection = dial(address, client);
    firstAccepted();

    group.close();

    // The pollers do not close at the same moment: the one may see the end of the other's.
    assertThat(List.copyOf(client.events)).last().isIn("closed: ABORTED", "closed: CLOSED_HERE");
    assertThat(List.copyOf(firstAccepted().events))
        .last()
        .isIn("closed: ABORTED", "closed: CLOSED_HERE");
    assertThat(List.of(client, firstAccepted()))
        .extracting(handler -> handler.closeReason)
        .contains(CloseReason.ABORTED);
    assertThat(connection.isOpen()).isFalse();
    connection.close();
    connection.abort();
    connection.pauseReading();
    connection.resumeReading();
    group.close();
  }

  @Test
  void refusesAllWhenClosed() {
    group.close();

    failsToDial(new InetSocketAddress("localhost", 1), DIAL_TIMEOUT, "the pollers are closed");
    assertThatThrownBy(() -> group.listen(tcp(), ConnectionOptions.DEFAULT, Recorder::new))
        .hasMessage("the pollers are closed");
    assertThatThrownBy(() -> group.listen(unix(), ConnectionOptions.DEFAULT, Recorder::new))
        .hasMessage("the pollers are closed");
    assertThat(unix().getPath()).doesNotExist();
  }

  @Test
  void failsTheDialThatIsUnderWayWhenItCloses() throws Exception {
    try (var server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      var fillers = new ArrayList<SocketChannel>();
      for (int i = 0; i < 8; i++) {
        var filler = SocketChannel.open();
        filler.configureBlocking(false);
        filler.connect(server.getLocalSocketAddress());
        fillers.add(filler);
      }
      var failure = new AtomicReference<Throwable>();
      var dials =
          Thread.ofPlatform()
              .start(
                  () -> {
                    try {
                      dial(server.getLocalSocketAddress(), new Recorder());
                    } catch (RuntimeException e) {
                      failure.set(e.getCause());
                    }
                  });
      Waiting.until("it waits", () -> dials.getState() == Thread.State.TIMED_WAITING);

      group.close();

      Waiting.on(dials);
      assertThat(failure.get()).hasMessage("the pollers are closed");
      for (var filler : fillers) {
        filler.close();
      }
    }
  }

  @Test
  void drainsWhatIsUnsent() throws IOException {
    var frame = "x".repeat(4 << 20);
    var address =
        listen(
            tcp(),
            () ->
                new Recorder() {
                  @Override
                  void onOpened() {
                    connection().write(Frames.of(frame));
                  }
                });
    try (var others =
        PollerGroup.start(1, starter(), clock, Duration.ofSeconds(1), 1, names::resolve)) {
      var client = new Recorder();
      others.dial(address, DIAL_TIMEOUT, ConnectionOptions.DEFAULT, client);
      var server = firstAccepted();

      assertThat(group.drain(Waiting.LIMIT)).isTrue();

      assertThat(Waiting.next(client.events)).isEqualTo("opened");
      assertThat(Waiting.next(client.events)).isEqualTo("frame " + frame);
      assertThat(server.closeReason).isEqualTo(CloseReason.CLOSED_HERE);
      assertThatThrownBy(
              () -> others.dial(address, DIAL_TIMEOUT, ConnectionOptions.DEFAULT, client))
          .isInstanceOf(IOException.class);
      failsToDial(address, DIAL_TIMEOUT, "the pollers are draining");
    }
  }

  @Test
  void sendsALastFrameBeforeItCloses() throws IOException {
    var last = "x".repeat(1 << 20);
    var address =
        listen(
            tcp(),
            () ->
                new Recorder() {
                  @Override
                  void onFrame(Connection connection, LinkBuffer frame) {
                    frame.release();
                    connection.close(Frames.of(last));
                  }
                });
    var client = new Recorder();
    var connection = group.dial(address, DIAL_TIMEOUT, ConnectionOptions.DEFAULT, client);

    connection.write(Frames.of("hello"));

    assertThat(Waiting.next(client.events)).isEqualTo("opened");
    assertThat(Waiting.next(client.events)).isEqualTo("frame " + last);
    assertThat(Waiting.next(client.events)).isEqualTo("ended");
  }

  /// A server that stops looks for connections once its listener is closed.
  @Test
  void hasOpenedAllThatItAcceptedOnceAListenerIsClosed() throws IOException {
    for (int i = 0; i < 50; i++) {
      var opened = new AtomicInteger();
      try (var some =
          PollerGroup.start(4, starter(), clock, Duration.ofSeconds(1), 10, names::resolve)) {
        var listener =
            some.listen(
                tcp(),
                ConnectionOptions.DEFAULT,
                () -> {
                  opened.incrementAndGet();
                  return new Recorder();
                });
        try (var one = SocketChannel.open(listener.address());
            var two = SocketChannel.open(listener.address());
            var three = SocketChannel.open(listener.address())) {
          listener.close();

          assertThat(opened).hasValue(3);
          assertThat(List.of(one, two, three)).allMatch(SocketChannel::isOpen);
        }
      }
    }
  }

  @Test
  void listensNoMoreOnceItHasDrained() throws IOException {
    for (int i = 0; i < 50; i++) {
      try (var some =
          PollerGroup.start(2, starter(), clock, Duration.ofSeconds(1), 10, names::resolve)) {
        var listener = some.listen(tcp(), ConnectionOptions.DEFAULT, Recorder::new);

        assertThat(some.drain(Waiting.LIMIT)).isTrue();

        failsToConnect(listener.address());
        assertThatThrownBy(() -> some.listen(tcp(), ConnectionOptions.DEFAULT, Recorder::new))
            .hasMessage("the pollers are draining");
      }
    }
  }

  @Test
  void drainsNoLongerThanItMay() throws IOException {
    var address = listen(tcp(), Recorder::new);
    try (var others =
        PollerGroup.start(1, starter(), clock, Duration.ofSeconds(1), 1, names::resolve)) {
      var connection =
          others.dial(address, DIAL_TIMEOUT, ConnectionOptions.DEFAULT, new Recorder());
      connection.pauseReading();
      firstAccepted().connection().write(Frames.of("x".repeat(16 << 20)));

      assertThat(group.drain(Duration.ofMillis(1))).isFalse();

      assertThat(group.openConnections()).isEqualTo(1);
    }
  }

  @Test
  void closesWhileConnectionsCome() throws Exception {
    for (int round = 0; round < 20; round++) {
      var some =
          PollerGroup.start(2, starter(), clock, Duration.ofSeconds(1), 1_000, names::resolve);
      var address = some.listen(tcp(), ConnectionOptions.DEFAULT, PollerFixture::echo).address();
      var dialled = new CountDownLatch(20);
      var dials =
          Thread.ofVirtual()
              .start(
                  () -> {
                    try {
                      while (true) {
                        some.dial(address, DIAL_TIMEOUT, ConnectionOptions.DEFAULT, new Recorder());
                        dialled.countDown();
                      }
                    } catch (IOException e) {
                      // closed
                    }
                  });
      Waiting.on(dialled);

      some.close();

      Waiting.on(dials);
      assertThat(some.openConnections()).isZero();
    }
  }

  @Test
  void closesFromAHandler() {
    var address = listen(tcp(), PollerFixture::echo);
    var client =
        new Recorder() {
          @Override
          void onFrame(Connection connection, LinkBuffer frame) {
            super.onFrame(connection, frame);
            group.close();
          }
        };

    dial(address, client).write(Frames.of("a"));

    client.awaitClosed();
    assertThat(client.events).containsExactly("opened", "frame a", "closed: ABORTED");
  }
}
