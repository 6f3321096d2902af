package io.windhover.netpoll;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.windhover.buffer.LinkBuffer;
import io.windhover.netpoll.tls.Certificates;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What connections do over TLS, among themselves and with a foreign peer.
final class TlsConnectionTest extends TlsFixture {

  private static void send(Socket socket, byte[] bytes) throws IOException {
    socket.getOutputStream().write(bytes);
    socket.getOutputStream().flush();
  }

  private static String readFrame(Socket socket) throws IOException {
    var in = new DataInputStream(socket.getInputStream());
    return new String(in.readNBytes(in.readInt()), UTF_8);
  }

  // ---- both directions

  @Test
  void echoes() {
    var address = listen(server(), PollerFixture::echo);
    var client = new Recorder();

    var connection = dial(address, client(), client);
    connection.write(Frames.of("hello"));
    connection.write(Frames.of(""));

    assertThat(Waiting.next(client.events)).isEqualTo("opened");
    assertThat(Waiting.next(client.events)).isEqualTo("frame hello");
    assertThat(Waiting.next(client.events)).isEqualTo("frame ");
    assertThat(connection.remoteAddress()).isEqualTo(address);
    assertThat(connection.tls().orElseThrow().protocol()).isEqualTo("TLSv1.3");
    assertThat(group.openConnections()).isEqualTo(2);
    connection.close();
    client.awaitClosed();
    firstAccepted().awaitClosed();
    assertThat(client.closeReason).isEqualTo(CloseReason.CLOSED_HERE);
    assertThat(firstAccepted().events).containsExactly("opened", "ended", "closed: CLOSED_HERE");
  }

  @Test
  void securesWhicheverAddressOfANameConnects() {
    names.put("localhost", "::1", "127.0.0.1");
    int port = listen(server(), PollerFixture::echo).getPort();
    var client = new Recorder();

    var connection = dial(InetSocketAddress.createUnresolved("localhost", port), client(), client);
    connection.write(Frames.of("hello"));

    Waiting.until("it comes back", () -> client.events.contains("frame hello"));
    assertThat(firstAccepted().connection().tls().orElseThrow().serverName()).contains("localhost");
  }

  @Test
  void verifiesTheNameThatWasDialled() {
    names.put("elsewhere", "127.0.0.1");
    int port = listen(server(), PollerFixture::echo).getPort();

    assertThatThrownBy(
            () ->
                dial(
                    InetSocketAddress.createUnresolved("elsewhere", port),
                    client(),
                    new Recorder()))
        .hasMessageContaining("elsewhere");
    Waiting.until("both sides are gone", () -> group.openConnections() == 0);
  }

  @Test
  void securesUnixSockets() {
    var address = listener(unix(), server(), PollerFixture::echo).address();
    var client = new Recorder();
    var options = options(Certificates.authority().trusted(), tls -> tls.serverName("localhost"));

    dial(address, options, client).write(Frames.of("hello"));

    Waiting.until("it comes back", () -> client.events.contains("frame hello"));
  }

