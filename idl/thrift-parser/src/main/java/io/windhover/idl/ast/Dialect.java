package io.windhover.idl.ast;

import java.util.Locale;

/// Whose reading of a file counts where the Thrift compilers differ.
public enum Dialect {
  /// Take what any of them takes; where the same text means different things on the wire, the
  /// reading that is documented for Windhover, and a warning that names both.
  BOTH,
  /// Read as Apache Thrift does, and refuse the forms that only Thriftgo takes.
  APACHE,
  /// Read as Thriftgo does, and refuse the forms that only Apache Thrift takes.
  THRIFTGO;

  /// As written on a command line.
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
