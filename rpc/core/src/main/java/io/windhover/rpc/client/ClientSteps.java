package io.windhover.rpc.client;

import io.windhover.rpc.CallListener;
import io.windhover.rpc.ClientErrorHandler;
import io.windhover.rpc.Endpoint;
import io.windhover.rpc.Invocation;
import io.windhover.rpc.Middleware;
import io.windhover.rpc.StreamMiddleware;
import io.windhover.rpc.StreamOpener;
import io.windhover.rpc.wire.MetadataHandlers;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// What users put around the calls of a client, each list outermost first.
///
/// @param call once for a call
/// @param attempt once for each attempt at it, at a known address; inside of the others
/// @param stream once for a stream
/// @param listener told of every call
/// @param metadata what reads and writes keys of headers; null if nothing does
/// @param errors what makes other exceptions of failures; null if nothing does
record ClientSteps(
    List<Middleware> call,
    List<Middleware> attempt,
    List<StreamMiddleware> stream,
    CallListener listener,
    @Nullable MetadataHandlers metadata,
    @Nullable ClientErrorHandler errors) {

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

  /// Returns what the caller gets of a failure.
  RuntimeException handled(Invocation invocation, RuntimeException failure) {
    if (errors == null) {
      return failure;
    }
    try {
      return Objects.requireNonNull(
          errors.handle(invocation, failure), "the error handler returned null");
    } catch (RuntimeException e) {
      if (!e.equals(failure)) {
        e.addSuppressed(failure);
      }
      return e;
    }
  }
}
