package io.windhover.rpc;

/// What a generated client stub calls; a client implements it.
@FunctionalInterface
public interface Caller {

  /// Carries one call to its end, blocking the calling thread.
  ///
  /// @param service IDL name of the service; differs from the one that declares `method` when the
  ///   method is inherited
  /// @param request the method's arguments
  /// @return the method's result; nobody looks at that of a oneway method, whose request may be
  ///   lost without a word once it is written
  /// @throws RpcException if no result came back
  Object call(String service, Method<?> method, Object request);
}
