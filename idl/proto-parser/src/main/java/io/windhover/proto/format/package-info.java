/// The formatter: one layout for all `.proto` files, comments kept where they are.
///
/// Start at [io.windhover.proto.format.Formatter]. The tree says what brackets hold, the tokens and
/// the comments between them are what is written. The layout is described in
/// `docs/guides/tools.md`.
package io.windhover.proto.format;
