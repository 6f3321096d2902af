package io.windhover.idl.ast;

import io.windhover.source.Span;
import java.util.List;

/// `[1, 2]`: a list or a set.
public record ListLiteral(List<ConstValue> elements, Span span) implements ConstValue {

  public ListLiteral {
    elements = List.copyOf(elements);
  }
}
