/// How formatters of all IDLs write: a small pretty-printer, and where comments go. For our modules
/// alone.
///
/// Start at [LayoutWriter]. The tokens and the comments between them are what is written.
package io.windhover.source.layout;
