package io.windhover.rpc.transport;

import io.windhover.netpoll.FrameHandler;

/// The server's end of a connection of one kind. One for each connection.
///
/// What a [FrameHandler] has is called on the connection's poller, one at a time, from `opened` to
/// `closed`; calls run on threads that the implementation starts. What [Stoppable] has comes
/// meanwhile, when the server stops, on a thread for this connection alone, in this order:
///
/// ```
///   finish    the server stops soon: tell the peer, if the protocol can
///   drain     close as soon as the calls under way have their replies
///   cancel    the stop timeout has passed: interrupt what still runs
/// ```
///
/// Each may be missing, and `closed` may come in between. The server does not wait for one that
/// blocks: it goes on with its stop, and in the end the connection is gone. The server knows
/// connections, not calls: `cancel` and `closed` have to [cancel][ServedCall#cancel] each call that
/// was begun here, or its handler runs on, to its deadline if it has one.
///
/// What [#frameBytes] throws comes to [#inputEnded] as another exception, which names the transport
/// and has the message.
public interface ServedConnection extends FrameHandler, Stoppable {}
