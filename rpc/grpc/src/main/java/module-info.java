import org.jspecify.annotations.NullMarked;

/// gRPC, for the clients and servers of Windhover.
@NullMarked
module io.windhover.rpc.grpc {
  requires transitive io.windhover.http2; // Http2Options
  requires transitive io.windhover.rpc.core;
  requires static transitive org.jspecify;

  exports io.windhover.rpc.grpc;
}
