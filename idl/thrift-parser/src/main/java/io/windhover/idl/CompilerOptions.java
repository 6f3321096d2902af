package io.windhover.idl;

import io.windhover.idl.ast.Dialect;
import io.windhover.source.Reporting;
import java.nio.file.Path;
import java.util.List;

/// Set by the user of [ThriftCompiler].
///
/// @param includeDirs where to look for an included file that is not beside the file that includes
///   it; tried in order
/// @param dialect whose reading counts where the Thrift compilers differ
/// @param reporting which warnings are wanted, and which are errors
public record CompilerOptions(List<Path> includeDirs, Dialect dialect, Reporting reporting) {

  public static final CompilerOptions DEFAULTS = new CompilerOptions(List.of());

  public CompilerOptions {
    includeDirs = List.copyOf(includeDirs);
  }

  /// With defaults for the rest.
  public CompilerOptions(List<Path> includeDirs) {
    this(includeDirs, Dialect.BOTH, Reporting.DEFAULTS);
  }
}
