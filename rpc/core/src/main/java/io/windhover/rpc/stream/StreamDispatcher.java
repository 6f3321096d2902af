package io.windhover.rpc.stream;

import io.windhover.rpc.BusinessException;
import io.windhover.rpc.CallOptions;
import io.windhover.rpc.Deadline;
import io.windhover.rpc.Invocation;
import io.windhover.rpc.Method;
import io.windhover.rpc.ReplyMetadata;
import io.windhover.rpc.Service;
import io.windhover.rpc.StreamEndpoint;
import io.windhover.rpc.StreamMiddleware;
import io.windhover.rpc.StreamOperation;
import io.windhover.rpc.wire.ErrorCode;
import io.windhover.rpc.wire.ErrorId;
import io.windhover.rpc.wire.PeerText;
import io.windhover.rpc.wire.RequestHeader;
import io.windhover.rpc.wire.RequestObjects;
import io.windhover.rpc.wire.StreamFrame;
import io.windhover.rpc.wire.WireException;
import io.windhover.thrift.ApplicationError;
import io.windhover.thrift.call.CallCodec;
import java.lang.System.Logger.Level;
import java.net.SocketAddress;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Runs the handlers of streams. Shared by all connections of a server.
public final class StreamDispatcher {

  private static final System.Logger LOG = System.getLogger(StreamDispatcher.class.getName());

  private static final Duration NO_DEADLINE = Duration.ofDays(36_500);

  /// A method of streams of one service, with the middleware around its handler.
  record Route(String service, Method<CallCodec> method, StreamEndpoint endpoint) {}

  private final Map<String, Map<String, Route>> routesByService = new HashMap<>();
  private final boolean exposeFailures;
  private final RequestObjects objects;

  /// @param exposeFailures whether a client is told what its failed handler threw
  /// @param objects that all requests and messages under way on the server share
  /// @throws IllegalArgumentException if a method is not one of Thrift
  public StreamDispatcher(
      List<Service> services,
      List<StreamMiddleware> middleware,
      boolean exposeFailures,
      RequestObjects objects) {
    this.exposeFailures = exposeFailures;
    this.objects = objects;
    for (var service : services) {
      var routes = new HashMap<String, Route>();
      for (var operation : service.streams()) {
        routes.put(operation.method().name(), route(service.name(), operation, middleware));
      }
      routesByService.put(service.name(), routes);
    }
  }

  @SuppressWarnings("unchecked") // the codec is checked here
  private static Route route(
      String service, StreamOperation operation, List<StreamMiddleware> middleware) {
    var method = operation.method();
    if (!(method.codec() instanceof CallCodec)) {
      throw new IllegalArgumentException(
          "%s/%s is not a Thrift method".formatted(service, method.name()));
    }
    return new Route(
        service,
        (Method<CallCodec>) method,
        StreamMiddleware.chain(middleware, operation.endpoint()));
  }

  RequestObjects objects() {
    return objects;
  }

  /// @throws WireException if there is no such service or method
  Route find(StreamFrame header) {
    var service = RequestHeader.service(header.header());
    var method = header.method();
    if (service == null) {
      return inAnyService(method);
    }
    var routes = routesByService.get(service);
    if (routes == null) {
      throw new WireException(
          ErrorCode.UNKNOWN_SERVICE,
          "unknown service %s (this server has: %s)"
              .formatted(
                  PeerText.shortened(service),
                  String.join(", ", routesByService.keySet().stream().sorted().toList())));
    }
    var route = routes.get(method);
    if (route == null) {
      throw new WireException(
          ErrorCode.UNKNOWN_METHOD,
          "service %s has no method %s of streams".formatted(service, PeerText.shortened(method)));
    }
    return route;
  }

  private Route inAnyService(String method) {
    var found =
        routesByService.values().stream()
            .map(routes -> routes.get(method))
            .filter(route -> route != null)
            .toList();
    if (found.size() > 1) {
      throw new WireException(
          ErrorCode.NO_SERVICE_NAME,
          "method %s is in several services of this server: name one".formatted(method));
    }
    if (found.isEmpty()) {
      throw new WireException(
          ErrorCode.UNKNOWN_METHOD,
          "no method %s of streams".formatted(PeerText.shortened(method)));
    }
    return found.getFirst();
  }

  Invocation invocation(StreamFrame frame, Route route, SocketAddress remoteAddress) {
    var header = frame.header();
    return new Invocation(
        route.service(),
        route.method(),
        Deadline.after(RequestHeader.timeout(header).orElse(NO_DEADLINE)),
        remoteAddress,
        RequestHeader.metadata(header),
        RequestHeader.origin(header),
        new ReplyMetadata(),
        CallOptions.NONE);
  }

  /// Carries a stream to its end, on its thread.
  void serve(AcceptedStream stream, StreamEndpoint endpoint) {
    try {
      stream.runAsCurrent(() -> run(stream, endpoint));
      stream.finish(null, null);
    } catch (BusinessException e) {
      stream.finish(null, e);
    } catch (WireException e) { // a check of ours refused a message
      stream.finish(new ApplicationError(e.code().number(), e.getMessage()), null);
    } catch (Throwable failure) { // whatever a handler throws is the end of its stream and no more
      failed(stream, failure);
    }
  }

  private static void run(AcceptedStream stream, StreamEndpoint endpoint) {
    stream.invocation.asCurrent(
        () -> {
          endpoint.serve(stream.invocation, stream);
          return null;
        });
  }

  private void failed(AcceptedStream stream, Throwable failure) {
    var invocation = stream.invocation;
    if (stream.state() == StreamState.CLOSED) { // most likely that is why
      LOG.log(Level.DEBUG, () -> invocation.name() + " ended after its stream: " + failure);
      return;
    }
    var errorId = ErrorId.next();
    var detail =
        exposeFailures ? failure.toString() : "the server's log has the details under that id";
    LOG.log(Level.WARNING, invocation.name() + " failed, " + ErrorId.text(errorId), failure);
    stream.finish(
        new ApplicationError(
            ErrorCode.INTERNAL_ERROR.number(),
            "%s failed in its handler, %s: %s"
                .formatted(invocation.name(), ErrorId.text(errorId), detail)),
        null);
  }
}
