package io.windhover.rpc.server;

import io.windhover.netpoll.Usage;
import java.util.OptionalInt;

/// What a server holds at a moment, for the gauges of a monitor. The numbers are read one after the
/// other, while calls go on.
///
/// @param sockets its connections, and what they keep of unfinished frames and unread replies
/// @param runningCalls calls and streams whose handlers run, in process too; empty without
///   [ServerBuilder#maxCalls], since nothing counts them then
/// @param refusedCalls calls and streams refused so far, since as many ran as may
/// @param requestBytes of requests that wait for their turn or run
/// @param maxRequestBytes what those may hold together, a quarter of the heap
public record ServerState(
    Usage sockets,
    OptionalInt runningCalls,
    long refusedCalls,
    long requestBytes,
    long maxRequestBytes) {}
