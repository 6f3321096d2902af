package io.windhover.fuzz;

import io.windhover.thrift.BinaryReader;
import io.windhover.thrift.BinaryWriter;

/// [Structs] in the binary protocol.
public final class BinaryTarget {
  private static final Structs STRUCTS = new Structs(BinaryReader::new, BinaryWriter::new);

  private BinaryTarget() {}

  /// Called by Jazzer.
  public static void fuzzerTestOneInput(byte[] input) {
    STRUCTS.check(input);
  }
}
