package io.windhover.idl.ast;

import io.windhover.source.Span;
import java.util.List;
import java.util.Optional;

/// `service Echo extends base.Health { ... }`.
///
/// @param base the name behind `extends`
public record ServiceDef(
    Optional<DocComment> doc,
    Name name,
    Optional<Name> base,
    List<MethodDef> methods,
    List<Annotation> annotations,
    Span span)
    implements Declaration {

  public ServiceDef {
    methods = List.copyOf(methods);
    annotations = List.copyOf(annotations);
  }
}
