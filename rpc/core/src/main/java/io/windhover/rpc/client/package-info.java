/// Calling: a pool of connections to a server, and the exchange of one message for another.
///
/// Start at [Client]. A call's path is the middleware chain, then [Exchange], which borrows a
/// [PooledConnection] from the [ExclusivePool], or a share of a [MuxConnection] from the [MuxPool].
package io.windhover.rpc.client;
