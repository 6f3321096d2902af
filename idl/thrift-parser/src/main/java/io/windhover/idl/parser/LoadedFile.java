package io.windhover.idl.parser;

import io.windhover.idl.ast.Declaration;
import io.windhover.idl.ast.Document;
import io.windhover.idl.ast.Include;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A file that was read, and those it includes. Compared by identity.
public final class LoadedFile {
  private final Document document;
  private final boolean isBroken;
  private final Set<Declaration> incomplete;
  private final List<Inclusion> inclusions = new ArrayList<>();

  /// An include and the file it leads to; null if there is none, which is reported.
  public record Inclusion(Include syntax, @Nullable LoadedFile target) {

    /// What stands before the dot in a reference to a name of that file.
    public String prefix() {
      return syntax.prefix();
    }
  }

  LoadedFile(Document document, boolean isBroken, Set<Declaration> incomplete) {
    this.document = document;
    this.isBroken = isBroken;
    this.incomplete = incomplete;
  }

  public Document document() {
    return document;
  }

  /// The declarations that hold an error, so that nothing can be said about what they lack.
  public Set<Declaration> incomplete() {
    return incomplete;
  }

  /// Whether it could not be read, or something in it not be recognised, so that nothing can be
  /// said about the names it lacks.
  public boolean isBroken() {
    return isBroken;
  }

  /// In the order of the file.
  public List<Inclusion> inclusions() {
    return inclusions;
  }

  void add(Inclusion inclusion) {
    inclusions.add(inclusion);
  }

  @Override
  public String toString() {
    return document.file().path();
  }
}
