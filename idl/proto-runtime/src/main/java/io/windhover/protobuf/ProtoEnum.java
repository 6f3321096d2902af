package io.windhover.protobuf;

/// A value of an enum.
public interface ProtoEnum {

  /// Returns the number that stands for this on the wire.
  int value();
}
