package io.windhover.rpc.stream;

/// Why a stream was reset: the type of the error in the frame that does. The numbers are Kitex'.
enum StreamCode {
  UNEXPECTED_HEADER(12002, "a second header frame"),
  ILLEGAL_FRAME(12004, "a frame that must not come here"),
  CANCELLED(12007, "cancelled by the caller"),
  STREAM_TIMEOUT(12015, "the deadline of the stream has passed");

  private final int number;
  private final String text;

  StreamCode(int number, String text) {
    this.number = number;
    this.text = text;
  }

  int number() {
    return number;
  }

  String text() {
    return text;
  }
}
