/// What others need to speak protocols that are not built in.
///
/// Start at [io.windhover.rpc.server.Transport], for protocols with connections of their own. The
/// guide is `docs/guides/protocols.md`. No sockets and no threads here.
package io.windhover.rpc.codec;
