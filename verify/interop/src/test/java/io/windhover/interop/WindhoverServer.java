package io.windhover.interop;

import io.windhover.http2.Http2Options;
import io.windhover.http2.hpack.HeaderLimits;
import io.windhover.interop.calls.Calls;
import io.windhover.interop.everything.Interop;
import io.windhover.interop.everything.Second;
import io.windhover.interop.streams.Streams;
import io.windhover.rpc.Service;
import io.windhover.rpc.client.Client;
import io.windhover.rpc.grpc.GrpcOptions;
import io.windhover.rpc.grpc.GrpcTransport;
import io.windhover.rpc.proto.KitexProtobuf;
import io.windhover.rpc.server.Server;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Arrays;

/// The IDL served by us.
///
/// @param onward calls other servers
record WindhoverServer(Server mainServer, Server newerServer, Client onward) implements Peer {

  static WindhoverServer start() {
    return start(Transport.FRAMED);
  }

  /// @param transport that callers use
  static WindhoverServer start(Transport transport) {
    var onward = CallsHandler.onward();
    try {
      var main =
          serve(
              transport,
              Interop.serve(new InteropHandler()),
              Second.serve(new SecondHandler()),
              io.windhover.interop.older.Orders.serve(order -> order),
              Calls.serve(new CallsHandler(onward)),
              Streams.serve(new StreamsHandler(onward)),
              Echoes.serve(new EchoesHandler()),
              FlowsHandler.service());
      return new WindhoverServer(
          main,
          serve(transport, io.windhover.interop.newer.Orders.serve(new NewerOrders())),
          onward);
    } catch (IOException e) {
      onward.close();
      throw new UncheckedIOException(e);
    }
  }

  /// Header lists of the hundred values that callers send; a Kitex server takes 16 MiB.
  private static final GrpcOptions GRPC =
      GrpcOptions.DEFAULT
          .withCompression(true)
          .withHttp2(
              Http2Options.builder()
                  .headers(new HeaderLimits(HeaderLimits.DEFAULT_TABLE_BYTES, 32 << 10, 200))
                  .build());

  private static Server serve(Transport transport, Service... services) throws IOException {
    var server =
        Server.builder()
            .address(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
            .payloadCodec(new KitexProtobuf())
            .transport(GrpcTransport.create(GRPC))
            .checksums(transport == Transport.TTHEADER_CHECKED)
            .fallbackService(services[0]);
    Arrays.stream(services).skip(1).forEach(server::service);
    return server.start();
  }

  @Override
  public String name() {
    return CallsHandler.NAME;
  }

  @Override
  public InetSocketAddress main() {
    return (InetSocketAddress) mainServer.address();
  }

  @Override
  public InetSocketAddress newer() {
    return (InetSocketAddress) newerServer.address();
  }

  @Override
  public void close() {
    mainServer.close();
    newerServer.close();
    onward.close();
  }

  private static final class SecondHandler implements Second {
    @Override
    public String whoAmI() {
      return "Second";
    }

    @Override
    public String reverse(String text) {
      return new StringBuilder(text).reverse().toString();
    }
  }
}
