/// Protobuf as the payload of calls: Kitex' way to send it, and messages that Windhover generates.
///
/// Start at [KitexProtobuf], which clients and servers are given, whosever classes the messages
/// are; a [GeneratedCodec] is what a method has for each of its messages. The guide is
/// `docs/guides/protobuf.md`. Knows no connections: it stands on what `rpc/core` exports.
package io.windhover.rpc.proto;
