import org.jspecify.annotations.NullMarked;

/// Protobuf as the payload of calls, on protobuf-java.
@NullMarked
@SuppressWarnings({"requires-automatic", "requires-transitive-automatic"}) // it has no descriptor
module io.windhover.rpc.protobuf {
  requires transitive com.google.protobuf; // MessageLite
  requires transitive io.windhover.rpc.core; // MessageCodec
  requires transitive io.windhover.rpc.proto; // KitexProtobuf, for who has this module
  requires static transitive org.jspecify;

  exports io.windhover.rpc.protobuf;
}
