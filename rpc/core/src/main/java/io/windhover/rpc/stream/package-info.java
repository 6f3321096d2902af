/// Streams over TTHeader Streaming: many on one connection, each with messages in both directions.
///
/// Start at [StreamState], the life of one stream. Client and server stand on this package, never
/// the other way round. Page: `docs/wire/ttheader-streaming.md`.
package io.windhover.rpc.stream;
