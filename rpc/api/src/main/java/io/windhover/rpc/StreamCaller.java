package io.windhover.rpc;

/// What a generated client stub opens streams through, besides calling; a client implements it.
public interface StreamCaller extends Caller {

  /// Opens a stream. The server's handler starts then, but for [Method.Kind#SERVER_STREAM]: there
  /// it starts once the request is sent and the client's side ended.
  ///
  /// @param service IDL name of the service; differs from the one that declares `method` when the
  ///   method is inherited
  /// @throws RpcException if it cannot be opened
  MessageStream open(String service, Method<?> method);
}
