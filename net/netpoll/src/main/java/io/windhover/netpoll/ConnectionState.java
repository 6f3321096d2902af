package io.windhover.netpoll;

/// Life of a connection: the one place that says what may follow what.
///
/// ```
///                  INPUT_ENDED                       reads       writes
///        OPEN ------------------> WRITE_ONLY         OPEN          frames      yes
///         |  \                        |             WRITE_ONLY    no          yes
///         |   \ CLOSE                 | CLOSE,      READ_ONLY     frames      what is queued
///         |    \                      | OUTPUT_     DRAINING      no          what is queued
///         |     \                     | ENDED       LINGERING     and drops   no
///         |      v                    v             CLOSED        no          no
///         |      DRAINING <------------
///         |      ^     |
///  OUTPUT_|      |     | FLUSHED
///  ENDED  v      |     v
///   READ_ONLY ---+    LINGERING
///      CLOSE, INPUT_ENDED
///
///   any ------ LOST --> CLOSED
/// ```
///
/// FLUSHED moves only a DRAINING connection; everywhere else it says nothing new.
enum ConnectionState {
  OPEN,
  WRITE_ONLY,
  READ_ONLY,
  DRAINING,
  LINGERING,
  CLOSED;

  enum Event {
    /// The peer shut down its side, or sent what can be no frame.
    INPUT_ENDED,
    /// This side has written all it wants to write.
    OUTPUT_ENDED,
    /// This side wants to close once everything is sent.
    CLOSE,
    /// Nothing is left to send, but the peer may still be sending.
    FLUSHED,
    /// The socket failed, a timeout fired, this side aborts, or all is said.
    LOST
  }

  ConnectionState on(Event event) {
    return switch (event) {
      case INPUT_ENDED -> this == OPEN ? WRITE_ONLY : this == READ_ONLY ? DRAINING : this;
      case OUTPUT_ENDED -> this == OPEN ? READ_ONLY : this == WRITE_ONLY ? DRAINING : this;
      case CLOSE -> this == CLOSED || this == LINGERING ? this : DRAINING;
      case FLUSHED -> this == DRAINING ? LINGERING : this;
      case LOST -> CLOSED;
    };
  }

  boolean reads() {
    return this == OPEN || this == READ_ONLY;
  }

  boolean takesWrites() {
    return this == OPEN || this == WRITE_ONLY;
  }
}
