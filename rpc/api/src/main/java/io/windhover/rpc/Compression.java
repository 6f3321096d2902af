package io.windhover.rpc;

/// How payloads are made smaller on the wire, between peers that have both agreed to it.
public enum Compression {
  /// The gzip format (RFC 1952).
  GZIP,
  /// The zlib format (RFC 1950), which HTTP calls deflate; a few bytes less.
  DEFLATE
}
