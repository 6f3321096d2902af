package io.windhover.idl.ast;

import io.windhover.source.Span;
import java.util.List;
import java.util.Optional;

/// One item of an [EnumDef].
///
/// @param value absent: one more than the item before, 0 for the first
public record EnumItemDef(
    Optional<DocComment> doc,
    Name name,
    Optional<IntLiteral> value,
    List<Annotation> annotations,
    Span span)
    implements Node {

  public EnumItemDef {
    annotations = List.copyOf(annotations);
  }
}
