package io.windhover.rpc.server.dispatch;

import java.net.SocketAddress;

/// When and from where a message came, and where its call runs.
///
/// @param nanos when it was here, by [System#nanoTime]
public record Arrival(long nanos, SocketAddress remoteAddress, CallSlot slot) {}
