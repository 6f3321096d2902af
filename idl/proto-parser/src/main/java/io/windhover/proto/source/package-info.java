/// Texts of `.proto` files, places in them, and messages about them.
///
/// [SourceFile] is a text, [Span] a piece of it, [Diagnostic] what the compiler says about one, by
/// a [Rule]. This package knows no grammar and depends on nothing but the JDK.
package io.windhover.proto.source;
