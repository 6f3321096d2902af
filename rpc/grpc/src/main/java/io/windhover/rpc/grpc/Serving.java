package io.windhover.rpc.grpc;

import io.windhover.http2.StreamListener;

/// What a server does for one stream of HTTP/2, from its head on.
sealed interface Serving extends StreamListener permits GatheredRequest, Exchange {

  /// A second or so has passed, and its stream is open. On the poller.
  void swept();

  /// Interrupts the handler: the server stops. Any thread; a second time changes nothing.
  void cancelHandler();
}
