package io.windhover.rpc.validation;

import io.windhover.rpc.Endpoint;
import io.windhover.rpc.Middleware;

/// Checks each request, and by option each reply, against the rules that its IDL holds as `vt.*`
/// annotations: of all arguments, and of what is in them.
///
/// ```java
/// Server.builder().service(ShopService.serve(handler)).middleware(Validator.ofServer()).start();
/// Client.builder("127.0.0.1:8888").middleware(Validator.ofClient()).build();
/// ```
///
/// Messages without rules pass at the cost of a call that finds nothing to do. Steps that come
/// later in the list see valid messages only; what they change is not checked again.
public final class Validator implements Middleware {
  private final boolean isServer;
  private final boolean checksReplies;

  private Validator(boolean isServer, boolean checksReplies) {
    this.isServer = isServer;
    this.checksReplies = checksReplies;
  }

  /// Answers a bad request with error 400, which says what is wrong with it, before the handler
  /// sees it. Clients of Windhover then throw an [io.windhover.rpc.RpcException] of kind INVALID.
  public static Validator ofServer() {
    return new Validator(true, false);
  }

  /// Throws an [io.windhover.rpc.RpcException] of kind INVALID for a bad request, before anything
  /// is sent. Its cause is the [io.windhover.thrift.validation.ValidationException].
  public static Validator ofClient() {
    return new Validator(false, false);
  }

  /// Returns one that checks replies besides. On a client, a bad one becomes an exception of kind
  /// INVALID. On a server it counts as a failure of the handler: the caller gets an error id, and
  /// the log says what is wrong.
  public Validator withReplies() {
    return new Validator(isServer, true);
  }

  @Override
  public Endpoint wrap(Endpoint next) {
    return isServer ? new ServerCheck(next, checksReplies) : new ClientCheck(next, checksReplies);
  }
}
