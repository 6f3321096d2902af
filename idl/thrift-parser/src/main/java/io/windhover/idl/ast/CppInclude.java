package io.windhover.idl.ast;

import io.windhover.source.Span;

/// `cpp_include "<map>"`: kept, without meaning for Java.
public record CppInclude(StringLiteral path, Span span) implements Header {}
