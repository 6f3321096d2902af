/// For tests of services and of those who call them: [RpcExtension] gives a JUnit test a running
/// server and a client of it, [VirtualTime] makes timeouts pass at once, [Faults] makes calls fail.
///
/// Stands on the public face of client and server only.
package io.windhover.rpc.testing;
