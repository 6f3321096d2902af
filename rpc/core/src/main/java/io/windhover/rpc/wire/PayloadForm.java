package io.windhover.rpc.wire;

/// What is done to a payload before it leaves in a TTHeader frame; the other protocols have no room
/// to tell of it.
///
/// @param checksummed whether the header has the payload's checksum
public record PayloadForm(boolean checksummed) {

  /// As it is.
  public static final PayloadForm PLAIN = new PayloadForm(false);
}
