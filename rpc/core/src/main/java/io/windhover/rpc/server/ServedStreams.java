package io.windhover.rpc.server;

import io.windhover.rpc.server.dispatch.StreamDispatcher;
import io.windhover.rpc.stream.AcceptedStreams;
import io.windhover.rpc.stream.StreamOptions;
import io.windhover.rpc.transport.ServedConnection;
import io.windhover.rpc.wire.RequestObjects;

/// The server's end of a connection with streams.
final class ServedStreams extends AcceptedStreams implements ServedConnection {

  ServedStreams(StreamOptions options, StreamDispatcher dispatcher, RequestObjects objects) {
    super(options, dispatcher, objects);
  }

  /// Changes nothing: no frame tells a peer to open no more streams, so those that it opens until
  /// the drain are served.
  @Override
  public void finish() {}

  @Override
  public void cancel() {
    cancelAll();
  }
}
