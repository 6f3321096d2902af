package io.windhover.proto.ast;

import io.windhover.source.Span;

/// `option java_package = "a";`, or one of several in brackets: `[deprecated = true]`. So are
/// `default` and `json_name`, which are no options.
public record OptionDef(OptionName name, OptionValue value, Span span) implements Member {}
