package io.windhover.rpc.codec;

import java.util.Map;

/// What a frame says besides its payload: the names, the deadline, metadata, a business status, in
/// the keys that TTHeader has for them (`docs/wire/ttheader.md`). A [FrameCodec] carries what it
/// has room for; it need not know what the keys mean.
///
/// @param sequenceId the same as in the payload
/// @param intKeys such as 12, the milliseconds that the caller waits
/// @param stringKeys such as `isn`, the service, by which a port with several of them chooses
public record FrameHeader(
    int sequenceId, Map<Integer, String> intKeys, Map<String, String> stringKeys) {

  /// Of a frame that says nothing.
  public static final FrameHeader NONE = new FrameHeader(0, Map.of(), Map.of());

  public FrameHeader {
    intKeys = Map.copyOf(intKeys);
    stringKeys = Map.copyOf(stringKeys);
  }
}
