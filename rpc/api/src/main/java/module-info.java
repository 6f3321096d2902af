import org.jspecify.annotations.NullMarked;

/// The vocabulary of a call. Depends on nothing but the JDK.
@NullMarked
@SuppressWarnings("module") // those named are compiled after this one
module io.windhover.rpc {
  requires static transitive org.jspecify;

  exports io.windhover.rpc;
  exports io.windhover.rpc.log to
      io.windhover.rpc.core,
      io.windhover.rpc.grpc;
}
