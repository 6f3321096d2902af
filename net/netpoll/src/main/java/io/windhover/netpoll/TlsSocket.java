package io.windhover.netpoll;

import io.windhover.buffer.LinkBuffer;
import io.windhover.netpoll.tls.TlsSession;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.net.SocketAddress;
import java.time.Duration;
import java.util.Optional;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import org.jspecify.annotations.Nullable;

/// A socket inside of another: what goes through is encrypted.
///
/// ```
///   owner:   TlsHandshake, then PolledConnection, perhaps Parting
///              |  read, write                ^  readable, writable, sweep
///              v                             |
///   this:    TlsInput, TlsOutput, engine     |
///              |                             |
///              v                             |
///   socket:  of the back end ----------------+
/// ```
///
/// The poller knows the inner socket, whose owner this is all its life; so it can change its own
/// owner without a word to the poller.
final class TlsSocket implements PolledSocket, PolledSocket.Owner {

  private static final System.Logger LOG = System.getLogger(TlsSocket.class.getName());
  private static final Duration PARTING_LIMIT = Duration.ofSeconds(1);
  private static final int MAX_READS_PER_TURN = 8;
  private static final int SHORT_READ = 4096; // which has probably emptied the inner socket

  /// Records without a byte of the connection, one after the other: none of them is of use.
  private static final int MAX_EMPTY_RECORDS = 32;

  private final Poller poller;
  private final PolledSocket socket;
  private final SSLEngine engine;
  private final MemoryBudget budget;
  private final TlsOutput output;

  // The poller's own:
  private final TlsInput input;
  private Owner owner;
  private boolean inputEnded; // the peer has said that nothing more comes
  private boolean reading = true; // whether the owner hears of bytes
  private boolean endUnsent; // this side has too, but the kernel did not take it
  private boolean closed;
  private int emptyRecords;
  private int handshakeBytes; // that the engine has got, and may keep
  private int charged; // of these and the input, to the budget

  /// @param owner the first one
  TlsSocket(
      Poller poller, PolledSocket socket, SSLEngine engine, MemoryBudget budget, Owner owner) {
    this.poller = poller;
    this.socket = socket;
    this.engine = engine;
    this.budget = budget;
    this.owner = owner;
    this.input = new TlsInput(engine);
    this.output = new TlsOutput(engine, socket);
  }

  /// Changes who hears of what this socket can do.
  void handTo(Owner owner) {
    this.owner = owner;
    budget.change(handshakeBytes, 0); // the handshake is over
    charged -= handshakeBytes;
    handshakeBytes = 0;
  }

  @Override
  public SocketAddress localAddress() {
    return socket.localAddress();
  }

  @Override
  public SocketAddress remoteAddress() {
    return socket.remoteAddress();
  }

  @Override
  public Optional<TlsSession> tls() {
    return Optional.of(TlsSession.of(engine));
  }

  // ---- the handshake

  SSLEngine engine() {
    return engine;
  }

  /// Receives one record of the handshake.
  ///
  /// @param maxBytes it may have
  /// @return its bytes; 0 if it is not here yet
  int receiveRecord(int maxBytes) throws IOException {
    receive(CloseReason.RESET, "the peer closed the connection in the middle of it");
    int bytes = input.recordBytes();
    if (bytes > maxBytes) {
      throw new TlsException(
          CloseReason.TLS_FAILED, "the peer sends more than maxHandshakeBytes allows", null);
    }
    boolean whole = input.hasRecord();
    if (whole) {
      handshakeBytes += bytes;
      unwrapHandshake();
    }
    charge();
    return whole ? bytes : 0;
  }

  private void unwrapHandshake() throws TlsException {
    try (var none = new LinkBuffer()) {
      var result = input.unwrap(none);
      if (result.getStatus() != SSLEngineResult.Status.OK || none.size() > 0) {
        throw new TlsException(CloseReason.TLS_FAILED, "the peer broke it off", null);
      }
    }
  }

  /// Sends what is unsent and what the engine has to say.
  ///
  /// @return whether nothing is left to send
  boolean sendOwn() throws IOException {
    return output.sendOwn();
  }

  /// Tells the peer what the engine has failed of, as far as that goes at once.
  void sendAlert() {
    output.sendAlert();
  }

  /// Whether what the peer has sent is no TLS.
  boolean isPeerPlain() {
    return input.isPlain();
  }

  /// Closes like [#part], and tells the peer, which has sent nothing but what is no TLS, that this
  /// side speaks it: in an alert, which is 7 bytes and most clients know.
  void refusePlain(Runnable onClosed) {
    output.refusePlain();
    part(onClosed);
  }

  // ---- reading

  @Override
  public int read(LinkBuffer into) throws IOException {
    if (inputEnded) {
      return -1;
    }
    try {
      receive(CloseReason.TRUNCATED, "the peer closed the connection without close_notify");
      int before = into.size();
      while (!inputEnded && input.hasRecord()) {
        unwrap(into);
      }
      charge();
      int count = into.size() - before;
      return count == 0 && inputEnded ? -1 : count;
    } catch (TlsException e) {
      output.sendAlert();
      throw e;
    }
  }

  /// Reads on until a record is whole, or the kernel has probably no more.
  ///
  /// @param reason of the failure if the peer has closed
  private void receive(CloseReason reason, String failure) throws IOException {
    int count = SHORT_READ;
    for (int i = 0; i < MAX_READS_PER_TURN && count >= SHORT_READ && !input.hasRecord(); i++) {
      count = input.readFrom(socket);
      if (count < 0) {
        throw new TlsException(reason, failure, null);
      }
    }
  }

