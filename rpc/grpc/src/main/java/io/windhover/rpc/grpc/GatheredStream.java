package io.windhover.rpc.grpc;

import io.windhover.http2.Http2Stream;
import io.windhover.rpc.transport.CallHead;

/// The one request of a stream from the server, until it is whole. Then its [StreamExchange]
/// begins.
final class GatheredStream extends GatheredRequest {

  GatheredStream(GrpcConnection connection, RequestFields request, Http2Stream stream) {
    super(connection, request, stream);
  }

  @Override
  void run(CallHead head) {
    reader.charge(); // until the handler's thread has taken it
    var call = connection.calls().open(head);
    handedOn();
    var exchange = new StreamExchange(connection, request, stream, call, reader);
    exchange.begin();
    if (isCancelled()) { // which may have missed it
      exchange.cancelHandler();
    }
  }
}
