package io.windhover.idl.ast;

import io.windhover.source.Span;
import java.util.List;
import java.util.Optional;

/// A struct, union or exception.
///
/// @param xsdAll whether `xsd_all` follows the name; without meaning for Java
public record StructDef(
    Optional<DocComment> doc,
    StructKind kind,
    Name name,
    boolean xsdAll,
    List<FieldDef> fields,
    List<Annotation> annotations,
    Span span)
    implements Declaration {

  public StructDef {
    fields = List.copyOf(fields);
    annotations = List.copyOf(annotations);
  }
}