  private void unwrap(LinkBuffer into) throws IOException {
    var result = input.unwrap(into);
    switch (result.getStatus()) {
      case OK -> {}
      case CLOSED -> {
        inputEnded = true;
        owner.endArrived(); // what has come before is read first
      }
      case BUFFER_OVERFLOW, BUFFER_UNDERFLOW ->
          throw new TlsException(CloseReason.TLS_FAILED, "a record: " + result, null);
    }
    emptyRecords = result.bytesProduced() > 0 ? 0 : emptyRecords + 1;
    if (emptyRecords > MAX_EMPTY_RECORDS) {
      throw new TlsException(
          CloseReason.TLS_FAILED, emptyRecords + " TLS records in a row carry nothing", null);
    }
    if (!inputEnded) {
      afterTheHandshake(result.getHandshakeStatus());
    }
  }

  /// TLS 1.3 changes keys and hands out tickets. All else, and in TLS 1.2 anything, would be
  /// another handshake.
  private void afterTheHandshake(HandshakeStatus status) throws IOException {
    boolean quiet = status == HandshakeStatus.NOT_HANDSHAKING || status == HandshakeStatus.FINISHED;
    if (quiet) {
      return;
    }
    if (status == HandshakeStatus.NEED_WRAP
        && engine.getSession().getProtocol().equals("TLSv1.3")) {
      output.reply();
      return;
    }
    throw new TlsException(
        CloseReason.TLS_FAILED, "the peer asks for another handshake, which is refused", null);
  }

  /// Counts the unfinished record, and what the engine may keep of a handshake, against what all
  /// connections may hold together.
  private void charge() throws TlsException {
    int held = input.size() + handshakeBytes;
    boolean fits = budget.change(charged, held);
    charged = held;
    if (!fits) {
      throw new TlsException(CloseReason.MEMORY, CloseReason.MEMORY.toString(), null);
    }
  }

  // ---- writing

  @Override
  public void write(LinkBuffer from) throws IOException {
    output.write(from);
  }

  @Override
  public int recordBytes() {
    return input.size();
  }

  @Override
  public void keepAlive(KeepAlive keepAlive) throws IOException {
    socket.keepAlive(keepAlive);
  }

  @Override
  public int unsentBytes() {
    return output.unsentBytes();
  }

  @Override
  public void end() throws IOException {
    endUnsent = !output.sendEnd();
  }

  @Override
  public void shutdownOutput() throws IOException {
    end();
    if (endUnsent) {
      socket.interest(reading, true); // the rest follows once it is writable
    } else {
      socket.shutdownOutput();
    }
  }

  // ---- readiness

  @Override
  public void interest(boolean readable, boolean writable) {
    reading = readable;
    socket.interest(readable, writable || endUnsent);
    if (readable && mayHaveRecord()) {
      poller.execute(this::readable); // of these bytes the kernel knows nothing any more
    }
  }

  private boolean mayHaveRecord() {
    try {
      return !closed && input.hasRecord();
    } catch (TlsException e) {
      return true; // reading will tell
    }
  }

  @Override
  public void readable() {
    if (!closed) {
      owner.readable();
    }
  }

  @Override
  public void broken() {
    owner.broken();
  }

  @Override
  public void writable() {
    if (!endUnsent) {
      owner.writable();
      return;
    }
    try {
      shutdownOutput();
      socket.interest(reading, endUnsent);
    } catch (IOException e) {
      endUnsent = false;
      socket.interest(reading, false); // who reads meets the same
    }
  }

  @Override
  public void sweep(long nowNanos) {
    owner.sweep(nowNanos);
  }

  @Override
  public void drain() {
    owner.drain();
  }

  @Override
  public void shutDown() {
    owner.shutDown();
  }

  // ---- the end

  /// Closes at once, unless [#end] still waits for the kernel: then soon.
  @Override
  public void close() {
    if (endUnsent) {
      endUnsent = false;
      part(() -> {});
    } else {
      closeNow();
    }
  }

  private void closeNow() {
    closed = true;
    socket.close();
    input.release();
    output.close();
    budget.change(charged, 0);
    charged = 0;
  }

  /// Closes once the peer has got what is unsent and has closed too, or after a second. Bytes that
  /// arrive are dropped: a close with some of them unread would be a reset, and that overtakes what
  /// was written last.
  void part(Runnable onClosed) {
    var parting = new Parting(onClosed);
    owner = parting;
    parting.writable();
  }

  private final class Parting implements Owner {
    private final Runnable onClosed;
    private @Nullable Long sinceNanos;

    Parting(Runnable onClosed) {
      this.onClosed = onClosed;
    }

    @Override
    public void writable() {
      try {
        boolean sent = output.sendOwn();
        if (sent) {
          socket.shutdownOutput();
        }
        socket.interest(true, !sent);
      } catch (IOException e) {
        gone(e);
      }
    }

    @Override
    public void readable() {
      try (var dropped = new LinkBuffer()) {
        int count = 1;
        for (int i = 0; i < MAX_READS_PER_TURN && count > 0; i++) {
          count = socket.read(dropped);
          dropped.skip(dropped.size());
        }
        if (count < 0) {
          shutDown();
        }
      } catch (IOException e) {
        gone(e);
      }
    }

    @Override
    public void sweep(long nowNanos) {
      if (sinceNanos == null) {
        sinceNanos = nowNanos;
      } else if (nowNanos - sinceNanos >= PARTING_LIMIT.toNanos()) {
        shutDown();
      }
    }

    private void gone(IOException cause) {
      LOG.log(Level.DEBUG, () -> remoteAddress() + ": " + cause.getMessage());
      shutDown();
    }

    @Override
    public void drain() {} // it is about that

    @Override
    public void shutDown() {
      if (!closed) {
        closeNow();
        onClosed.run();
      }
    }
  }
}
