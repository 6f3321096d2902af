/// Streams in both directions, as `docs/guides/streaming.md` shows them. Depends on nothing but
/// Windhover.
package io.windhover.examples.streams;
