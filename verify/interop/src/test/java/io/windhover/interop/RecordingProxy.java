package io.windhover.interop;

import io.windhover.thrift.Binary;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/// Stands between a client and a server and keeps what they say, connection by connection.
final class RecordingProxy implements AutoCloseable {

  /// What one side said until the other side spoke.
  record Turn(boolean isRequest, Binary bytes) {}

  private final InetSocketAddress server;
  private final ServerSocket listener;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final List<Conversation> conversations = new CopyOnWriteArrayList<>();

  private RecordingProxy(InetSocketAddress server, ServerSocket listener) {
    this.server = server;
    this.listener = listener;
  }

  static RecordingProxy to(InetSocketAddress server) {
    try {
      var proxy =
          new RecordingProxy(server, new ServerSocket(0, 50, InetAddress.getLoopbackAddress()));
      proxy.threads.execute(proxy::accept);
      return proxy;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  InetSocketAddress address() {
    return (InetSocketAddress) listener.getLocalSocketAddress();
  }

  /// What was said, one list a connection, in the order in which they were opened.
  List<List<Turn>> turns() {
    return conversations.stream().map(Conversation::turns).toList();
  }

  /// Stops accepting and waits until every connection has ended by itself.
  @Override
  public void close() {
    try {
      listener.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      threads.close();
    }
  }

  private void accept() {
    while (!listener.isClosed()) {
      try {
        var client = listener.accept();
        var upstream = new Socket(server.getAddress(), server.getPort());
        var conversation = new Conversation();
        conversations.add(conversation);
        threads.execute(() -> pump(client, upstream, true, conversation));
        threads.execute(() -> pump(upstream, client, false, conversation));
      } catch (IOException e) {
        if (!listener.isClosed()) {
          throw new UncheckedIOException(e);
        }
      }
    }
  }

  private static void pump(Socket from, Socket to, boolean isRequest, Conversation conversation) {
    var chunk = new byte[64 * 1024];
    try (from;
        to) {
      var in = from.getInputStream();
      var out = to.getOutputStream();
      for (int count = in.read(chunk); count >= 0; count = in.read(chunk)) {
        conversation.add(isRequest, chunk, count);
        out.write(chunk, 0, count);
      }
    } catch (IOException e) {
      // The other pump closed both sockets: the connection has ended.
    }
  }

  private static final class Conversation {
    private final List<Turn> turns = new ArrayList<>();
    private final ByteArrayOutputStream said = new ByteArrayOutputStream();
    private boolean isRequest = true;

    synchronized void add(boolean isRequest, byte[] chunk, int count) {
      if (this.isRequest != isRequest) {
        endTurn();
        this.isRequest = isRequest;
      }
      said.write(chunk, 0, count);
    }

    synchronized List<Turn> turns() {
      endTurn();
      return List.copyOf(turns);
    }

    private void endTurn() {
      if (said.size() > 0) {
        turns.add(new Turn(isRequest, Binary.wrap(said.toByteArray())));
        said.reset();
      }
    }
  }
}
