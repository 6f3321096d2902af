/// Serving: a listener, a queue for each connection, a virtual thread for each burst of messages.
///
/// Start at [Server]. A message's path is the [FrontDoor], which asks each [Transport]; those that
/// are built in have a [ServerConnection] or a [MuxServerConnection] (poller, then the call's
/// thread), then [Dispatcher], then the handler. A transport of others has [ServerCalls] instead. A
/// [ConnectionFilter], if there is one, is asked before.
package io.windhover.rpc.server;
