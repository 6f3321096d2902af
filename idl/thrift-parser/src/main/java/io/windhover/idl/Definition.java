package io.windhover.idl;

import io.windhover.idl.ast.Declaration;
import io.windhover.idl.ast.DocComment;
import java.util.Optional;

/// What a file defines, resolved. Compared by identity: there is one object a definition.
public sealed interface Definition permits Constant, EnumType, Service, StructType, Typedef {

  /// The file it stands in, which also says its namespace.
  Program program();

  /// The syntax it was made from.
  Declaration syntax();

  default String name() {
    return syntax().name().text();
  }

  /// The word for what it is, such as `struct`.
  default String noun() {
    return switch (this) {
      case Constant _ -> "constant";
      case EnumType _ -> "enum";
      case Service _ -> "service";
      case StructType struct -> struct.syntax().kind().toString();
      case Typedef _ -> "typedef";
    };
  }

  default Optional<DocComment> doc() {
    return syntax().doc();
  }
}
