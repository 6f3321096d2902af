import org.jspecify.annotations.NullMarked;

/// Protobuf as the payload of calls, without a library.
@NullMarked
module io.windhover.rpc.proto {
  requires transitive io.windhover.protobuf; // ProtoCodec
  requires transitive io.windhover.rpc.core; // PayloadCodec, MessageCodec
  requires static transitive org.jspecify;

  exports io.windhover.rpc.proto;
}
