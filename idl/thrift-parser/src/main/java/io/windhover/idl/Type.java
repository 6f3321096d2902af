package io.windhover.idl;

/// A type as declared: a [TrueType], or a [Typedef] for one.
///
/// `toString()` is the IDL spelling.
public sealed interface Type permits TrueType, Typedef {

  /// This type with its typedefs replaced at every depth. Two declared types mean the same if these
  /// are equal.
  TrueType trueType();
}
