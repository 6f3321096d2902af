package io.windhover.netpoll;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.windhover.buffer.LinkBuffer;
import io.windhover.buffer.NodePool;
import io.windhover.netpoll.tls.Certificates;
import io.windhover.netpoll.tls.TlsOptions;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// A secured socket alone, step by step: the poller, the kernel and the network are the test's.
final class TlsSocketTest {

  private final long heldBefore = NodePool.shared().heldBytes();
  private final FakePoller poller = new FakePoller();
  private final MemoryBudget budget = new MemoryBudget(1 << 16);
  private final Side client = new Side();
  private final Side server = new Side();

  /// One end, and what its kernel holds.
  private final class Side implements TlsHandshake.Outcome {
    final FakeSocket kernel = new FakeSocket();
    @Nullable TlsSocket secured;

    TlsHandshake handshake(TlsOptions options) {
      return new TlsHandshake(poller, kernel, options, budget, 0, this);
    }

    @Override
    public boolean isWanted() {
      return true;
    }

    @Override
    public void secured(TlsSocket socket) {
      secured = socket;
      socket.handTo(new Idle());
    }

    @Override
    public void failed(TlsException cause) {
      throw new AssertionError(cause);
    }

    TlsSocket socket() {
      return requireNonNull(secured);
    }

    PolledSocket.Owner owner() {
      return requireNonNull(poller.owners.get(kernel));
    }

    /// What this side has sent arrives at the other.
    void deliverTo(Side other) {
      if (kernel.sent.size() > 0) {
        other.kernel.arriving.add(kernel.sent.toByteArray());
        kernel.sent.reset();
      }
      if (poller.owners.containsKey(other.kernel)) {
        other.owner().readable();
      }
    }

    String read() throws IOException {
      try (var plain = new LinkBuffer()) {
        int count = socket().read(plain);
        return count < 0 ? "end" : plain.readUtf8(plain.size());
      }
    }
  }

  private static final class Idle implements PolledSocket.Owner {
    @Override
    public void readable() {}

    @Override
    public void writable() {}

    @Override
    public void sweep(long nowNanos) {}

    @Override
    public void drain() {}

    @Override
    public void shutDown() {}
  }

  @BeforeEach
  void shakeHands() throws IOException {
    var serverOptions =
        TlsOptions.builder(Certificates.authority().server().credentials().load()).build();
    var clientOptions = TlsOptions.builder(Certificates.authority().trusted().load()).build();
    client.handshake(clientOptions).begin(() -> clientOptions.clientEngine("localhost", 1));
    server.handshake(serverOptions).begin(serverOptions::serverEngine);
    Waiting.until(
        "both are done",
        () -> {
          poller.runTasks();
          client.deliverTo(server);
          server.deliverTo(client);
          return client.secured != null && server.secured != null;
        });
    client.deliverTo(server);
    server.deliverTo(client);
    assertThat(client.read()).as("tickets").isEmpty();
    assertThat(budget.heldBytes()).as("no more of the handshake").isZero();
    assertThat(NodePool.shared().heldBytes()).as("no memory while idle").isEqualTo(heldBefore);
  }

  @AfterEach
  void keepsNothing() {
    client.socket().close();
    server.socket().close();
    for (var side : new Side[] {client, server}) {
      side.owner().shutDown();
      assertThat(side.kernel.closed).isTrue();
    }

    assertThat(budget.heldBytes()).isZero();
    assertThat(NodePool.shared().heldBytes()).isEqualTo(heldBefore);
  }

  private static LinkBuffer buffer(String text) {
    return LinkBuffer.wrap(text.getBytes(US_ASCII));
  }

  private static int recordBytes(byte[] bytes) {
    return 5 + ByteBuffer.wrap(bytes).getShort(3);
  }

  // ---- writing

  /// What the kernel has not got is not consumed, so that nobody takes it for sent.
  @Test
  void consumesInStepWithTheKernel() throws IOException {
    var text = "x".repeat(1_000);
    try (var from = buffer(text)) {
      client.kernel.room = 0;
      client.socket().write(from);
      assertThat(from.size()).isEqualTo(1_000);

      client.kernel.room = 5;
      client.socket().write(from);
      int record = recordBytes(client.kernel.sent.toByteArray());
      for (int sent = 6; sent < record; sent++) {
        client.kernel.room = 1;
        client.socket().write(from);
        assertThat(from.size()).isEqualTo(Math.max(1, 1_000 - sent));
      }
      client.kernel.room = 1;
      client.socket().write(from);
      assertThat(from.size()).isZero();
    }

    client.deliverTo(server);
    assertThat(server.read()).isEqualTo(text);
  }

