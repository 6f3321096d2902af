package io.windhover.rpc.protobuf;

import com.google.protobuf.StringValue;
import io.windhover.rpc.Caller;
import io.windhover.rpc.Protocol;
import io.windhover.rpc.client.Client;
import io.windhover.rpc.client.ClientBuilder;
import io.windhover.rpc.proto.KitexProtobuf;
import io.windhover.rpc.server.Server;
import java.io.IOException;
import java.util.ArrayList;
import java.util.function.UnaryOperator;

/// Clients and servers of [EchoService] over loopback, closed together.
final class EchoSides {

  private final ArrayList<AutoCloseable> toClose = new ArrayList<>();

  <T extends AutoCloseable> T keep(T closeable) {
    toClose.add(closeable);
    return closeable;
  }

  Server serve(UnaryOperator<String> handler) throws IOException {
    return keep(
        Server.builder()
            .port(0)
            .payloadCodec(new KitexProtobuf())
            .service(EchoService.serve(new EchoHandler(handler)))
            .start());
  }

  ClientBuilder client(Server server) {
    return Client.builder("127.0.0.1:" + server.port()).payloadCodec(new KitexProtobuf());
  }

  Client client(Server server, Protocol protocol) {
    return keep(client(server).protocol(protocol).build());
  }

  static String echo(Caller caller, String text) {
    return EchoService.on(caller).echo(StringValue.of(text)).getValue();
  }

  void close() throws Exception {
    for (var closeable : toClose.reversed()) {
      closeable.close();
    }
  }
}
