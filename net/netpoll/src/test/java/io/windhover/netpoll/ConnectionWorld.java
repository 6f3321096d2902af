package io.windhover.netpoll;

import io.windhover.buffer.LinkBuffer;
import io.windhover.netpoll.ConnectionModel.Writes;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// A connection, its peer, its kernel, its poller and its users, all turned by hand, and the model
/// that is told of everything.
///
/// Made and used on one thread, which is the poller's. What other threads do they do while it
/// waits: so a seed is a run. Two things at once are one in the middle of the other: within a write
/// to the kernel. Only a writer that waits for room ([#writeAndWait]) is on its own.
final class ConnectionWorld {

  private static final int LARGE_BYTES = 12_000; // more than a node
  private static final int UNLIMITED = 1 << 30;

  final ManualClock clock = new ManualClock();
  final FakePoller poller = new FakePoller();
  final FakeSocket socket = new FakeSocket();
  final MemoryBudget budget = new MemoryBudget(200_000);
  final AtomicInteger open = new AtomicInteger(1);
  final List<LinkBuffer> kept = new ArrayList<>();
  final ConnectionModel model;
  final boolean closesWhenEnded;
  boolean busy;
  Runnable meanwhile = () -> {};

  private final PolledConnection connection;
  private final ConnectionOptions options;
  private final Random random;
  private final Thread driver = Thread.currentThread();
  private @Nullable BlockingQueue<Optional<Runnable>>
      forDriver; // while it waits for another thread
  private boolean driverInside; // the connection
  private boolean insideWrite;
  private boolean resumes; // on the poller's next turn
  private int nextId = 1;

  private final ArrayDeque<Byte> wire = new ArrayDeque<>();
  private boolean finSent;
  private boolean reset;
  private boolean writesFail;

  private @Nullable Thread waiting;
  private final BlockingQueue<Runnable> waited = new LinkedBlockingQueue<>();

  ConnectionWorld(Random random, ConnectionOptions options, boolean accepted) {
    this.random = random;
    this.options = options;
    this.closesWhenEnded = random.nextInt(4) != 0;
    this.model = new ConnectionModel(options, socket, accepted, clock.getAsLong());
    this.connection =
        new PolledConnection(
            poller,
            socket,
            new ModelHandler(this),
            options,
            clock,
            budget,
            accepted,
            open::decrementAndGet);
    socket.duringRead = this::beforeRead;
    socket.duringWrite = this::beforeWrite;
    socket.duringShutdown = () -> model.outputShutDown(clock.getAsLong());
    connection.open();
  }

  // ---- threads

  /// Runs `action` on a thread that is no poller, and returns when it has ended.
  void offPoller(Runnable action) {
    var outer = forDriver;
    var steps = new LinkedBlockingQueue<Optional<Runnable>>(); // an empty one is the end
    forDriver = steps;
    var thread = random.nextInt(4) > 0 ? Thread.ofVirtual() : Thread.ofPlatform();
    thread.start(
        () -> {
          try {
            action.run();
          } catch (RuntimeException | Error e) {
            model.check(false, "thrown off the poller: " + e);
          } finally {
            steps.add(Optional.empty());
          }
        });
    for (var step = Waiting.next(steps); step.isPresent(); step = Waiting.next(steps)) {
      step.get().run();
    }
    forDriver = outer;
  }

  /// Lets the driver do something while another thread is in the middle of its work.
  private void onDriver(Runnable action) {
    var steps = forDriver;
    if (Thread.currentThread() == driver || steps == null) {
      action.run();
      return;
    }
    var done = new CountDownLatch(1);
    steps.add(
        Optional.of(
            () -> {
              try {
                action.run();
              } finally {
                done.countDown();
              }
            }));
    Waiting.on(done);
  }

  /// Whether the driver may act as the poller, and is not in the middle of that already.
  boolean pollerIsFree() {
    return !driverInside;
  }

