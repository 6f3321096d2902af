/// Texts of IDL files, places in them, and messages about them.
///
/// [SourceFile] is a text, [Span] a piece of it, [Diagnostic] what a compiler says about one. Each
/// is about a [Rule], and [Reporting] says which of them count. This package knows no grammar and
/// depends on nothing but the JDK.
package io.windhover.source;
