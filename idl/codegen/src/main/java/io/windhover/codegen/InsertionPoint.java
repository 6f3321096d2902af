package io.windhover.codegen;

import java.util.Locale;

/// A place in a generated class where a plugin may put code. Every class has all of them, but for
/// those that hold the messages of a service, which are nobody's to change.
public enum InsertionPoint {
  /// Behind the imports: more of them. A type that is spelled out in full needs none.
  IMPORTS,
  /// Between the class's comment and its declaration: annotations.
  TYPE,
  /// Before the class's last brace: methods, constants, nested types.
  MEMBERS;

  /// Returns its name in Thriftgo's protocol.
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /// Returns what stands for it in the text until plugins have run.
  String mark() {
    return "@@thriftgo_insertion_point(" + label() + ")";
  }
}
