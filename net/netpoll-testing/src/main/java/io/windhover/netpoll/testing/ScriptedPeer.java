package io.windhover.netpoll.testing;

import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// A peer on TCP, loopback only, that follows a script, byte for byte: for what no real peer does
/// on demand.
///
/// ```java
/// try (var peer = ScriptedPeer.accepting(side -> {
///   side.expect(request);
///   side.send(half);
///   side.reset();
/// })) {
///   ... // call it at peer.address()
///   peer.await(Duration.ofSeconds(5));
/// }
/// ```
///
/// The script runs on a thread of its own, for the first connection. What it expects and does not
/// get within [#STEP_LIMIT] fails it, and so the test that awaits it.
public final class ScriptedPeer implements AutoCloseable {

  /// How long one step of a script may wait.
  public static final Duration STEP_LIMIT = Duration.ofSeconds(10);

  /// What the peer does.
  @FunctionalInterface
  public interface Script {
    void play(Side side) throws IOException, InterruptedException;
  }

  private final ServerSocket server;
  private final CompletableFuture<Void> outcome = new CompletableFuture<>();

  private ScriptedPeer(ServerSocket server) {
    this.server = server;
  }

  /// Listens, and plays `script` with whoever connects first.
  public static ScriptedPeer accepting(Script script) {
    try {
      var peer = new ScriptedPeer(new ServerSocket(0, 1, InetAddress.getLoopbackAddress()));
      Thread.ofVirtual().name("windhover-scripted-peer").start(() -> peer.play(script));
      return peer;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void play(Script script) {
    try (var socket = server.accept()) {
      socket.setTcpNoDelay(true);
      socket.setSoTimeout((int) STEP_LIMIT.toMillis());
      script.play(new Side(socket));
      outcome.complete(null);
    } catch (IOException | InterruptedException | RuntimeException | Error e) {
      outcome.completeExceptionally(e);
    }
  }

  public InetSocketAddress address() {
    return (InetSocketAddress) server.getLocalSocketAddress();
  }

  /// Waits until the script has been played.
  ///
  /// @throws AssertionError if something was not as it says, or it takes longer
  public void await(Duration limit) throws InterruptedException {
    try {
      outcome.get(limit.toNanos(), TimeUnit.NANOSECONDS);
    } catch (ExecutionException e) {
      throw new AssertionError("the peer's script failed: " + e.getCause(), e.getCause());
    } catch (TimeoutException e) {
      throw new AssertionError("the peer's script was not done within " + limit, e);
    }
  }

  /// Ends the listening; a script that still waits for its connection fails.
  @Override
  public void close() {
    try {
      server.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// One side of the connection, in the script's hand.
  public static final class Side {
    private final Socket socket;

    private Side(Socket socket) {
      this.socket = socket;
    }

    /// Reads as many bytes as `expected` has.
    ///
    /// @throws AssertionError if they differ; it says where
    public void expect(byte[] expected) throws IOException {
      byte[] actual = receive(expected.length);
      int at = Arrays.mismatch(expected, actual);
      if (at >= 0) {
        throw new AssertionError(
            "byte %d of %d differs: expected %s, got %s"
                .formatted(at, expected.length, hex(expected, at), hex(actual, at)));
      }
    }

    private static String hex(byte[] bytes, int from) {
      return HexFormat.of().formatHex(bytes, from, Math.min(from + 8, bytes.length));
    }

    /// Reads so many bytes, whatever they are.
    ///
    /// @throws AssertionError if they do not come
    public byte[] receive(int count) throws IOException {
      try {
        byte[] bytes = socket.getInputStream().readNBytes(count);
        if (bytes.length < count) {
          throw new EOFException("the end after %d of %d bytes".formatted(bytes.length, count));
        }
        return bytes;
      } catch (SocketTimeoutException e) {
        throw new AssertionError("no %d bytes within %s".formatted(count, STEP_LIMIT), e);
      }
    }

    /// Expects that the other side says no more.
    ///
    /// @throws AssertionError if it does
    public void expectEnd() throws IOException {
      int next = socket.getInputStream().read();
      if (next >= 0) {
        throw new AssertionError("expected the end, got 0x%02x".formatted(next));
      }
    }

    public void send(byte[] bytes) throws IOException {
      socket.getOutputStream().write(bytes);
    }

    /// Sends in pieces, each a segment of its own if the kernel has no reason to join them.
    ///
    /// @param pieceBytes 1 for single bytes
    public void sendInPieces(byte[] bytes, int pieceBytes) throws IOException {
      for (int at = 0; at < bytes.length; at += pieceBytes) {
        send(Arrays.copyOfRange(bytes, at, Math.min(at + pieceBytes, bytes.length)));
      }
    }

    /// Does nothing until the test says so.
    ///
    /// @throws AssertionError if it does not within [#STEP_LIMIT]
    public void pauseUntil(CountDownLatch told) throws InterruptedException {
      if (!told.await(STEP_LIMIT.toNanos(), TimeUnit.NANOSECONDS)) {
        throw new AssertionError("not told to go on within " + STEP_LIMIT);
      }
    }

    /// Says that nothing more comes; the other side may go on.
    public void endOutput() throws IOException {
      socket.shutdownOutput();
    }

    public void close() throws IOException {
      socket.close();
    }

    /// Closes in a way that tells the other side of a failure.
    public void reset() throws IOException {
      socket.setSoLinger(true, 0);
      socket.close();
    }
  }
}
