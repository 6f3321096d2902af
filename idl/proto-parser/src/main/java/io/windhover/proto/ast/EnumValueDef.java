package io.windhover.proto.ast;

import io.windhover.source.Span;
import java.util.List;
import java.util.Optional;

/// A value of an enum.
public record EnumValueDef(
    Optional<Comment> comment, Name name, NumberLiteral number, List<OptionDef> options, Span span)
    implements Member {

  public EnumValueDef {
    options = List.copyOf(options);
  }
}
