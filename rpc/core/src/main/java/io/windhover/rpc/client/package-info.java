/// Calling: a pool of connections to a server, and the exchange of one message for another.
///
/// Start at [Client]. A call's path is the middleware chain, then [Exchange], which borrows a
/// [PooledConnection] from the [ExclusivePool], or a share of a [MuxConnection] from the [MuxPool].
/// A [SharedPool] keeps the connections of that one, and those for streams. Users can put code of
/// their own in the place of the pools for calls, a [Pool] and its [ClientConnection], and of what
/// connects, a [Dialler].
package io.windhover.rpc.client;