  @Test
  void saysNothingOfTlsOnAPlainConnection() {
    var connection = dial(listen(tcp(), PollerFixture::echo), new Recorder());

    assertThat(connection.tls()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
  void servesAForeignClient(String protocol) throws IOException {
    var address = listen(server(), PollerFixture::echo);

    try (var peer = connect(address, protocol)) {
      for (int i = 0; i < 3; i++) {
        send(peer, Frames.bytes("frame " + i));
        assertThat(readFrame(peer)).isEqualTo("frame " + i);
      }
      assertThat(peer.getSession().getProtocol()).isEqualTo(protocol);
      assertThat(firstAccepted().connection().tls().orElseThrow().protocol()).isEqualTo(protocol);
    }

    firstAccepted().awaitClosed();
    assertThat(firstAccepted().closeReason).isEqualTo(CloseReason.CLOSED_HERE);
  }

  @ParameterizedTest
  @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
  void callsAForeignServer(String protocol) throws Exception {
    try (var server = foreignServer(protocol)) {
      var serves =
          Thread.ofVirtual()
              .start(
                  () -> {
                    try (var peer = server.accept()) {
                      for (int i = 0; i < 3; i++) {
                        send(peer, Frames.bytes("reply to " + readFrame(peer)));
                      }
                      assertThat(peer.getInputStream().read()).isEqualTo(-1);
                    } catch (IOException e) {
                      throw new UncheckedIOException(e);
                    }
                  });
      var client = new Recorder();
      var connection = dial(named(server.getLocalSocketAddress()), client(), client);
      assertThat(Waiting.next(client.events)).isEqualTo("opened");
      for (int i = 0; i < 3; i++) {
        connection.write(Frames.of("call " + i));
        assertThat(Waiting.next(client.events)).isEqualTo("frame reply to call " + i);
      }
      var tls = connection.tls().orElseThrow();
      assertThat(tls.protocol()).isEqualTo(protocol);
      assertThat(tls.peerCertificates().getFirst().getSubjectX500Principal().getName())
          .isEqualTo("CN=server");

      connection.close();

      Waiting.on(serves);
      client.awaitClosed();
      assertThat(client.closeReason).isEqualTo(CloseReason.CLOSED_HERE);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
  void resumesSessions(String protocol) throws IOException {
    var address = listen(server(), PollerFixture::echo);
    var foreign = foreign(Certificates.authority().client());
    var begun = new HashSet<Long>();
    for (int i = 0; i < 3; i++) {
      try (var peer = connect(foreign, address, protocol)) {
        send(peer, Frames.bytes("a"));
        assertThat(readFrame(peer)).isEqualTo("a");
        begun.add(peer.getSession().getCreationTime());
      }
    }

    assertThat(begun).hasSize(1);
  }

  /// Neither while the engine is made nor while it computes.
  @Test
  void doesNotSpinWhileOthersWork() {
    var working = new AtomicBoolean();
    LongSupplier slow =
        () -> {
          if (working.get()) {
            LockSupport.parkNanos(50_000_000);
          }
          return 0;
        };
    var server = options(Certificates.authority().server().credentials().nanoClock(slow));
    var client = options(Certificates.authority().trusted().nanoClock(slow));
    var address = listen(server, PollerFixture::echo);
    working.set(true);

    try (var log = new LogRecorder(NioPoller.class)) {
      dial(address, client, new Recorder());

      assertThat(log.lines()).isEmpty();
    }
  }

  // ---- sizes

  /// Each byte is a record of its own, and each byte of the records a segment of its own.
  @ParameterizedTest
  @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
  void readsOneByteRecordsInOneByteSegments(String protocol) throws Exception {
    var address = listen(server(), PollerFixture::echo);

    try (var relay = new Relay(address, 1);
        var peer = connect(relay.address(), protocol)) {
      for (int i = 0; i < 3; i++) {
        for (byte one : Frames.bytes("frame " + i)) {
          send(peer, new byte[] {one});
        }
        assertThat(readFrame(peer)).isEqualTo("frame " + i);
      }
    }
    firstAccepted().awaitClosed();
    assertThat(firstAccepted().closeReason).isEqualTo(CloseReason.CLOSED_HERE);
  }

  /// Passes bytes on in both directions, `slice` of them at a time.
  private static final class Relay implements AutoCloseable {
    private final ServerSocket server;
    private final InetSocketAddress target;
    private final int slice;

    Relay(InetSocketAddress target, int slice) throws IOException {
      this.target = target;
      this.slice = slice;
      this.server = new ServerSocket(0, 1, ((InetSocketAddress) tcp()).getAddress());
      Thread.ofVirtual().start(this::run);
    }

    InetSocketAddress address() {
      return named(server.getLocalSocketAddress());
    }

    private void run() {
      try (var in = server.accept();
          var out = new Socket(target.getAddress(), target.getPort())) {
        in.setTcpNoDelay(true);
        out.setTcpNoDelay(true);
        var back = Thread.ofVirtual().start(() -> pass(out, in));
        pass(in, out);
        Waiting.on(back);
      } catch (IOException e) {
        // closed
      }
    }

    private void pass(Socket from, Socket to) {
      byte[] bytes = new byte[slice];
      try {
        InputStream in = from.getInputStream();
        OutputStream out = to.getOutputStream();
        for (int count = in.read(bytes); count >= 0; count = in.read(bytes)) {
          out.write(bytes, 0, count);
        }
        to.shutdownOutput();
      } catch (IOException e) {
        // the other one ends too
      }
    }

    @Override
    public void close() throws IOException {
      server.close();
    }
  }

  /// 8 MiB each way in odd chunks, while the peer reads only what it must to go on writing.
  @ParameterizedTest
  @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
  void carriesLargeFramesToASlowReader(String protocol) throws Exception {
    byte[] body = new byte[8 << 20];
    new Random(1).nextBytes(body);
    byte[] frame = Frames.bytes(body);
    var address = listen(server(), PollerFixture::echo);

    try (var peer = connect(address, protocol)) {
      var writer =
          Thread.ofVirtual()
              .start(
                  () -> {
                    try {
                      int chunk = 1;
                      for (int at = 0; at < frame.length; at += chunk, chunk = chunk * 3 % 99_991) {
                        chunk = Math.min(chunk, frame.length - at);
                        peer.getOutputStream().write(frame, at, chunk);
                      }
                    } catch (IOException e) {
                      throw new UncheckedIOException(e);
                    }
                  });
      byte[] back = peer.getInputStream().readNBytes(frame.length);
      Waiting.on(writer);

      assertThat(Arrays.equals(back, frame)).isTrue();
    }
  }

  @Test
  void carriesLargeFramesAmongItself() {
    byte[] body = new byte[20 << 20];
    new Random(1).nextBytes(body);
    var address = listen(server(), PollerFixture::echo);
    var back = new AtomicReference<byte[]>();
    var client =
        new Recorder() {
          @Override
          void onFrame(Connection connection, LinkBuffer frame) {
            back.set(Frames.body(frame));
          }
        };

    dial(address, client(), client).write(Frames.of(body));

    Waiting.until("it comes back", () -> back.get() != null);
    assertThat(Arrays.equals(back.get(), body)).isTrue();
  }

  /// The bytes sent last, and the end behind them, wait for the kernel like all others.
  @Test
  void sendsAllBeforeTheEnd() throws Exception {
    byte[] body = new byte[6 << 20];
    var address =
        listen(
            server(),
            () ->
                new Recorder() {
                  @Override
                  void onFrame(Connection connection, LinkBuffer frame) {
                    frame.release();
                    connection.write(Frames.of(body));
                    connection.close();
                  }
                });
    for (int round = 0; round < 5; round++) {
      var client =
          new Recorder() {
            @Override
            void onFrame(Connection connection, LinkBuffer frame) {
              events.add("frame of " + Frames.body(frame).length);
            }
          };
      var connection = dial(address, client(), client);
      connection.pauseReading();
      connection.write(Frames.of("all"));
      Waiting.until("it is accepted", () -> !accepted.isEmpty());
      connection.resumeReading();

      client.awaitClosed();
      assertThat(client.events)
          .containsExactly("opened", "frame of " + body.length, "ended", "closed: CLOSED_HERE");
    }
  }

  @Test
  void keepsTheFramesOfManyWritersWhole() {
    var arrived = new Writers.Arrivals();
    var connection = dial(listen(server(), () -> arrived), client(), new Recorder());

    Writers.keepFramesWhole(connection, arrived, 200);
  }

  // ---- waiting

  @Test
  void makesWritersWaitForASlowReader() throws Exception {
    try (var server = foreignServer()) {
      var handshaken = acceptOne(server);
      var client = new Recorder();
      var connection = dial(named(server.getLocalSocketAddress()), client(), client);
      try (var peer = Waiting.next(handshaken)) {
        var written = new AtomicInteger();
        var writer = Writers.forEver(connection, written);
        Waiting.until("it waits", () -> writer.getState() == Thread.State.WAITING);

        int before = written.get();
        while (written.get() < before + 10) {
          peer.getInputStream().skipNBytes(1 << 15);
        }

        connection.abort();
        Waiting.on(writer);
        client.awaitClosed();
      }
    }
  }

  @Test
  void givesUpOnAPeerThatDoesNotRead() throws Exception {
    try (var server = foreignServer()) {
      var handshaken = acceptOne(server);
      var client = new Recorder();
      var connection = dial(named(server.getLocalSocketAddress()), client(), client);
      try (var _ = Waiting.next(handshaken)) {
        var writer = Writers.forEver(connection, new AtomicInteger());
        Waiting.until("it waits", () -> writer.getState() == Thread.State.WAITING);

        Waiting.until( // the socket may still take some behind the first turn
            "it gives up",
            () -> {
              clock.turn(ConnectionOptions.DEFAULT.writeStallTimeout());
              return !writer.isAlive();
            });

        client.awaitClosed();
        assertThat(client.closeReason).isEqualTo(CloseReason.WRITE_STALLED);
      }
    }
  }

  private static BlockingQueue<SSLSocket> acceptOne(SSLServerSocket server) {
    BlockingQueue<SSLSocket> handshaken = new LinkedBlockingQueue<>();
    Thread.ofVirtual()
        .start(
            () -> {
              try {
                var peer = (SSLSocket) server.accept();
                peer.startHandshake();
                handshaken.add(peer);
              } catch (IOException e) {
                throw new UncheckedIOException(e);
              }
            });
    return handshaken;
  }

  /// What came together with the end of the handshake is known to nobody but TLS.
  @ParameterizedTest
  @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
  void keepsWhatComesWhilePaused(String protocol) throws IOException {
    var paused = new CountDownLatch(1);
    var address =
        listen(
            server(),
            () ->
                new Recorder() {
                  @Override
                  void onOpened() {
                    connection().pauseReading();
                    paused.countDown();
                  }
                });

    try (var relay = new Relay(address, 1 << 16);
        var peer = connect(relay.address(), protocol)) {
      send(peer, Frames.bytes("a"));
      var server = firstAccepted();
      Waiting.until("it is paused", () -> paused.getCount() == 0);
      assertThat(server.events).containsExactly("opened");

      server.connection().resumeReading();

      Waiting.until("it comes", () -> server.events.contains("frame a"));
    }
  }

  // ---- ends

  @Test
  void answersAfterTheOtherSideHasShutDown() throws IOException {
    var address = listen(server(), LateAnswer::new);

    try (var peer = connect(address, "TLSv1.3")) {
      send(peer, Frames.bytes("request"));
      peer.shutdownOutput();
      var server = (LateAnswer) firstAccepted();
      Waiting.on(server.ended);
      assertThat(server.connection().isOpen()).isFalse();
      server.answer();

      assertThat(readFrame(peer)).isEqualTo("reply to request");
      assertThat(peer.getInputStream().read()).isEqualTo(-1);
    }
    assertThat(firstAccepted().events).containsExactly("opened", "ended", "closed: CLOSED_HERE");
  }

  @Test
  void readsOnAfterItHasEndedItsOutput() {
    var address = listen(server(), LateAnswer::new);
    var client = new Recorder();

    var connection = dial(address, client(), client);
    connection.write(Frames.of("request"));
    connection.endOutput();
    var server = (LateAnswer) firstAccepted();
    Waiting.on(server.ended);
    server.answer();

    client.awaitClosed();
    assertThat(client.events)
        .containsExactly("opened", "frame reply to request", "ended", "closed: CLOSED_HERE");
  }

  /// RFC 5246, section 7.2.1: an end must be answered by an end, and what is unsent is lost.
  @Test
  void cannotAnswerThenWithTls12() throws IOException {
    var address = listen(server(), LateAnswer::new);

    try (var peer = connect(address, "TLSv1.2")) {
      send(peer, Frames.bytes("request"));
      peer.shutdownOutput();
      var server = (LateAnswer) firstAccepted();
      Waiting.on(server.ended);
      server.answer();

      assertThat(server.closeReason).isEqualTo(CloseReason.TLS_FAILED);
    }
  }

  @Test
  void abortIsNoProperEnd() {
    var address = listen(server(), PollerFixture::echo);
    var client = new Recorder();
    var connection = dial(address, client(), client);
    connection.write(Frames.of("a"));
    Waiting.until("it comes back", () -> client.events.contains("frame a"));

    connection.abort();

    client.awaitClosed();
    firstAccepted().awaitClosed();
    assertThat(client.closeReason).isEqualTo(CloseReason.ABORTED);
    assertThat(firstAccepted().closeReason).isEqualTo(CloseReason.TRUNCATED);
    assertThat(firstAccepted().events).doesNotContain("ended");
  }

  @Test
  void abortsWhileManyWrite() {
    for (int round = 0; round < 10; round++) {
      var address = listen(server(), PollerFixture::echo);
      var client = new Recorder();
      var connection = dial(address, client(), client);
      var threads = new ArrayList<Thread>();
      for (int i = 0; i < 4; i++) {
        threads.add(Writers.forEver(connection, new AtomicInteger()));
      }
      Waiting.until("bytes fly", () -> client.events.size() > 1 + 5);

      connection.abort();

      threads.forEach(Waiting::on);
      client.awaitClosed();
    }
    accepted.forEach(Recorder::awaitClosed);
  }

  @Test
  void noticesAReset() throws IOException {
    var address = listen(server(), Recorder::new);
    var plain = new Socket(address.getAddress(), address.getPort());
    var peer =
        (SSLSocket)
            foreign(Certificates.authority().client())
                .getSocketFactory()
                .createSocket(plain, "localhost", address.getPort(), false);
    send(peer, Frames.bytes("request"));
    Waiting.until("it is there", () -> firstAccepted().events.contains("frame request"));

    plain.setSoLinger(true, 0);
    plain.close();

    firstAccepted().awaitClosed();
    assertThat(firstAccepted().closeReason).isEqualTo(CloseReason.RESET);
  }

  /// More than the buffers of both kernels hold, so that the peer is still writing when it is
  /// refused.
  @Test
  void refusedPeerThatIsStillSendingReadsWhy() throws IOException {
    var address = listen(server(), SaysNo::new);
    byte[] garbage = new byte[32 << 20];
    Arrays.fill(garbage, (byte) -1);

    try (var peer = connect(address)) {
      peer.getOutputStream().write(garbage);

      assertThat(readFrame(peer)).isEqualTo("no: body: -1");
      assertThat(peer.getInputStream().read()).isEqualTo(-1);
    }
    firstAccepted().awaitClosed();
  }

  /// Close_notify in one packet with the last data, while TCP stays open.
  @ParameterizedTest
  @ValueSource(ints = {1, 64, 65, 200, 3_000})
  void endsWithTheLastRecord(int frames) throws IOException {
    var address = listen(server(), Recorder::new);
    var tls = foreign(Certificates.authority().client()).getSocketFactory();
    try (var plain = new CorkedSocket(address.getAddress(), address.getPort());
        var peer = (SSLSocket) tls.createSocket(plain, "localhost", address.getPort(), false)) {
      peer.startHandshake();
      plain.cork();
      for (int i = 0; i < frames; i++) {
        peer.getOutputStream().write(Frames.bytes("x"));
      }
      peer.shutdownOutput();

      plain.uncork();

      Waiting.until("it ends", () -> firstAccepted().events.contains("ended"));
      assertThat(firstAccepted().events).filteredOn("frame x"::equals).hasSize(frames);
    }
  }

  // ---- new keys

  /// In TLS 1.3, what the JDK calls a handshake on an open connection is a request for new keys.
  @Test
  void changesKeys() throws IOException {
    var address = listen(server(), PollerFixture::echo);

    try (var peer = connect(address, "TLSv1.3")) {
      for (int i = 0; i < 20; i++) {
        peer.startHandshake();
        send(peer, Frames.bytes("frame " + i));
        assertThat(readFrame(peer)).isEqualTo("frame " + i);
      }
    }
    firstAccepted().awaitClosed();
    assertThat(firstAccepted().closeReason).isEqualTo(CloseReason.CLOSED_HERE);
  }

  /// With a reader that is slow, so that the answers meet records that wait for the kernel.
  @Test
  void changesKeysWhileItSends() throws Exception {
    byte[] body = new byte[4 << 20];
    var address = listen(server(), PollerFixture::echo);

    try (var peer = connect(address, "TLSv1.3")) {
      var writer =
          Thread.ofVirtual()
              .start(
                  () -> {
                    try {
                      for (int i = 0; i < 5; i++) {
                        peer.startHandshake();
                        send(peer, Frames.bytes(body));
                      }
                    } catch (IOException e) {
                      throw new UncheckedIOException(e);
                    }
                  });
      var in = new DataInputStream(peer.getInputStream());
      for (int i = 0; i < 5; i++) {
        assertThat(in.readInt()).isEqualTo(body.length);
        in.skipNBytes(body.length);
      }
      Waiting.on(writer);
    }
  }

  @Test
  void refusesAFloodOfNewKeys() throws IOException {
    var address = listen(server(), PollerFixture::echo);

    try (var peer = connect(address, "TLSv1.3")) {
      send(peer, Frames.bytes("a"));
      assertThat(readFrame(peer)).isEqualTo("a");
      for (int i = 0; i < 40; i++) {
        peer.startHandshake();
      }
      firstAccepted().awaitClosed();
    } catch (IOException e) {
      // so it is: the connection is gone under it
    }

    firstAccepted().awaitClosed();
    assertThat(firstAccepted().closeReason).isEqualTo(CloseReason.TLS_FAILED);
  }

  // ---- the poller

  @Test
  void closesInTheMiddleOfHandshakes() throws Exception {
    var address = listen(server(), Recorder::new);
    var peers = new ArrayList<Socket>();
    for (int i = 0; i < 20; i++) {
      peers.add(new Socket(address.getAddress(), address.getPort()));
    }
    Waiting.until("all are in", () -> group.openConnections() == peers.size());
    var failure = new AtomicReference<Throwable>();
    try (var silent = new ServerSocket(0, 8, address.getAddress())) {
      var dials =
          Thread.ofPlatform()
              .start(
                  () -> {
                    try {
                      dial(named(silent.getLocalSocketAddress()), client(), new Recorder());
                    } catch (UncheckedIOException e) {
                      failure.set(e.getCause());
                    }
                  });
      try (var peer = silent.accept()) {
        assertThat(peer.getInputStream().read()).isEqualTo(0x16);

        group.close();

        Waiting.on(dials);
      }
    }

    assertThat(failure.get()).hasMessageEndingWith("failed: the pollers are closed");
    for (var peer : peers) {
      assertThat(peer.getInputStream().read()).isEqualTo(-1);
      peer.close();
    }
  }
}
