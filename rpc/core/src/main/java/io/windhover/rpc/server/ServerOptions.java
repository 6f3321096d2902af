package io.windhover.rpc.server;

import io.windhover.netpoll.ConnectionOptions;
import io.windhover.netpoll.ListenerOptions;
import io.windhover.netpoll.PollerOptions;
import io.windhover.rpc.server.dispatch.TimeoutPolicy;
import io.windhover.rpc.stream.StreamOptions;
import io.windhover.rpc.wire.PayloadForm;
import io.windhover.rpc.wire.WireLimits;
import java.net.SocketAddress;

/// What the user of a [ServerBuilder] has set.
///
/// @param address TCP or unix socket
/// @param limits of the requests that are read and the replies that are written
/// @param streams of those that clients open
/// @param connection of each accepted connection
/// @param timeouts of calls
/// @param payloads the form of replies over TTHeader
/// @param pollers that serve the connections
/// @param listener how the address is listened on
/// @param lifeCycle what happens when it starts and stops
record ServerOptions(
    SocketAddress address,
    WireLimits limits,
    StreamOptions streams,
    ConnectionOptions connection,
    TimeoutPolicy timeouts,
    PayloadForm payloads,
    PollerOptions pollers,
    ListenerOptions listener,
    LifeCycleOptions lifeCycle) {}
