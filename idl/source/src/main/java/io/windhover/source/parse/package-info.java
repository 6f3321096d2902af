/// What parsers and linkers of all IDLs are made of: bytes to text, text to tokens, diagnostics
/// collected. For our modules alone.
///
/// Start at [Lexer] and [TokenStream], which each language extends. Knows no grammar.
package io.windhover.source.parse;
