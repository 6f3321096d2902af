package io.windhover.idl.ast;

import io.windhover.source.Span;
import java.util.Optional;

/// `(key = "value")` after a type, a member or a definition. A key may be repeated; order is kept.
///
/// @param value absent for a bare key, which Apache reads as `"1"`
public record Annotation(Name key, Optional<StringLiteral> value, Span span) implements Node {}
