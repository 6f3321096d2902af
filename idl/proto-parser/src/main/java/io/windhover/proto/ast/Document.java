package io.windhover.proto.ast;

import io.windhover.source.SourceFile;
import io.windhover.source.Span;
import java.util.List;
import java.util.Optional;

/// One file. What stands at its top level is in the order of the file.
///
/// @param syntax empty if the file does not say it, which means proto2
public record Document(
    SourceFile file,
    Optional<Syntax> syntax,
    Optional<PackageDef> packageName,
    List<Import> imports,
    List<OptionDef> options,
    List<Declaration> declarations)
    implements Node {

  public Document {
    imports = List.copyOf(imports);
    options = List.copyOf(options);
    declarations = List.copyOf(declarations);
  }

  /// By which rules the file is read.
  public Edition edition() {
    return syntax.map(Syntax::edition).orElse(Edition.PROTO2);
  }

  @Override
  public Span span() {
    return file.span(0, file.text().length());
  }
}
