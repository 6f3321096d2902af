package io.windhover.rpc.server;

import java.net.SocketAddress;

/// When and from where a message came, and where its call runs.
///
/// @param nanos when it was here, by [System#nanoTime]
record Arrival(long nanos, SocketAddress remoteAddress, CallSlot slot) {}
