package io.windhover.idl.ast;

import io.windhover.source.Span;
import java.util.List;

/// `{"a": 1}`: a map, or a struct with field names as keys.
public record MapLiteral(List<MapEntry> entries, Span span) implements ConstValue {

  public MapLiteral {
    entries = List.copyOf(entries);
  }
}
