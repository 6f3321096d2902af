/// Streams over TTHeader Streaming: many on one connection, each with messages in both directions.
///
/// Start at [WireStream], one side of a stream, and [StreamConnection], which has many: those that
/// a client opened, or those that a server accepted. Client and server stand on this package, never
/// the other way round. Page: `docs/wire/ttheader-streaming.md`.
package io.windhover.rpc.stream;
