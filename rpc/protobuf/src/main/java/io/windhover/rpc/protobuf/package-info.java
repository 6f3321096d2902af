/// Messages of protobuf-java as the payload of calls.
///
/// A [ProtobufCodec] is what a method has for each of its messages; how they are sent is another
/// matter: see `io.windhover.rpc.proto.KitexProtobuf`, and gRPC. The guide is
/// `docs/guides/protobuf.md`. Knows no connections: it stands on what `rpc/core` exports.
package io.windhover.rpc.protobuf;
