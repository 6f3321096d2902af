package io.windhover.rpc.stream;

/// Why a stream was reset: the type of the error in the frame that does. The numbers are Kitex'.
enum StreamCode {
  UNEXPECTED_HEADER(12002, "a second header frame"),
  ILLEGAL_FRAME(12004, "a frame that must not come here"),
  CANCELLED(12007, "cancelled by the caller"),
  RECEIVE_TIMEOUT(12014, "no message for too long"),
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

  /// Whether an error of this number says that time ran out.
  static boolean isTimeout(int number) {
    return number == RECEIVE_TIMEOUT.number || number == STREAM_TIMEOUT.number;
  }

  String text() {
    return text;
  }
}
