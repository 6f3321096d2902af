package io.windhover.bench.compile;

import java.io.IOException;
import java.nio.file.Path;

/// One contestant: compiles a file and what it includes.
interface Compiler extends AutoCloseable {

  String name();

  /// What it says of itself.
  String version();

  /// Compiles `idl` into `out`, an empty folder.
  ///
  /// @param log for what it prints
  /// @throws IOException if it fails, with where to read why
  Measurement run(Path idl, Path out, Path log) throws IOException, InterruptedException;

  @Override
  default void close() {}
}
