package io.windhover.netpoll;

import io.windhover.netpoll.tls.TlsOptions;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/// From a connected socket to a secured one, or to a reason why not.
///
/// ```
///            adopted                  NOT_HANDSHAKING
///   MAKING ----------> HANDSHAKING ---------------------> OVER: secured
///                       |    ^
///             NEED_TASK |    | done             failure, timeout, given up
///                       v    |          any ---------------------------------> OVER: failed
///                      COMPUTING
/// ```
///
/// On the poller it receives and sends. What computes, reads files or may wait (making the engine,
/// its delegated tasks: signatures, paths of certificates) is MAKING and COMPUTING, on a virtual
/// thread that comes back to the poller.
final class TlsHandshake implements PolledSocket.Owner {

  /// Told how it ended, once.
  interface Outcome {

    /// Whether there is still use for it.
    boolean isWanted();

    /// On the poller.
    void secured(TlsSocket socket);

    /// The socket is closed. On the poller, or where nobody polls any more.
    void failed(TlsException cause);
  }

  private enum Phase {
    MAKING,
    HANDSHAKING,
    COMPUTING,
    OVER
  }

  /// Computes, and says what the poller does next.
  private interface Work {
    Runnable run() throws SSLException;
  }

  private final Poller poller;
  private final PolledSocket plain;
  private final TlsOptions options;
  private final MemoryBudget budget;
  private final Outcome outcome;
  private final long sinceNanos;

  // The poller's own:
  private Phase phase = Phase.MAKING;
  private @Nullable TlsSocket socket;
  private String peer = "";
  private int bytes; // received

  TlsHandshake(
      Poller poller,
      PolledSocket plain,
      TlsOptions options,
      MemoryBudget budget,
      long nowNanos,
      Outcome outcome) {
    this.poller = poller;
    this.plain = plain;
    this.options = options;
    this.budget = budget;
    this.outcome = outcome;
    this.sinceNanos = nowNanos;
  }

  /// Begins and returns at once. Any thread.
  ///
  /// @param engines makes the engine, not on a poller
  void begin(Supplier<SSLEngine> engines) {
    compute(
        () -> {
          var engine = engines.get();
          engine.beginHandshake();
          return () -> adopt(engine);
        });
  }

  private void adopt(SSLEngine engine) {
    if (phase == Phase.OVER) {
      return;
    }
    if (!outcome.isWanted()) {
      fail(new TlsException(CloseReason.ABORTED, "there is no use for it any more", null));
      return;
    }
    try {
      var secured = new TlsSocket(poller, plain, engine, budget, this);
      socket = secured;
      poller.adopt(plain, secured);
      peer = " with " + plain.remoteAddress();
      goOn(secured);
    } catch (IOException | RuntimeException | Error e) {
      fail(e);
    }
  }

  // ---- on the poller

  private void goOn(TlsSocket socket) {
    phase = Phase.HANDSHAKING;
    try {
      while (phase == Phase.HANDSHAKING && step(socket)) {}
    } catch (IOException | RuntimeException | Error e) {
      fail(e);
    }
  }

  /// @return false if the poller or another thread has to come before the next one
  private boolean step(TlsSocket socket) throws IOException {
    if (!socket.sendOwn()) {
      socket.interest(false, true);
      return false;
    }
    return switch (socket.engine().getHandshakeStatus()) {
      case NEED_TASK -> {
        runTasks(socket);
        yield false;
      }
      case NEED_WRAP -> throw new SSLException("the engine has nothing to send");
      case NEED_UNWRAP, NEED_UNWRAP_AGAIN -> {
        int count = socket.receiveRecord(options.maxHandshakeBytes() - bytes);
        bytes += count;
        if (count == 0) {
          socket.interest(true, false);
        }
        yield count > 0;
      }
      case NOT_HANDSHAKING, FINISHED -> {
        secured(socket);
        yield false;
      }
    };
  }

  private void secured(TlsSocket socket) throws IOException {
    if (socket.tls().orElseThrow().applicationProtocol().isEmpty()
        && !options.applicationProtocols().isEmpty()
        && options.requiresApplicationProtocol()) {
      socket.end();
      throw new TlsException(
          CloseReason.TLS_FAILED,
          "the peer names no application protocol (ALPN), and one of %s is required"
              .formatted(options.applicationProtocols()),
          null);
    }
    phase = Phase.OVER;
    socket.interest(true, false);
    outcome.secured(socket);
  }

  private void fail(Throwable cause) {
    if (phase == Phase.OVER) {
      return;
    }
    phase = Phase.OVER;
    var failure = describe(cause);
    if (socket == null) {
      plain.close();
      outcome.failed(failure);
    } else if (isServer(socket) && bytes == 0 && socket.isPeerPlain()) {
      socket.refusePlain(() -> outcome.failed(failure));
    } else if (cause.getCause() instanceof SSLException && isServer(socket)) {
      socket.part(() -> outcome.failed(failure)); // so that the alert is not overtaken by a reset
    } else {
      socket.sendAlert();
      socket.close();
      outcome.failed(failure);
    }
  }

  private static boolean isServer(TlsSocket socket) {
    return !socket.engine().getUseClientMode();
  }

  private TlsException describe(Throwable cause) {
    var reason = cause instanceof TlsException tls ? tls.reason() : CloseReason.RESET;
    var text = cause.getMessage() != null ? cause.getMessage() : cause.toString();
    return new TlsException(reason, "the TLS handshake" + peer + " failed: " + text, cause);
  }

  /// There will be no use for it. On the poller.
  void giveUp() {
    if (phase != Phase.OVER) {
      phase = Phase.OVER;
      close();
    }
  }

  private void close() {
    if (socket != null) {
      socket.close();
    } else {
      plain.close();
    }
  }

  @Override
  public void readable() {
    resume();
  }

  @Override
  public void writable() {
    resume();
  }

  private void resume() {
    if (phase == Phase.HANDSHAKING && socket != null) {
      goOn(socket);
    }
  }

  @Override
  public void sweep(long nowNanos) {
    if (nowNanos - sinceNanos >= TimeUnit.NANOSECONDS.convert(options.handshakeTimeout())) {
      fail(
          new TlsException(
              CloseReason.TLS_FAILED, "not done within " + options.handshakeTimeout(), null));
    }
  }

  @Override
  public void drain() {
    shutDown();
  }

  @Override
  public void shutDown() {
    fail(new TlsException(CloseReason.ABORTED, "the pollers are closed", null));
  }

  // ---- on virtual threads

  private void runTasks(TlsSocket socket) {
    phase = Phase.COMPUTING;
    socket.interest(false, false);
    compute(
        () -> {
          var engine = socket.engine();
          for (var task = engine.getDelegatedTask(); task != null; ) {
            task.run();
            task = engine.getDelegatedTask();
          }
          return () -> computed(socket);
        });
  }

  private void computed(TlsSocket socket) {
    if (phase == Phase.COMPUTING) {
      goOn(socket);
    }
  }

  private void compute(Work work) {
    Thread.ofVirtual().name("windhover-tls").start(() -> comeBack(resultOf(work)));
  }

  private Runnable resultOf(Work work) {
    try {
      return work.run();
    } catch (SSLException | RuntimeException | Error e) {
      return () -> fail(e);
    }
  }

  /// A poller that has ended has shut down what it had adopted, and nothing else.
  private void comeBack(Runnable next) {
    if (!poller.execute(next) && phase == Phase.MAKING) {
      shutDown();
    }
  }
}
