package io.windhover.rpc.validation;

import io.windhover.rpc.Endpoint;
import io.windhover.rpc.Middleware;
import io.windhover.rpc.StreamEndpoint;
import io.windhover.rpc.StreamMiddleware;
import io.windhover.rpc.StreamOpener;

/// Checks each request, and by option each reply, against the rules that its IDL holds as `vt.*`
/// annotations: of all arguments, and of what is in them.
///
/// ```java
/// Server.builder().service(ShopService.serve(handler)).middleware(Validator.ofServer()).start();
/// Client.builder("127.0.0.1:8888").middleware(Validator.ofClient()).build();
/// ```
///
/// As a step around streams, `streamMiddleware(Validator.ofServer())`, it checks each message by
/// itself: a server those that it receives, a client those that it sends. Rules at the arguments of
/// a method do not count there, since no arguments travel.
///
/// Messages without rules pass at the cost of a call that finds nothing to do. Steps that come
/// later in the list see valid messages only; what they change is not checked again.
public final class Validator implements Middleware, StreamMiddleware {
  private final boolean isServer;
  private final boolean checksReplies;

  private Validator(boolean isServer, boolean checksReplies) {
    this.isServer = isServer;
    this.checksReplies = checksReplies;
  }

  /// Answers a bad request with error 1938274400, which says what is wrong with it, before the
  /// handler sees it. Clients of Windhover then throw an [io.windhover.rpc.RpcException] of kind
  /// INVALID.
  ///
  /// The handler of a stream gets one of that kind when it receives a bad message; if it throws
  /// that on, the stream ends with error 1938274400.
  public static Validator ofServer() {
    return new Validator(true, false);
  }

  /// Throws an [io.windhover.rpc.RpcException] of kind INVALID for a bad request, before anything
  /// is sent, and for a bad message of a stream. Its cause is the
  /// [io.windhover.thrift.validation.ValidationException].
  public static Validator ofClient() {
    return new Validator(false, false);
  }

  /// Returns one that checks replies besides, and the messages of a stream that come back. On a
  /// client, a bad one becomes an exception of kind INVALID. On a server it counts as a failure of
  /// the handler: the caller gets an error id, and the log says what is wrong.
  public Validator withReplies() {
    return new Validator(isServer, true);
  }

  @Override
  public Endpoint wrap(Endpoint next) {
    return isServer ? new ServerCheck(next, checksReplies) : new ClientCheck(next, checksReplies);
  }

  @Override
  public StreamOpener opening(StreamOpener next) {
    return isServer ? next : CheckedStream.opening(next, checksReplies);
  }

  @Override
  public StreamEndpoint serving(StreamEndpoint next) {
    return isServer ? CheckedStream.serving(next, checksReplies) : next;
  }
}
