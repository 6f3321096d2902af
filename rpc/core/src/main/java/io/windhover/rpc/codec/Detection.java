package io.windhover.rpc.codec;

/// What the first bytes of a connection tell of its protocol.
public enum Detection {
  /// It is the protocol that was looked for.
  OURS,
  /// It is another one.
  OTHER,
  /// What has arrived may begin it: more bytes will tell. So only while all of them fit, since all
  /// other protocols wait meanwhile; 64 bytes that tell nothing count as [#OTHER].
  UNDECIDED
}