  /// The buffer grows at its end while its head waits.
  @Test
  void takesMoreWhileARecordWaits() throws IOException {
    try (var from = buffer("one ")) {
      client.kernel.room = 3;
      client.socket().write(from);
      from.append(buffer("two"));
      client.kernel.room = Integer.MAX_VALUE;
      client.socket().write(from);
      assertThat(from.size()).isZero();
    }

    client.deliverTo(server);
    assertThat(server.read()).isEqualTo("one two");
  }

  @Test
  void leavesTheWriterNoMemoryWhenAllIsSent() throws IOException {
    try (var from = new LinkBuffer()) {
      from.writeInt(1);
      client.socket().write(from);

      assertThat(NodePool.shared().heldBytes()).isEqualTo(heldBefore);
    }
  }

  @Test
  void holdsFewRecords() throws IOException {
    try (var from = new LinkBuffer()) {
      from.writeBytes(new byte[1 << 20], 0, 1 << 20);
      long held = NodePool.shared().heldBytes();
      client.kernel.room = 0;

      client.socket().write(from);
      client.socket().write(from);

      assertThat(NodePool.shared().heldBytes() - held).isLessThanOrEqualTo(256 << 10);
    }
  }

  // ---- reading

  @Test
  void readsRecordsThatComeInPieces() throws IOException {
    try (var from = buffer("hello")) {
      client.socket().write(from);
    }
    byte[] record = client.kernel.sent.toByteArray();
    client.kernel.sent.reset();

    for (int i = 0; i < record.length - 1; i++) {
      server.kernel.arriving.add(new byte[] {record[i]});
      assertThat(server.read()).isEmpty();
    }
    assertThat(budget.heldBytes()).isEqualTo(record.length - 1);
    server.kernel.arriving.add(new byte[] {record[record.length - 1]});

    assertThat(server.read()).isEqualTo("hello");
    assertThat(budget.heldBytes()).isZero();
  }

  @Test
  void countsUnfinishedRecordsAgainstTheBudget() {
    budget.change(0, 1 << 16); // of others
    server.kernel.arriving.add(new byte[] {23, 3, 3, 0x40, 0, 1, 2, 3});

    assertThatThrownBy(server::read)
        .isInstanceOfSatisfying(
            TlsException.class, e -> assertThat(e.reason()).isEqualTo(CloseReason.MEMORY));

    server.socket().close();
    budget.change(1 << 16, 0);
  }

  /// Row 84c.
  @Test
  void truncationIsNoEnd() {
    server.kernel.atEnd = true;

    assertThatThrownBy(server::read)
        .isInstanceOfSatisfying(
            TlsException.class, e -> assertThat(e.reason()).isEqualTo(CloseReason.TRUNCATED))
        .hasMessage("the peer closed the connection without close_notify");
  }

  @Test
  void refusesRecordsThatCarryNothing() throws IOException {
    for (int i = 0; i < 40; i++) {
      client.socket().engine().beginHandshake(); // new keys
      client.socket().sendOwn();
    }
    client.deliverTo(server);

    assertThatThrownBy(server::read).hasMessage("33 TLS records in a row carry nothing");
  }

  /// A peer that pays for each of them with a byte of the connection, and takes no answer.
  @Test
  void refusesEndlessNewKeys() throws IOException {
    server.kernel.room = 0;
    for (int i = 0; i < 20; i++) {
      client.socket().engine().beginHandshake();
      client.socket().sendOwn();
      try (var from = buffer("x")) {
        client.socket().write(from);
      }
    }
    client.deliverTo(server);

    assertThatThrownBy(server::read).hasMessage("the peer asks for new keys and reads no answer");
  }

