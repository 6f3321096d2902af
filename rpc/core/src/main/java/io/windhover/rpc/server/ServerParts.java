package io.windhover.rpc.server;

import io.windhover.rpc.CallListener;
import io.windhover.rpc.server.dispatch.CallLimit;
import io.windhover.rpc.server.dispatch.HandlerFailures;
import io.windhover.rpc.server.dispatch.Router;
import io.windhover.rpc.wire.MetadataHandlers;
import org.jspecify.annotations.Nullable;

/// What a [ServerBuilder] makes for one server of what its user gave it: all that has a state, or
/// calls code of the user's.
///
/// @param router to the services, middleware around them
/// @param limit of calls that run
/// @param failures what callers are told of those of handlers
/// @param listener told of each call and stream
/// @param metadata what reads and writes keys of the user's; null if nothing does
/// @param extensions what it speaks beside what is built in
/// @param filters of all connections
/// @param threads where calls run
record ServerParts(
    Router router,
    CallLimit limit,
    HandlerFailures failures,
    CallListener listener,
    @Nullable MetadataHandlers metadata,
    Extensions extensions,
    ConnectionFilters filters,
    CallThreads threads) {}
