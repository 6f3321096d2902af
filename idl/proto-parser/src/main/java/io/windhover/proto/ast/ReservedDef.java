package io.windhover.proto.ast;

import io.windhover.source.Span;
import java.util.List;

/// `reserved 2, 4 to 6;` or `reserved "a", "b";`: what no field, or no value of an enum, may have.
public record ReservedDef(List<NumberRange> ranges, List<Name> names, Span span) implements Member {

  public ReservedDef {
    ranges = List.copyOf(ranges);
    names = List.copyOf(names);
  }
}
