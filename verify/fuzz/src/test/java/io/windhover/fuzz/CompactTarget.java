package io.windhover.fuzz;

import io.windhover.thrift.CompactReader;
import io.windhover.thrift.CompactWriter;

/// [Structs] in the compact protocol.
public final class CompactTarget {
  private static final Structs STRUCTS = new Structs(CompactReader::new, CompactWriter::new);

  private CompactTarget() {}

  /// Called by Jazzer.
  public static void fuzzerTestOneInput(byte[] input) {
    STRUCTS.check(input);
  }
}
