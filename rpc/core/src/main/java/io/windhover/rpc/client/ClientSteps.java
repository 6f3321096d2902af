package io.windhover.rpc.client;

import io.windhover.rpc.CallListener;
import io.windhover.rpc.Endpoint;
import io.windhover.rpc.Middleware;
import io.windhover.rpc.StreamMiddleware;
import io.windhover.rpc.StreamOpener;
import java.util.ArrayList;
import java.util.List;

/// What users put around the calls of a client, each list outermost first.
///
/// @param call once for a call
/// @param attempt once for each attempt at it, at a known address; inside of the others
/// @param stream once for a stream
/// @param listener told of every call
record ClientSteps(
    List<Middleware> call,
    List<Middleware> attempt,
    List<StreamMiddleware> stream,
    CallListener listener) {

  ClientSteps {
    call = List.copyOf(call);
    attempt = List.copyOf(attempt);
    stream = List.copyOf(stream);
  }

  Endpoint around(Endpoint exchange) {
    var all = new ArrayList<>(call);
    all.addAll(attempt);
    return Endpoint.chain(all, exchange);
  }

  StreamOpener around(StreamOpener exchange) {
    return StreamMiddleware.chain(stream, exchange);
  }
}
