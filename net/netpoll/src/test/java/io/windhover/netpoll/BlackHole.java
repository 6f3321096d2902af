package io.windhover.netpoll;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;

/// An address where nobody answers: a full backlog drops what asks to connect.
final class BlackHole implements AutoCloseable {

  private static final int FILLERS = 8;

  private final ServerSocket server;
  private final List<SocketChannel> fillers = new ArrayList<>();

  BlackHole(InetSocketAddress address) throws IOException {
    server = new ServerSocket(address.getPort(), 1, address.getAddress());
    for (int i = 0; i < FILLERS; i++) {
      var filler = SocketChannel.open();
      fillers.add(filler);
      filler.configureBlocking(false);
      filler.connect(server.getLocalSocketAddress());
    }
  }

  int port() {
    return server.getLocalPort();
  }

  @Override
  public void close() throws IOException {
    for (var filler : fillers) {
      filler.close();
    }
    server.close();
  }
}
