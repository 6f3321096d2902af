package io.windhover.proto.parser;

import io.windhover.proto.ast.Document;
import io.windhover.proto.ast.Import;
import java.util.ArrayList;
import java.util.List;

/// A file that was read, and those it imports. Compared by identity.
public final class LoadedFile {
  private final Document document;
  private final List<Imported> imports = new ArrayList<>();

  /// An import and the file it leads to.
  public record Imported(Import syntax, LoadedFile target) {}

  LoadedFile(Document document) {
    this.document = document;
  }

  public Document document() {
    return document;
  }

  /// By which others import it.
  public String name() {
    return document.file().name();
  }

  /// In the order of the file; those that lead nowhere are left out, having been reported.
  public List<Imported> imports() {
    return imports;
  }

  void add(Imported imported) {
    imports.add(imported);
  }

  @Override
  public String toString() {
    return name();
  }
}
