package io.windhover.rpc.wire;

import org.jspecify.annotations.Nullable;

/// What a frame of a stream is: the value of its int key [HeaderKey#FRAME_TYPE]. Source:
/// cloudwego/gopkg, `protocol/ttheader`; `docs/wire/ttheader-streaming.md`.
public enum FrameType {
  /// Anything beside the stream itself. To Kitex clients only; Kitex servers ignore it.
  META("1"),
  /// From a client it opens the stream; from a server it comes before all else, once.
  HEADER("2"),
  /// One message.
  DATA("3"),
  /// From a client: it has no more messages. From a server: the stream has ended, and how.
  TRAILER("4"),
  /// Either side has given the stream up.
  RST("5");

  private final String number;

  FrameType(String number) {
    this.number = number;
  }

  /// Returns how this stands on the wire.
  String number() {
    return number;
  }

  /// @param number null if the frame has none
  /// @throws WireException if there is no such type
  static FrameType of(@Nullable String number) {
    return switch (number) {
      case "1" -> META;
      case "2" -> HEADER;
      case "3" -> DATA;
      case "4" -> TRAILER;
      case "5" -> RST;
      case null -> throw WireException.protocolError("TTHeader: a frame of a stream has no type");
      default ->
          throw WireException.protocolError(
              "TTHeader frame type: %s (expected: 1..5)".formatted(PeerText.shortened(number)));
    };
  }
}
