package io.windhover.netpoll;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.channels.UnresolvedAddressException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/// One attempt to connect: the caller waits, the poller works.
///
/// Connected, failed and given up may come at the same moment. The first to set `decided` is right
/// and does what has to be done, once; the others do nothing, and a caller who gives up too late
/// takes what there is.
final class Dialling {

  /// Makes a connection of a connected socket; on the poller.
  @FunctionalInterface
  interface Establish {
    PolledConnection establish(PolledSocket socket) throws IOException;
  }

  /// Begins to secure a connected socket; on the poller.
  @FunctionalInterface
  interface Secure {

    /// @param dialling told how it ended, later and on the poller
    TlsHandshake begin(PolledSocket socket, Dialling dialling);
  }

  private final Poller poller;
  private final SocketAddress address;
  private final @Nullable Secure secure;
  private final Establish establish;
  private final Runnable onFailure;
  private final AtomicBoolean decided = new AtomicBoolean();
  private final CompletableFuture<PolledConnection> outcome = new CompletableFuture<>();

  private volatile boolean securing;
  private @Nullable Runnable undo; // the poller's own: closes what there is so far

  /// @param secure what comes between connecting and the connection; null if nothing does
  /// @param onFailure run once if there will be no connection
  Dialling(
      Poller poller,
      SocketAddress address,
      @Nullable Secure secure,
      Establish establish,
      Runnable onFailure) {
    this.poller = poller;
    this.address = address;
    this.secure = secure;
    this.establish = establish;
    this.onFailure = onFailure;
  }

  /// Connects and waits for the outcome.
  PolledConnection dial(Duration timeout) throws IOException {
    if (!poller.execute(this::connect)) {
      failed(new IOException("the pollers are closed"));
    }
    try {
      return outcome.get(TimeUnit.NANOSECONDS.convert(timeout), TimeUnit.NANOSECONDS);
    } catch (ExecutionException e) {
      throw describe(e.getCause());
    } catch (TimeoutException e) {
      var missing = securing ? "no TLS handshake within " : "no connection within ";
      return giveUp(new SocketTimeoutException(missing + timeout.toMillis() + " ms"));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return giveUp(new InterruptedIOException("interrupted while connecting"));
    }
  }

  private void connect() {
    if (decided.get()) {
      return;
    }
    try {
      var socket = poller.connect(address, this);
      if (undo == null) { // else it is connected already
        undo = socket::close;
      }
    } catch (UnresolvedAddressException e) {
      failed(new UnknownHostException("unknown host " + host()));
    } catch (IOException e) {
      failed(e);
    } catch (RuntimeException | Error e) { // such as an address of no known kind
      failed(new IOException("cannot connect to " + address + ": " + e, e));
    }
  }

  private String host() {
    return address instanceof InetSocketAddress tcp ? tcp.getHostString() : address.toString();
  }

  /// Called on the poller.
  void connected(PolledSocket connected) {
    if (secure == null) {
      ready(connected);
    } else if (decided.get()) {
      connected.close();
    } else {
      securing = true;
      connected.interest(false, false); // until it is adopted, nobody would hear of it
      undo = secure.begin(connected, this)::giveUp;
    }
  }

  /// Nothing stands between the socket and a connection any more. Called on the poller.
  void ready(PolledSocket connected) {
    if (!decided.compareAndSet(false, true)) {
      connected.close();
      return;
    }
    try {
      outcome.complete(establish.establish(connected));
    } catch (IOException | RuntimeException | Error e) {
      connected.close();
      onFailure.run();
      outcome.completeExceptionally(e);
    }
  }

  /// Called on the poller.
  void failed(IOException cause) {
    if (decided.compareAndSet(false, true)) {
      onFailure.run();
      outcome.completeExceptionally(cause);
    }
  }

  private PolledConnection giveUp(IOException cause) throws IOException {
    if (decided.compareAndSet(false, true)) {
      onFailure.run();
      poller.execute(this::closeSocket);
      throw cause;
    }
    try {
      return outcome.join(); // soon: the poller is about to complete it
    } catch (CompletionException e) {
      throw describe(e.getCause());
    }
  }

  private void closeSocket() {
    if (undo != null) {
      undo.run();
    }
  }

  private static IOException describe(@Nullable Throwable cause) {
    var text = cause == null ? null : cause.getMessage();
    if (text == null || text.isEmpty()) {
      return new IOException("failed", cause);
    }
    // as a part of a sentence: "connection refused"
    return new IOException(Character.toLowerCase(text.charAt(0)) + text.substring(1), cause);
  }
}
