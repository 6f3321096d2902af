package io.windhover.rpc.grpc;

/// How many bytes a compressed message may become, within what any message may have.
@FunctionalInterface
interface ExpansionLimit {

  /// For a reply: it becomes as large as its caller has asked for.
  ExpansionLimit NONE = _ -> Long.MAX_VALUE;

  /// @param compressedBytes that it has
  long mostBytes(int compressedBytes);
}
