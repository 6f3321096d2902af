/// Connections to servers as users see them: how many a client keeps, how that goes, and what can
/// be put in the place of its own.
///
/// Start at [PoolOptions] to set numbers, at [Pool] to keep connections in another way, at
/// [ClientConnection] to carry messages in another way, at [Dialler] to connect in another way. A
/// client takes all of them by its [builder][io.windhover.rpc.client.ClientBuilder]. Depends on no
/// other package of RPC but the vocabulary of calls.
package io.windhover.rpc.pool;
