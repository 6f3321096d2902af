package io.windhover.examples.chat;

import io.windhover.buffer.LinkBuffer;
import io.windhover.netpoll.CloseReason;
import io.windhover.netpoll.Connection;
import io.windhover.netpoll.ConnectionOptions;
import io.windhover.netpoll.FrameHandler;
import io.windhover.netpoll.PollerGroup;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// A chat over lines of text: what one says, all others read. `nc localhost 8889` joins.
public final class ChatServer {

  private static final int MAX_LINE_BYTES = 4096;

  private final Set<Connection> members = ConcurrentHashMap.newKeySet();

  public static void main(String[] args) throws IOException {
    var pollers = PollerGroup.start();
    pollers.listen(new InetSocketAddress(8889), ConnectionOptions.DEFAULT, new ChatServer()::join);
    pollers.awaitClosed();
  }

  FrameHandler join() {
    return new Member();
  }

  private final class Member implements FrameHandler {

    @Override
    public void opened(Connection connection) {
      members.add(connection);
    }

    @Override
    public int frameBytes(Connection connection, LinkBuffer input) {
      int end = input.indexOf((byte) '\n', 0);
      if (end < 0 && input.size() >= MAX_LINE_BYTES) {
        throw new IllegalArgumentException("a line of more than " + MAX_LINE_BYTES + " bytes");
      }
      return end + 1;
    }

    @Override
    public void received(Connection connection, LinkBuffer line) {
      for (var member : members) {
        if (!member.equals(connection)) {
          member.tryWrite(line.duplicate()); // who is slow to read misses some
        }
      }
      line.release();
    }

    @Override
    public void closed(Connection connection, CloseReason reason) {
      members.remove(connection);
    }
  }
}
