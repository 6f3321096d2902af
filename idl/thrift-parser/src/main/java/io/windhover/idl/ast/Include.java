package io.windhover.idl.ast;

import io.windhover.source.Span;

/// `include "base.thrift"`: makes another file's names visible behind its base name and a dot.
public record Include(StringLiteral path, Span span) implements Header {
  private static final String SUFFIX = ".thrift";

  /// What stands before the dot in a reference to a name of that file.
  public String prefix() {
    return prefix(path.value());
  }

  /// What stands before the dot in references to names of a file that is known by `path`: its name
  /// without folders and `.thrift`.
  public static String prefix(String path) {
    String name = path.substring(path.lastIndexOf('/') + 1);
    name = name.substring(name.lastIndexOf('\\') + 1);
    return name.endsWith(SUFFIX) ? name.substring(0, name.length() - SUFFIX.length()) : name;
  }
}
