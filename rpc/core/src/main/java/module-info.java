import org.jspecify.annotations.NullMarked;

/// Client, server and the protocols between them.
@NullMarked
@SuppressWarnings("module") // rpc.grpc is compiled after this one
module io.windhover.rpc.core {
  requires transitive io.windhover.rpc;
  requires transitive io.windhover.buffer; // LinkBuffer
  requires transitive io.windhover.netpoll; // TlsOptions, Connection
  requires transitive io.windhover.thrift; // Binary
  requires static transitive org.jspecify;

  exports io.windhover.rpc.client;
  exports io.windhover.rpc.codec;
  exports io.windhover.rpc.pool;
  exports io.windhover.rpc.server;
  exports io.windhover.rpc.transport;
  exports io.windhover.rpc.validation;
  exports io.windhover.rpc.wire to
      io.windhover.rpc.grpc;
}
