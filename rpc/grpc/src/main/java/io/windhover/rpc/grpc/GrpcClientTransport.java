package io.windhover.rpc.grpc;

import io.windhover.http2.KeepAliveInterval;
import io.windhover.rpc.Method;
import io.windhover.rpc.codec.MessageCall;
import io.windhover.rpc.transport.CallingConnection;
import io.windhover.rpc.transport.ClientTransport;
import io.windhover.thrift.call.CallCodec;
import java.util.List;

/// Lets a client call by gRPC:
///
/// ```java
/// Client client = Client.builder("localhost:50051").transport(GrpcClientTransport.create()).build();
/// ```
///
/// Calls and streams share a few connections, `streamConnections` to an address at most. One that
/// comes while the server is away waits for no longer than its first connection does: the pool goes
/// on to dial, and until it succeeds, calls fail at once and are safe to retry, or wait for it if
/// they are told to, by `waitForReady`.
///
/// Each call tells the server how long its caller still waits, and ends on the client's own time by
/// then. What a server surely has not begun with, call or stream, since it leaves or is full, is
/// tried again on another connection, and nobody is told.
///
/// Methods of Protobuf ([MessageCall]) and of Thrift ([CallCodec]) are carried, oneway ones left
/// out: gRPC answers every call.
public final class GrpcClientTransport implements ClientTransport {

  private final GrpcClientOptions options;
  private final Encodings encodings;
  private final KeepAliveInterval keepAlive;

  private GrpcClientTransport(GrpcClientOptions options) {
    this.options = options;
    this.encodings = Encodings.of(options.encodings());
    this.keepAlive = new KeepAliveInterval(options.http2());
  }

  public static GrpcClientTransport create() {
    return create(GrpcClientOptions.DEFAULT);
  }

  public static GrpcClientTransport create(GrpcClientOptions options) {
    return new GrpcClientTransport(options);
  }

  @Override
  public String name() {
    return "grpc";
  }

  @Override
  public List<String> applicationProtocols() {
    return List.of("h2");
  }

  @Override
  public boolean carries(Method<?> method) {
    return !method.oneway()
        && (method.codec() instanceof MessageCall || method.codec() instanceof CallCodec);
  }

  @Override
  public CallingConnection connection(Use use) {
    return new GrpcClientConnection(options, encodings, keepAlive, use);
  }
}
