package io.windhover.examples.chat;

import io.windhover.netpoll.BlockingConnection;
import io.windhover.netpoll.Connection;
import io.windhover.netpoll.ConnectionOptions;
import io.windhover.netpoll.PollerGroup;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// A chat over lines of text: what one says, all others read. `nc localhost 8889` joins.
public final class ChatServer {

  final Set<Connection> members = ConcurrentHashMap.newKeySet();

  public static void main(String[] args) throws IOException {
    var pollers = PollerGroup.start();
    var options = ConnectionOptions.builder().firstByteTimeout(Duration.ofMinutes(10)).build();
    var chat = BlockingConnection.serving(new ChatServer()::join);
    pollers.listen(new InetSocketAddress(8889), options, chat);
    pollers.awaitClosed();
  }

  void join(BlockingConnection peer) throws IOException {
    members.add(peer.connection());
    peer.connection().onClose(_ -> members.remove(peer.connection()));
    int length;
    while ((length = peer.awaitThrough((byte) '\n', 4096)) > 0) {
      try (var line = peer.input().slice(length)) {
        for (var member : members) {
          if (!member.equals(peer.connection())) {
            member.tryWrite(line.duplicate()); // who is slow to read misses some
          }
        }
      }
    }
  }
}
