package io.windhover.proto;

import io.windhover.proto.parser.Diagnostics;
import java.util.List;

/// All checks of a file whose names and options are known.
final class Checks {
  Checks(List<ProtoFile> files, Diagnostics diagnostics) {}

  void check(ProtoFile file) {}
}
