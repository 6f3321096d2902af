/// From paths to syntax trees: reading files, following includes, lexer and parser. Not exported.
///
/// Start at [Loader]. Nothing here knows what a name means.
package io.windhover.idl.parser;
