package io.windhover.rpc.grpc;

import io.windhover.buffer.LinkBuffer;
import io.windhover.http2.Http2Server;
import io.windhover.http2.frame.FramePrefix;
import io.windhover.netpoll.Connection;
import io.windhover.netpoll.tls.TlsSession;
import io.windhover.rpc.Method;
import io.windhover.rpc.codec.Detection;
import io.windhover.rpc.log.LogGate;
import io.windhover.rpc.transport.ServedConnection;
import io.windhover.rpc.transport.ServerCalls;
import io.windhover.rpc.transport.Transport;
import java.util.List;
import java.util.Optional;

/// gRPC on a server, beside all else on its port.
///
/// ```java
/// Server.builder().port(8888).transport(GrpcTransport.create()).service(Orders.serve(handler)).start();
/// ```
///
/// Connections are known by what ALPN has chosen, `h2`, or by their first bytes. Methods of Thrift
/// and of Protobuf are carried, calls and streams.
public final class GrpcTransport implements Transport {

  private static final System.Logger LOG = System.getLogger(GrpcTransport.class.getName());

  private static final int PREFACE_BYTES = 24; // of HTTP/2

  private static final String HTTP2 = "h2"; // in ALPN

  private final GrpcOptions options;
  private final ResponseFields responses;
  private final LogGate log = new LogGate(LOG);

  private GrpcTransport(GrpcOptions options) {
    this.options = options;
    this.responses = new ResponseFields(Encodings.of(options.encodings()));
  }

  public static GrpcTransport create() {
    return create(GrpcOptions.DEFAULT);
  }

  public static GrpcTransport create(GrpcOptions options) {
    return new GrpcTransport(options);
  }

  @Override
  public String name() {
    return "grpc";
  }

  @Override
  public List<String> applicationProtocols() {
    return List.of(HTTP2);
  }

  @Override
  public Detection detect(Connection connection, LinkBuffer input) {
    if (connection.tls().flatMap(TlsSession::applicationProtocol).equals(Optional.of(HTTP2))) {
      return Detection.OURS;
    }
    if (!Http2Server.isPreface(input)) {
      return Detection.OTHER;
    }
    return input.size() < PREFACE_BYTES ? Detection.UNDECIDED : Detection.OURS;
  }

  @Override
  public ServedConnection serve(ServerCalls calls) {
    return new GrpcConnection(options, responses, calls, log);
  }

  @Override
  public boolean carries(Method<?> method) {
    return ContentType.of(method) != null;
  }

  /// A frame of HTTP/2 may be larger than a message.
  @Override
  public int maxFrameBytes(int maxMessageBytes) {
    return Math.max(maxMessageBytes, FramePrefix.BYTES + options.http2().maxFrameBytes());
  }
}
