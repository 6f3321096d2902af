package io.windhover.rpc.grpc;

import io.windhover.http2.frame.ErrorCode;
import io.windhover.http2.frame.Setting;
import io.windhover.netpoll.testing.LeakCheck;
import io.windhover.rpc.server.Server;
import io.windhover.rpc.server.ServerBuilder;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.function.Consumer;

/// A server of [Words] over gRPC, its clients, and the proof that nothing is left behind.
final class GrpcFixture implements AutoCloseable {

  static final Duration LIMIT = Duration.ofSeconds(10);

  private final LeakCheck leaks = LeakCheck.begin();
  final Server server;
  private final ArrayList<RawClient> clients = new ArrayList<>();

  GrpcFixture(Words.Handlers handlers) throws IOException {
    this(handlers, GrpcOptions.DEFAULT, _ -> {});
  }

  GrpcFixture(Words.Handlers handlers, GrpcOptions options, Consumer<ServerBuilder> more)
      throws IOException {
    var builder =
        Server.builder()
            .address(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
            .transport(GrpcTransport.create(options));
    handlers.services().forEach(builder::service);
    more.accept(builder);
    server = builder.start();
  }

  RawClient client(Setting... settings) throws IOException {
    var client = new RawClient(server.port(), settings);
    clients.add(client);
    return client;
  }

  static void resetIsNoError(RawClient client, int streamId) throws IOException {
    client.awaitReset(streamId, ErrorCode.NO_ERROR);
  }

  @Override
  public void close() throws IOException {
    for (var client : clients) {
      client.close();
    }
    server.stop();
    leaks.end(LIMIT);
  }
}
