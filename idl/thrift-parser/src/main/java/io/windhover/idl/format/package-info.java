/// The formatter: one layout for all files, comments kept where they are.
///
/// Start at [io.windhover.idl.format.Formatter]. The tree says where members end, the tokens and
/// the comments between them are what is written, and a small pretty-printer breaks lines that are
/// too long. The layout is described in `docs/guides/tools.md`.
package io.windhover.idl.format;
