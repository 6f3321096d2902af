package io.windhover.idl;

import java.nio.file.Path;
import java.util.List;

/// Set by the user of [ThriftCompiler].
///
/// @param includeDirs where to look for an included file that is not beside the file that includes
///   it; tried in order
public record CompilerOptions(List<Path> includeDirs) {

  public static final CompilerOptions DEFAULTS = new CompilerOptions(List.of());

  public CompilerOptions {
    includeDirs = List.copyOf(includeDirs);
  }
}
