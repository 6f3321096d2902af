/// What one client that floods a gRPC server costs all others: a server in a process of its own,
/// with little memory, a hundred callers that do no harm, and floods from a third process, as fast
/// as these two let it.
///
/// [Flood] has what is sent, [FloodTest] what must hold all the same.
package io.windhover.conformance.flood;
