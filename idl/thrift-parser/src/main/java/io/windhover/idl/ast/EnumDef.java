package io.windhover.idl.ast;

import io.windhover.source.Span;
import java.util.List;
import java.util.Optional;

/// `enum Color { RED = 1 }`.
public record EnumDef(
    Optional<DocComment> doc,
    Name name,
    List<EnumItemDef> items,
    List<Annotation> annotations,
    Span span)
    implements Declaration {

  public EnumDef {
    items = List.copyOf(items);
    annotations = List.copyOf(annotations);
  }
}
