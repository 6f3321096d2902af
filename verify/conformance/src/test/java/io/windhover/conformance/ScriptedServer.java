package io.windhover.conformance;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.SocketAddress;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/// A server that answers each message with the next bytes that the test has given it.
final class ScriptedServer implements AutoCloseable {

  private final ServerSocket socket;
  private final ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();
  private final BlockingQueue<byte[]> answers = new LinkedBlockingQueue<>();
  private final BlockingQueue<Answer> requests = new LinkedBlockingQueue<>();

  ScriptedServer() throws IOException {
    socket = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
    executor.execute(this::accept);
  }

  SocketAddress address() {
    return socket.getLocalSocketAddress();
  }

  /// Sets what answers the next message; nothing does if it is empty.
  void answer(byte[] bytes) {
    answers.add(bytes);
  }

  /// Returns the oldest message not yet asked for.
  Answer request() throws InterruptedException {
    var request = requests.poll(10, TimeUnit.SECONDS);
    if (request == null) {
      throw new AssertionError("no request came");
    }
    return request;
  }

  private void accept() {
    try {
      while (true) {
        var connection = new RawConnection(socket.accept());
        executor.execute(() -> serve(connection));
      }
    } catch (IOException _) {
      // closed
    }
  }

  private void serve(RawConnection connection) {
    try (connection) {
      while (true) {
        var request = connection.read();
        var answer = answers.remove(); // before the test can see the request and set the next one
        requests.add(request);
        connection.send(answer);
      }
    } catch (IOException _) {
      // the client has closed this one
    }
  }

  @Override
  public void close() throws IOException {
    socket.close();
    executor.shutdownNow();
  }
}
