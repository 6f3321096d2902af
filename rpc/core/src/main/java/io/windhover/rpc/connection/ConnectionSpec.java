package io.windhover.rpc.connection;

import io.windhover.netpoll.ConnectionOptions;
import io.windhover.rpc.TimeSource;
import io.windhover.rpc.pool.PoolOptions;
import io.windhover.rpc.stream.StreamOptions;
import io.windhover.rpc.wire.WireFormats;
import io.windhover.rpc.wire.WireLimits;
import java.net.SocketAddress;
import java.time.Duration;

/// What a client wants of its [Connections].
///
/// @param address of the client's own server
/// @param formats that replies may be of, beside what is built in
/// @param limits of replies
/// @param pool how many connections are kept, and for how long
/// @param multiplexed how many connections to one address all calls share; 0 if each call has one
///   for itself
/// @param socket of each connection: how it is secured
/// @param streams that are opened
/// @param streamConnections to one address, besides those for calls
/// @param spareTimeout how long dialling may take that no call waits for
/// @param time of whatever is timed
public record ConnectionSpec(
    SocketAddress address,
    WireFormats formats,
    WireLimits limits,
    PoolOptions pool,
    int multiplexed,
    ConnectionOptions socket,
    StreamOptions streams,
    int streamConnections,
    Duration spareTimeout,
    TimeSource time) {}
