package io.windhover.proto.diff;

import io.windhover.proto.ProtoFile;
import io.windhover.proto.Symbol;
import java.util.Map;

/// Tells what definitions of the old version are called in the new one, where the package of their
/// file may be another.
///
/// @param files those of the old version that are in the new one too, each with that
record NewNames(Map<ProtoFile, ProtoFile> files) {

  /// The full name that a definition has, if it is still there.
  String of(Symbol old) {
    ProtoFile file = files.get(old.file());
    if (file == null) {
      return old.fullName();
    }
    String name = Definitions.name(old);
    return file.packageName().isEmpty() ? name : file.packageName() + "." + name;
  }

  /// Whether a definition of the old version is one of the new, if perhaps changed.
  boolean areOne(Symbol before, Symbol after) {
    return of(before).equals(after.fullName());
  }
}