  /// The poller does not wait for a writer that is in the middle of a record; the writer answers.
  @Test
  void answersThroughTheWriter() throws Exception {
    var inside = new CountDownLatch(1);
    var leave = new CountDownLatch(1);
    server.kernel.duringWrite =
        () -> {
          inside.countDown();
          Waiting.on(leave);
        };
    var failure = new AtomicReference<Throwable>();
    var writer =
        Thread.ofPlatform()
            .start(
                () -> {
                  try (var from = buffer("reply")) {
                    server.socket().write(from);
                  } catch (IOException e) {
                    failure.set(e);
                  }
                });
    Waiting.on(inside);
    client.socket().engine().beginHandshake();
    client.socket().sendOwn();
    client.deliverTo(server);

    assertThat(server.read()).as("does not wait").isEmpty();
    leave.countDown();
    Waiting.on(writer);

    assertThat(failure).hasNullValue();
    byte[] sent = server.kernel.sent.toByteArray();
    assertThat(sent.length).as("reply, and answer").isGreaterThan(recordBytes(sent));
    server.deliverTo(client);
    assertThat(client.read()).isEqualTo("reply");
    try (var from = buffer("with new keys")) {
      server.socket().write(from);
    }
    server.deliverTo(client);
    assertThat(client.read()).isEqualTo("with new keys");
  }

  // ---- the end

  @Test
  void endsItsOutputOnceTheKernelTakesTheEnd() throws IOException {
    client.kernel.room = 0;
    client.socket().interest(false, false);
    client.socket().shutdownOutput();
    assertThat(client.kernel.writeInterest).isTrue();
    assertThat(client.kernel.outputShutDown).isFalse();

    client.kernel.room = Integer.MAX_VALUE;
    client.owner().writable();

    assertThat(client.kernel.outputShutDown).isTrue();
    assertThat(client.kernel.writeInterest).isFalse();
    assertThat(client.kernel.readInterest).as("its owner has paused").isFalse();
    client.deliverTo(server);
    assertThat(server.read()).isEqualTo("end");
  }

  @Test
  void saysThatItEnds() throws IOException {
    client.socket().end();
    client.socket().close();
    client.deliverTo(server);

    assertThat(client.kernel.closed).isTrue();
    assertThat(server.read()).isEqualTo("end");
    assertThat(server.read()).as("again").isEqualTo("end");
  }

  @Test
  void saysNothingWhenItIsAborted() {
    client.socket().close();

    assertThat(client.kernel.sent.size()).isZero();
    assertThat(client.kernel.closed).isTrue();
  }

  @Test
  void waitsWithTheEndForTheKernel() throws IOException {
    client.kernel.room = 0;
    client.socket().end();
    client.socket().close();
    assertThat(client.kernel.closed).isFalse();
    assertThat(client.kernel.writeInterest).isTrue();

    client.kernel.room = Integer.MAX_VALUE;
    client.owner().writable();

    assertThat(client.kernel.outputShutDown).isTrue();
    client.deliverTo(server);
    assertThat(server.read()).isEqualTo("end");
    client.kernel.arriving.add(new byte[1_000]);
    client.kernel.atEnd = true;
    client.owner().readable();
    assertThat(client.kernel.closed).isTrue();
  }

  @Test
  void doesNotWaitLongForTheKernel() throws IOException {
    client.kernel.room = 0;
    client.socket().end();
    client.socket().close();

    client.owner().sweep(0);
    client.owner().sweep(Duration.ofMillis(999).toNanos());
    assertThat(client.kernel.closed).isFalse();
    client.owner().sweep(Duration.ofSeconds(1).toNanos());

    assertThat(client.kernel.closed).isTrue();
  }

  @Test
  void refusesToWriteOnceItIsClosed() {
    client.socket().close();

    try (var from = buffer("late")) {
      assertThatThrownBy(() -> client.socket().write(from)).isInstanceOf(IOException.class);
    }
  }

  @Test
  void tellsThePeerOfABrokenRecord() throws IOException {
    byte[] forged = new byte[5 + 30];
    System.arraycopy(new byte[] {23, 3, 3, 0, 30}, 0, forged, 0, 5);
    server.kernel.arriving.add(Arrays.copyOf(forged, forged.length));

    assertThatThrownBy(server::read)
        .isInstanceOfSatisfying(
            TlsException.class, e -> assertThat(e.reason()).isEqualTo(CloseReason.TLS_FAILED));

    server.deliverTo(client);
    assertThatThrownBy(client::read).hasMessage("the peer gave up (alert bad_record_mac)");
  }
}
