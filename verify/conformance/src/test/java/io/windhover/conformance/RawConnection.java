package io.windhover.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.windhover.buffer.LinkBuffer;
import io.windhover.rpc.wire.FrameCutter;
import io.windhover.rpc.wire.WireFormats;
import io.windhover.rpc.wire.WireLimits;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.channels.Channels;
import java.util.Optional;

/// A socket under a test's hand: sends any bytes, reads whole messages, sees how it ends.
final class RawConnection implements AutoCloseable {

  private static final int MAX_WAIT_MILLIS = 10_000;

  private final Socket socket;
  private final LinkBuffer input = new LinkBuffer();
  private final FrameCutter cutter =
      new FrameCutter(WireLimits.ofMessageBytes(32 << 20), WireFormats.PLAIN);

  RawConnection(Socket socket) throws IOException {
    this.socket = socket;
    socket.setTcpNoDelay(true);
    socket.setSoTimeout(MAX_WAIT_MILLIS);
  }

  static RawConnection to(int port) throws IOException {
    return new RawConnection(new Socket(InetAddress.getLoopbackAddress(), port));
  }

  void send(byte[] bytes) throws IOException {
    socket.getOutputStream().write(bytes);
  }

  void sendInPieces(byte[] bytes, int pieceBytes) throws IOException {
    for (int at = 0; at < bytes.length; at += pieceBytes) {
      socket.getOutputStream().write(bytes, at, Math.min(pieceBytes, bytes.length - at));
    }
  }

  /// Sends what the peer may stop reading at any point.
  ///
  /// @return whether it all left
  boolean trySend(byte[] bytes) {
    try {
      send(bytes);
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  /// Sends FIN: the peer sees the end of input, and may still answer.
  void endOutput() throws IOException {
    socket.shutdownOutput();
  }

  /// Closes with RST instead of FIN.
  void reset() throws IOException {
    socket.setSoLinger(true, 0);
    socket.close();
  }

  /// Waits for a message.
  ///
  /// @throws EOFException if the connection ends first
  LinkBuffer readFrame() throws IOException {
    var in = Channels.newChannel(socket.getInputStream());
    while (true) {
      int bytes = cutter.frameBytes(input);
      if (bytes > 0) {
        return input.slice(bytes);
      }
      if (input.readFrom(in) < 0) {
        throw new EOFException("the connection ended after " + input.size() + " bytes");
      }
    }
  }

  Answer read() throws IOException {
    return Answer.read(readFrame());
  }

  /// Waits for the end of the connection.
  ///
  /// @return the text that came before it
  String readToEnd() throws IOException {
    var text = new StringBuilder();
    try {
      for (int b = socket.getInputStream().read(); b >= 0; b = socket.getInputStream().read()) {
        text.append((char) b);
      }
    } catch (SocketException _) {
      // a reset is an end too
    }
    return text.toString();
  }

  void assertEndsWithoutAWord() throws IOException {
    assertThat(input.size()).isZero();
    assertThat(readToEnd()).isEmpty();
  }

  /// Returns the message that is already here, if there is one, without waiting for it.
  Optional<Answer> readIfAny() throws IOException {
    return socket.getInputStream().available() > 0 ? Optional.of(read()) : Optional.empty();
  }

  @Override
  public void close() throws IOException {
    input.release();
    socket.close();
  }
}
