package io.windhover.idl.ast;

import io.windhover.source.SourceFile;
import io.windhover.source.Span;
import java.util.List;

/// One file: headers, then declarations, each in the order of the file.
public record Document(SourceFile file, List<Header> headers, List<Declaration> declarations)
    implements Node {

  public Document {
    headers = List.copyOf(headers);
    declarations = List.copyOf(declarations);
  }

  public List<Include> includes() {
    return headers.stream().filter(Include.class::isInstance).map(Include.class::cast).toList();
  }

  public List<Namespace> namespaces() {
    return headers.stream().filter(Namespace.class::isInstance).map(Namespace.class::cast).toList();
  }

  @Override
  public Span span() {
    return file.span(0, file.text().length());
  }
}
