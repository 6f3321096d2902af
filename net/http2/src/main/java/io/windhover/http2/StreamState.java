package io.windhover.http2;

import io.windhover.http2.frame.FrameType;

/// Life of one HTTP/2 stream as this side sees it (RFC 9113, section 5.1), push left out; and what
/// to do with a frame that arrives in each state.
///
/// ```
///   IDLE --OPEN--> OPEN --SEND_END--> HALF_CLOSED_LOCAL  --RECV_END--> CLOSED
///                  OPEN --RECV_END--> HALF_CLOSED_REMOTE --SEND_END--> CLOSED
///   OPEN, HALF_CLOSED_* --SEND_RESET--> RESET_HERE
///   OPEN, HALF_CLOSED_* --RECV_RESET--> RESET_THERE
/// ```
///
/// The last three states are RFC 9113's one state "closed", told apart by what the peer can know:
/// it may go on sending until it hears of a reset, but not after it has ended the stream itself.
///
/// No I/O and no locks. What comes twice, or too late, changes nothing.
enum StreamState {
  IDLE,
  OPEN,
  HALF_CLOSED_LOCAL,
  HALF_CLOSED_REMOTE,
  CLOSED,
  RESET_HERE,
  RESET_THERE;

  enum Event {
    OPEN,
    /// This side has sent END_STREAM.
    SEND_END,
    /// The peer has.
    RECV_END,
    /// This side gives up, or the connection is gone.
    SEND_RESET,
    RECV_RESET
  }

  /// What to do with a frame of the peer.
  enum Verdict {
    TAKE,
    /// Its effects on the connection, on header compression and flow control, stay.
    IGNORE,
    /// An error STREAM_CLOSED, of the stream.
    STREAM_CLOSED,
    /// The same of the connection.
    CONNECTION_CLOSED,
    /// An error PROTOCOL_ERROR of the connection.
    PROTOCOL_ERROR
  }

  StreamState on(Event event) {
    return switch (event) {
      case OPEN -> this == IDLE ? OPEN : this;
      case SEND_END ->
          this == OPEN ? HALF_CLOSED_LOCAL : this == HALF_CLOSED_REMOTE ? CLOSED : this;
      case RECV_END ->
          this == OPEN ? HALF_CLOSED_REMOTE : this == HALF_CLOSED_LOCAL ? CLOSED : this;
      case SEND_RESET -> isActive() ? RESET_HERE : this;
      case RECV_RESET -> isActive() ? RESET_THERE : this;
    };
  }

  private boolean isActive() {
    return this == OPEN || this == HALF_CLOSED_LOCAL || this == HALF_CLOSED_REMOTE;
  }

  /// Whether this side may send headers and data.
  boolean sends() {
    return this == OPEN || this == HALF_CLOSED_REMOTE;
  }

  /// Whether the peer may send headers and data.
  boolean receives() {
    return this == OPEN || this == HALF_CLOSED_LOCAL;
  }

  /// Whether nothing happens any more.
  boolean isClosed() {
    return this == CLOSED || this == RESET_HERE || this == RESET_THERE;
  }

  /// @param type of a frame that belongs to a stream
  Verdict verdict(FrameType type) {
    return switch (type) {
      case PRIORITY -> Verdict.IGNORE;
      case DATA -> verdictOnContent(Verdict.PROTOCOL_ERROR);
      case HEADERS, CONTINUATION -> verdictOnContent(Verdict.TAKE);
      case RST_STREAM, WINDOW_UPDATE ->
          this == IDLE ? Verdict.PROTOCOL_ERROR : isClosed() ? Verdict.IGNORE : Verdict.TAKE;
      case SETTINGS, PUSH_PROMISE, PING, GOAWAY -> throw new IllegalArgumentException("" + type);
    };
  }

  private Verdict verdictOnContent(Verdict ifIdle) {
    return switch (this) {
      case IDLE -> ifIdle;
      case OPEN, HALF_CLOSED_LOCAL -> Verdict.TAKE;
      case HALF_CLOSED_REMOTE, RESET_THERE -> Verdict.STREAM_CLOSED;
      case CLOSED -> Verdict.CONNECTION_CLOSED;
      case RESET_HERE -> Verdict.IGNORE;
    };
  }
}
