package io.windhover.idl.ast;

import io.windhover.source.Span;
import java.util.List;
import java.util.Optional;

/// `typedef map<string, i64> Counters`.
public record TypedefDef(
    Optional<DocComment> doc, TypeRef type, Name name, List<Annotation> annotations, Span span)
    implements Declaration {

  public TypedefDef {
    annotations = List.copyOf(annotations);
  }
}
