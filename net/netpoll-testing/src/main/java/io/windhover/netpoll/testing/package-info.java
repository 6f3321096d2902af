/// For tests of what uses netpoll: [MemoryConnection] in a socket's place, [FaultProxy] between two
/// peers, [LeakCheck] around it all.
///
/// No test framework is needed; failures are thrown as AssertionError.
package io.windhover.netpoll.testing;
