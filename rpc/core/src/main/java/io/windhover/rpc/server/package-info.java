/// Serving: a listener, a queue for each connection, a virtual thread for each burst of messages.
///
/// Start at [Server]. A message's path is the [FrontDoor], which asks each
/// [io.windhover.rpc.transport.Transport]; those that are built in have a [ServerConnection] or a
/// [MuxServerConnection] (poller, then the call's thread), then
/// [io.windhover.rpc.server.dispatch.Dispatcher], then the handler.
package io.windhover.rpc.server;
