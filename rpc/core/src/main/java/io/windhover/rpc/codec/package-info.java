/// What others implement to speak protocols that are not built in, on clients and servers.
///
/// Start at [PayloadCodec]: how a message lies in a payload. A [FrameCodec] says what lies around
/// payloads. Who needs a whole connection for a protocol, such as for one with streams of its own,
/// implements [io.windhover.rpc.transport.Transport]. The guide is `docs/guides/protocols.md`. No
/// sockets and no threads here.
package io.windhover.rpc.codec;
