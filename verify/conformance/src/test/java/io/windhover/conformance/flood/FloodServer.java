package io.windhover.conformance.flood;

import io.windhover.buffer.NodePool;
import io.windhover.rpc.Method;
import io.windhover.rpc.Service;
import io.windhover.rpc.codec.MessageCall;
import io.windhover.rpc.grpc.GrpcTransport;
import io.windhover.rpc.server.Server;
import io.windhover.rpc.testing.RawMessages;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/// The server that is flooded, alone in its process: prints its port, serves until its input ends,
/// and prints in the end what it still holds.
final class FloodServer {

  static final String SERVICE = "flood.Messages";

  /// Returns its request.
  static final Method<MessageCall<byte[], byte[]>> ECHO =
      RawMessages.method("Echo", Method.Kind.UNARY);

  /// Returns much, which costs its handler nothing.
  static final Method<MessageCall<byte[], byte[]>> LARGE =
      RawMessages.method("Large", Method.Kind.UNARY);

  /// Returns nothing before it is interrupted.
  static final Method<MessageCall<byte[], byte[]>> WAIT =
      RawMessages.method("Wait", Method.Kind.UNARY);

  private static final byte[] MUCH = new byte[1 << 19];

  private static final AtomicInteger waiting = new AtomicInteger();

  private FloodServer() {}

  public static void main(String[] args) throws IOException {
    var server =
        Server.builder()
            .address(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
            .transport(GrpcTransport.create())
            .service(
                new Service(
                    SERVICE,
                    List.of(
                        MessageCall.operation(ECHO, message -> message),
                        MessageCall.operation(LARGE, _ -> MUCH),
                        MessageCall.operation(WAIT, FloodServer::await))))
            .start();
    System.out.println(server.port());
    System.in.transferTo(OutputStream.nullOutputStream());
    server.stop();
    System.gc();
    var runtime = Runtime.getRuntime();
    System.out.println(
        new Left(
                waiting.get(),
                NodePool.shared().heldBytes(),
                runtime.totalMemory() - runtime.freeMemory())
            .line());
  }

  private static byte[] await(byte[] message) {
    waiting.incrementAndGet();
    try {
      new CountDownLatch(1).await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      waiting.decrementAndGet();
    }
    return message;
  }

  /// What there is behind the last flood, without any connection.
  ///
  /// @param handlers that run
  /// @param lentBytes of the pool of buffers
  /// @param liveBytes of the heap
  record Left(int handlers, long lentBytes, long liveBytes) {

    private String line() {
      return handlers + " " + lentBytes + " " + liveBytes;
    }

    static Left read(String line) {
      var parts = line.split(" ", -1);
      return new Left(
          Integer.parseInt(parts[0]), Long.parseLong(parts[1]), Long.parseLong(parts[2]));
    }
  }
}
