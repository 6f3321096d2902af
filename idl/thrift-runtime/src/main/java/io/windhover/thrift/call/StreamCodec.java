package io.windhover.thrift.call;

import io.windhover.thrift.StructCodec;

/// How the messages of a method of streams are read and written: each is a struct by itself, with
/// none around it for arguments or results.
///
/// @param request of the messages from the client
/// @param response of the messages from the server
public record StreamCodec(StructCodec<Object> request, StructCodec<Object> response)
    implements CallCodec {

  /// Returns the codec of a method whose messages are of these types.
  @SuppressWarnings("unchecked") // generated stubs and skeletons pass nothing else
  public static StreamCodec of(StructCodec<?> request, StructCodec<?> response) {
    return new StreamCodec((StructCodec<Object>) request, (StructCodec<Object>) response);
  }
}
