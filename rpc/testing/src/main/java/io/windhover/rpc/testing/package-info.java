/// For tests of services and of those who call them: [RpcExtension] gives a JUnit test a running
/// server and a client of it, [VirtualTime] makes timeouts pass at once, [Faults] makes calls fail,
/// and by [RawMessages] a test says what goes over the wire byte by byte.
///
/// Stands on the public face of client and server only.
package io.windhover.rpc.testing;
