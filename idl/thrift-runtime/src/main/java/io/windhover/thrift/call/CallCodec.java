package io.windhover.thrift.call;

import io.windhover.thrift.StructCodec;

/// How the two messages of a method are read and written.
public interface CallCodec {

  /// Of the struct that holds the arguments.
  StructCodec<Object> request();

  /// Of the struct that holds the result; never used for a oneway method.
  StructCodec<Object> response();
}
