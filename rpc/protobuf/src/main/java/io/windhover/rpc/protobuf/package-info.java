/// Protobuf as the payload of calls: messages of protobuf-java, and Kitex' way to send them.
///
/// Start at [KitexProtobuf], which clients and servers are given; a [ProtobufCodec] is what a
/// method has for each of its messages. The guide is `docs/guides/protobuf.md`. Knows no
/// connections: it stands on what `rpc/core` exports.
package io.windhover.rpc.protobuf;
