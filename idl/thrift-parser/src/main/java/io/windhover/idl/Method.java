package io.windhover.idl;

import io.windhover.idl.ast.DocComment;
import io.windhover.idl.ast.MethodDef;
import java.util.List;
import java.util.Optional;

/// A method of a service.
///
/// @param returnType absent for `void`
/// @param exceptions the `throws` list; the true type of each is a [StructType] of kind EXCEPTION
public record Method(
    String name,
    boolean isOneway,
    Optional<Type> returnType,
    List<Field> arguments,
    List<Field> exceptions,
    MethodDef syntax) {

  public Method {
    arguments = List.copyOf(arguments);
    exceptions = List.copyOf(exceptions);
  }

  public Optional<DocComment> doc() {
    return syntax.doc();
  }
}