  private void asPoller(Runnable step) {
    driverInside = true;
    try {
      step.run();
    } finally {
      driverInside = false;
    }
  }

  // ---- the peer and the kernel

  void peerSends() {
    if (finSent) {
      return;
    }
    for (int i = random.nextInt(3); i >= 0; i--) {
      var body = new byte[5 + size()];
      random.nextBytes(body);
      body[0] = -1; // no id of ours
      body[4] = ModelHandler.Command.pick(random.nextInt(1 << 20)).code();
      model.peerSends(body);
      toWire(Frames.bytes(body));
    }
  }

  void peerSendsRubbish() {
    if (!finSent) {
      model.peerSendsRubbish();
      toWire(new byte[] {-1, -1, -1, -1});
    }
  }

  private void toWire(byte[] bytes) {
    for (byte one : bytes) {
      wire.add(one);
    }
  }

  private int size() {
    return random.nextInt(4) > 0 ? random.nextInt(30) : random.nextInt(LARGE_BYTES);
  }

  void peerEnds() {
    finSent = true;
    deliver(0);
  }

  void peerResets() {
    reset = true;
    writesFail = true;
  }

  void peerIsGoneForWrites() {
    writesFail = true;
  }

  void deliverSome() {
    deliver(1 + size());
  }

  /// Puts some of what the peer sent behind what has arrived and not been read.
  void deliver(int maxBytes) {
    var before = socket.arriving.isEmpty() ? new byte[0] : socket.arriving.remove();
    var bytes = Arrays.copyOf(before, before.length + Math.min(maxBytes, wire.size()));
    for (int i = before.length; i < bytes.length; i++) {
      bytes[i] = wire.remove();
    }
    if (bytes.length > 0) {
      socket.arriving.add(bytes);
    }
    socket.atEnd = finSent && wire.isEmpty();
  }

  /// Some bytes of what the peer sent come one by one, with seconds between.
  void drip() {
    for (int i = 0; i < 8 && !model.isClosed(); i++) {
      deliver(1);
      poll();
      if (!model.isClosed()) {
        turnClock(Duration.ofSeconds(5));
      }
    }
  }

  void kernelTakes(int bytes) {
    socket.room = Math.min(socket.room, UNLIMITED) + bytes;
  }

  private void beforeRead() throws IOException {
    if (reset) {
      model.ends(CloseReason.RESET);
      throw new IOException("connection reset");
    }
    if (!socket.arriving.isEmpty()) {
      model.arrived(clock.getAsLong());
    }
  }

  private void beforeWrite() throws IOException {
    if (Thread.currentThread() != waiting && !insideWrite) {
      insideWrite = true;
      onDriver(meanwhile);
      insideWrite = false;
    }
    if (writesFail) {
      model.writeFails();
      throw new IOException("broken pipe");
    }
    model.sent(socket.room, clock.getAsLong());
  }

  // ---- the poller

  /// Tells the connection what a poller would.
  ///
  /// @return whether there was something to tell
  boolean poll() {
    if (socket.closed) {
      return false;
    }
    boolean readable =
        socket.readInterest && (reset || !socket.arriving.isEmpty() || isEndUnread());
    boolean writable = socket.writeInterest && (socket.room > 0 || writesFail);
    if (writable) {
      boolean readBefore = socket.readInterest;
      asPoller(connection::writable);
      if (!readBefore && socket.readInterest) {
        model.resumed(clock.getAsLong()); // it was choked
      }
    }
    if (readable) {
      asPoller(connection::readable);
    }
    return readable || writable;
  }

  private boolean isEndUnread() {
    return socket.atEnd && !socket.endRead;
  }

  void runTasks() {
    if (resumes) {
      resumes = false;
      model.resumed(clock.getAsLong());
    }
    asPoller(poller::runTasks);
  }

  void sweep() {
    model.sweeps(clock.getAsLong(), busy);
    asPoller(() -> connection.sweep(clock.getAsLong()));
  }

