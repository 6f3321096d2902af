/// Sockets as sources and sinks of whole frames: a few poller threads, no thread per connection.
///
/// Start at [PollerGroup], which listens and dials; a user of this package implements
/// [FrameHandler], or reads a [BlockingConnection]. Below the line, [PolledConnection] is what a
/// connection does, [ConnectionState] when it may, and [Poller] with [PolledSocket] what a back end
/// provides: [NioPoller] on the JDK's selectors, [EpollPoller] on Linux. [TlsHandshake] turns the
/// socket of a back end into a [TlsSocket], in the same seam.
package io.windhover.netpoll;
