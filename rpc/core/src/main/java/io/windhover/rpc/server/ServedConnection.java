package io.windhover.rpc.server;

import io.windhover.netpoll.FrameHandler;

/// The server's end of a connection of one kind.
public interface ServedConnection extends FrameHandler, Stoppable {}
