package io.windhover.idl.ast;

import io.windhover.source.Span;
import java.util.List;
import java.util.Optional;

/// A type as written where it is used.
public sealed interface TypeRef extends Node {

  List<Annotation> annotations();

  /// @param keyword such as `i32`; `byte` stays `byte`
  record Base(String keyword, List<Annotation> annotations, Span span) implements TypeRef {
    public Base {
      annotations = List.copyOf(annotations);
    }
  }

  /// @param name as written, perhaps with the prefix of an include
  record Named(String name, List<Annotation> annotations, Span span) implements TypeRef {
    public Named {
      annotations = List.copyOf(annotations);
    }
  }

  /// @param cppType the C++ type after `cpp_type`, on either side of the angle brackets
  record ListOf(
      TypeRef element, Optional<StringLiteral> cppType, List<Annotation> annotations, Span span)
      implements TypeRef {
    public ListOf {
      annotations = List.copyOf(annotations);
    }
  }

  record SetOf(
      TypeRef element, Optional<StringLiteral> cppType, List<Annotation> annotations, Span span)
      implements TypeRef {
    public SetOf {
      annotations = List.copyOf(annotations);
    }
  }

  record MapOf(
      TypeRef key,
      TypeRef value,
      Optional<StringLiteral> cppType,
      List<Annotation> annotations,
      Span span)
      implements TypeRef {
    public MapOf {
      annotations = List.copyOf(annotations);
    }
  }
}