  void turnClock(Duration by) {
    runTasks();
    clock.turn(by);
    sweep();
  }

  void shutDown() {
    runTasks();
    model.ends(CloseReason.ABORTED);
    poller.beginClose();
    asPoller(connection::shutDown);
  }

  // ---- this side, on any thread

  void write(int id, LinkBuffer frame) {
    if (Thread.currentThread() != driver && (model.isAboveHighWater() || waiting != null)) {
      tryWrite(id, frame); // it would have to wait, or could
      return;
    }
    int bytes = frame.size();
    var writes = model.writes();
    int began = model.beginsWrite(bytes, clock.getAsLong());
    boolean taken = isTaken(frame);
    model.check(writes.allow(taken), "write: taken " + taken);
    model.wrote(id, bytes, began, taken);
    if (Thread.currentThread() == driver && model.unsent() > options.maxUnsentBytes()) {
      model.mayEnd(CloseReason.WRITE_STALLED);
    }
  }

  private boolean isTaken(LinkBuffer frame) {
    try {
      connection.write(frame);
      return true;
    } catch (ConnectionClosedException e) {
      return false;
    }
  }

  private void tryWrite(int id, LinkBuffer frame) {
    int bytes = frame.size();
    var writes = model.writes();
    boolean full = model.isAboveHighWater();
    int began = model.beginsWrite(bytes, clock.getAsLong());
    boolean taken = connection.tryWrite(frame);
    model.check(
        full ? !taken || writes == Writes.UNKNOWN : writes.allow(taken),
        "tryWrite: taken " + taken);
    model.wrote(id, bytes, began, taken);
  }

  void writeNew() {
    int id = nextId++;
    write(id, newFrame(id));
  }

  void tryWriteNew() {
    int id = nextId++;
    tryWrite(id, newFrame(id));
  }

  private LinkBuffer newFrame(int id) {
    var frame = new LinkBuffer();
    int more = size();
    frame.writeInt(Integer.BYTES + more);
    frame.writeInt(id);
    frame.writeBytes(new byte[more], 0, more);
    return frame;
  }

  /// Lets a thread wait for room, if there is none and no other one waits already.
  void writeAndWait() {
    if (waiting != null || !model.mustWait() || model.writes() != Writes.TAKEN) {
      return;
    }
    int id = nextId++;
    var frame = newFrame(id);
    int bytes = frame.size();
    int began = model.waitsToWrite();
    waiting =
        Thread.startVirtualThread(
            () -> {
              boolean taken = isTaken(frame);
              waited.add(() -> model.wroteLate(id, bytes, began, taken));
            });
    settle();
    model.check(waiting != null, "a write above the high-water mark did not wait");
  }

  /// Waits until the thread that waits either has to go on waiting or has ended.
  void settle() {
    var thread = waiting;
    if (thread == null) {
      return;
    }
    Waiting.until(
        "the waiting writer goes on",
        () ->
            thread.getState() == Thread.State.TERMINATED
                || (thread.getState() == Thread.State.WAITING && model.mustWait()));
    if (thread.getState() == Thread.State.TERMINATED) {
      waiting = null;
      Waiting.next(waited).run();
    }
  }

  void pause() {
    model.pauses();
    connection.pauseReading();
  }

  void resume() {
    model.resumes();
    resumes = true;
    connection.resumeReading();
  }

  void close() {
    model.closes();
    connection.close();
  }

  void endOutput() {
    model.endsOutput();
    connection.endOutput();
  }

  void abort() {
    model.ends(CloseReason.ABORTED);
    connection.abort();
  }

  void checkBudget(long heldByOthers) {
    long held = budget.heldBytes() - heldByOthers;
    model.check(held == 0 || !model.isClosed(), held + " bytes of the budget not given back");
  }

  void releaseKept() {
    kept.forEach(LinkBuffer::release);
    kept.clear();
  }
}
