/// What others implement to extend a server at its connections: protocols that have connections to
/// themselves, and filters of all connections.
///
/// Start at [Transport]: it knows a connection by its first bytes and makes its [ServedConnection],
/// which reads requests and runs them by [ServerCalls]. A [ConnectionFilter] is asked about
/// connections and frames whatever their protocol. The guides are `docs/guides/protocols.md` and
/// `docs/guides/server.md`. Nothing here knows how the server does its part.
package io.windhover.rpc.transport;
