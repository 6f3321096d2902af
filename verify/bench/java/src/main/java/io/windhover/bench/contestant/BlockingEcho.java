package io.windhover.bench.contestant;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Arrays;

/// Blocking sockets of the JDK, with a virtual thread for each connection.
final class BlockingEcho implements RawEcho {

  private static final int BACKLOG = 4096;
  private static final int BUFFER_BYTES = 64 << 10;

  @Override
  public int serve(int port) throws IOException {
    var listener = new ServerSocket(port, BACKLOG, InetAddress.getLoopbackAddress());
    Thread.ofPlatform().daemon().start(() -> accept(listener));
    return listener.getLocalPort();
  }

  private static void accept(ServerSocket listener) {
    try {
      while (true) {
        var socket = listener.accept();
        Thread.startVirtualThread(() -> answer(socket));
      }
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void answer(Socket socket) {
    try (socket) {
      socket.setTcpNoDelay(true);
      var buffered = new Buffered(socket.getInputStream());
      var in = new DataInputStream(buffered);
      var replies = new Replies();
      while (true) {
        int length = in.readInt();
        if (length < 0 || length > MAX_FRAME_BYTES - LENGTH_BYTES) {
          return;
        }
        replies.add(in, length);
        if (buffered.isEmpty()) {
          replies.send(socket);
        }
      }
    } catch (IOException e) {
      // The peer has closed.
    }
  }

  /// Says whether what was read ahead is used up, without asking the socket.
  private static final class Buffered extends BufferedInputStream {

    Buffered(InputStream in) {
      super(in, BUFFER_BYTES);
    }

    boolean isEmpty() {
      return pos >= count;
    }
  }

  /// Frames that are to leave in one write.
  private static final class Replies {
    private byte[] bytes = new byte[BUFFER_BYTES];
    private int size;

    void add(DataInputStream in, int length) throws IOException {
      if (size + LENGTH_BYTES + length > bytes.length) {
        bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, size + LENGTH_BYTES + length));
      }
      for (int shift = 24; shift >= 0; shift -= 8) {
        bytes[size++] = (byte) (length >> shift);
      }
      in.readFully(bytes, size, length);
      size += length;
    }

    void send(Socket socket) throws IOException {
      socket.getOutputStream().write(bytes, 0, size);
      size = 0;
    }
  }
}
