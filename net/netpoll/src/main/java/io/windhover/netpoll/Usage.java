package io.windhover.netpoll;

/// What a [PollerGroup] holds at one moment, for the gauges of a monitor. The numbers are read one
/// after the other, while connections go on.
///
/// @param openConnections dialled and accepted ones
/// @param refusedConnections accepted and closed at once, because the group had no room for them;
///   counted since its start
/// @param failedTlsHandshakes accepted connections on which TLS could not begin: no TLS at all,
///   nothing in common, no trusted certificate, too slow; counted since its start. DEBUG logs say
///   why
/// @param waitingBytes of unfinished frames, and of frames that their peers do not read: what the
///   memory budget of the group counts
/// @param maxWaitingBytes that budget
/// @param bufferBytes lent to buffers by the pool that all of this process share
/// @param idleBufferBytes kept by that pool, to be lent again
public record Usage(
    int openConnections,
    long refusedConnections,
    long failedTlsHandshakes,
    long waitingBytes,
    long maxWaitingBytes,
    long bufferBytes,
    long idleBufferBytes) {}
