package io.windhover.netpoll;

import java.io.ByteArrayOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import org.jspecify.annotations.Nullable;

/// Keeps what is written back for a while, and sends it in one go.
final class CorkedSocket extends Socket {
  private @Nullable ByteArrayOutputStream corked;

  CorkedSocket(InetAddress address, int port) throws IOException {
    super(address, port);
  }

  void cork() {
    corked = new ByteArrayOutputStream();
  }

  void uncork() throws IOException {
    var bytes = corked;
    corked = null;
    if (bytes != null) {
      bytes.writeTo(super.getOutputStream());
    }
  }

  @Override
  public OutputStream getOutputStream() throws IOException {
    return new FilterOutputStream(super.getOutputStream()) {
      @Override
      public void write(byte[] bytes, int from, int count) throws IOException {
        var to = corked;
        (to == null ? out : to).write(bytes, from, count);
      }
    };
  }
}
