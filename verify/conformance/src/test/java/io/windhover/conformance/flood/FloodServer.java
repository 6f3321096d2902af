package io.windhover.conformance.flood;

import io.windhover.buffer.LinkBuffer;
import io.windhover.buffer.NodePool;
import io.windhover.rpc.Method;
import io.windhover.rpc.Service;
import io.windhover.rpc.codec.MessageCall;
import io.windhover.rpc.codec.MessageCodec;
import io.windhover.rpc.grpc.GrpcTransport;
import io.windhover.rpc.server.Server;
import io.windhover.thrift.ObjectBudget;
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

  /// Messages of bytes that are what they say.
  private static final MessageCodec<byte[]> BYTES =
      new MessageCodec<>() {
        @Override
        public byte[] read(LinkBuffer in, ObjectBudget objects) {
          var bytes = new byte[in.size()];
          in.readBytes(bytes, 0, bytes.length);
          return bytes;
        }

        @Override
        public void write(byte[] message, LinkBuffer out) {
          out.writeBytes(message, 0, message.length);
        }
      };

  /// Returns its request.
  static final Method<MessageCall<byte[], byte[]>> ECHO = method("Echo");

  /// Returns much, which costs its handler nothing.
  static final Method<MessageCall<byte[], byte[]>> LARGE = method("Large");

  /// Returns nothing before it is interrupted.
  static final Method<MessageCall<byte[], byte[]>> WAIT = method("Wait");

  private static final byte[] MUCH = new byte[1 << 19];

  private static final AtomicInteger waiting = new AtomicInteger();

  private FloodServer() {}

  private static Method<MessageCall<byte[], byte[]>> method(String name) {
    return new Method<>(name, false, new MessageCall<>(BYTES, BYTES));
  }

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
