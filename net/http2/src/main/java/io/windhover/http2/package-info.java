/// HTTP/2 connections of servers and clients, and their streams.
///
/// Start at [Http2Server] and [Http2Client]; what both have is in [Http2Connection], and what a
/// user works with is the [Http2Stream]. What this package may use is netpoll's connections, frames
/// and header compression, and nothing that knows of calls.
@NullMarked
package io.windhover.http2;

import org.jspecify.annotations.NullMarked;
