/// How a client's connections are opened, kept and given out, and what each carries.
///
/// Start at [Connections], which has a pool for each address: an [ExclusivePool] of
/// [PooledConnection]s, each for one call at a time, or a [MuxPool], in which calls get a share of
/// a [MuxConnection]. A [SharedPool] keeps the connections of that one, and those for streams. What
/// users put in the place of these is in [io.windhover.rpc.pool]. Knows nothing of the client that
/// uses it, and not what is in a message.
package io.windhover.rpc.connection;
