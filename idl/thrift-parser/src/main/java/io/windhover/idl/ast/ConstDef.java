package io.windhover.idl.ast;

import io.windhover.source.Span;
import java.util.List;
import java.util.Optional;

/// `const i32 LIMIT = 10`.
public record ConstDef(
    Optional<DocComment> doc,
    TypeRef type,
    Name name,
    ConstValue value,
    List<Annotation> annotations,
    Span span)
    implements Declaration {

  public ConstDef {
    annotations = List.copyOf(annotations);
  }
}
