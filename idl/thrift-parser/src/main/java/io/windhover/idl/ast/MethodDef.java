package io.windhover.idl.ast;

import io.windhover.source.Span;
import java.util.List;
import java.util.Optional;

/// One method of a service.
///
/// @param returnType absent for `void`
/// @param exceptions the `throws` list
public record MethodDef(
    Optional<DocComment> doc,
    boolean isOneway,
    Optional<TypeRef> returnType,
    Name name,
    List<FieldDef> arguments,
    List<FieldDef> exceptions,
    List<Annotation> annotations,
    Span span)
    implements Node {

  public MethodDef {
    arguments = List.copyOf(arguments);
    exceptions = List.copyOf(exceptions);
    annotations = List.copyOf(annotations);
  }
}
