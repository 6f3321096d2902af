package io.windhover.idl.ast;

import io.windhover.source.Span;
import java.util.List;

/// `namespace java com.example`: where a language puts the file's definitions.
///
/// @param scope the language, such as `java` or `py.twisted`; `*` for every language without its
///   own
/// @param name as written, with its dots
public record Namespace(String scope, Name name, List<Annotation> annotations, Span span)
    implements Header {

  public Namespace {
    annotations = List.copyOf(annotations);
  }
}
