package io.windhover.examples;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.windhover.rpc.Method;
import io.windhover.rpc.Streams;
import io.windhover.rpc.client.Client;
import io.windhover.rpc.codec.MessageCall;
import io.windhover.rpc.grpc.GrpcClientTransport;
import io.windhover.rpc.testing.RawMessages;
import java.util.Arrays;

/// Asks a gRPC server about itself, as grpcurl and grpc_health_probe do, by messages written by
/// hand.
final class GrpcProbe implements AutoCloseable {
  private static final byte[] LIST_SERVICES = {0x3A, 0};
  private static final byte[] SERVING = {8, 1};

  private static final Method<MessageCall<byte[], byte[]>> INFO =
      RawMessages.method("ServerReflectionInfo", Method.Kind.BIDI_STREAM);
  private static final Method<MessageCall<byte[], byte[]>> CHECK =
      RawMessages.method("Check", Method.Kind.UNARY);

  private final Client client;

  GrpcProbe(String address) {
    client = Client.builder(address).transport(GrpcClientTransport.create()).build();
  }

  /// The answer to the question for all services, in which their names are.
  String services() {
    var opened = client.open("grpc.reflection.v1.ServerReflection", INFO);
    try (var stream = Streams.<byte[], byte[]>bidiStream(opened)) {
      stream.send(LIST_SERVICES);
      stream.end();
      return new String(stream.receive().orElseThrow(), UTF_8);
    }
  }

  /// Whether a service takes calls, by its full name; the empty one is the server.
  boolean isServing(String service) {
    var name = service.getBytes(UTF_8);
    var request = new byte[name.length + 2];
    request[0] = 0x0A;
    request[1] = (byte) name.length;
    System.arraycopy(name, 0, request, 2, name.length);
    return Arrays.equals(
        MessageCall.call(client, "grpc.health.v1.Health", CHECK, request), SERVING);
  }

  @Override
  public void close() {
    client.close();
  }
}
