package io.windhover.proto.ast;

import io.windhover.source.Span;
import java.util.List;

/// `extend Foo { ... }`: fields for a message of somewhere else.
public record ExtendDef(Name extendee, List<FieldDef> fields, Span span) implements Declaration {

  public ExtendDef {
    fields = List.copyOf(fields);
  }
}
