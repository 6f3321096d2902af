/// Calling: what a client is told, and the exchange of one message for another.
///
/// Start at [Client]. A call's path is the middleware chain, then [Exchange], which borrows a
/// connection and gives it back. Where those come from is in [io.windhover.rpc.connection], what
/// users can say of them in [io.windhover.rpc.pool].
package io.windhover.rpc.client;
