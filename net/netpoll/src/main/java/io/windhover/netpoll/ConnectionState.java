package io.windhover.netpoll;

/// Life of a connection: the one place that says what may follow what.
///
/// ```
///            INPUT_ENDED event                       reads       writes
///   OPEN ----------------------> HALF_CLOSED   OPEN          frames      yes
///    |                               |         HALF_CLOSED   no          yes
///    +---- CLOSE ---> DRAINING <-----+ CLOSE   DRAINING      no          what is queued
///                        |                     LINGERING     and drops   no
///                        | FLUSHED             CLOSED        no          no
///                        v
///                    LINGERING
///
///   any ------ LOST --> CLOSED
/// ```
///
/// FLUSHED moves only a DRAINING connection; everywhere else it says nothing new.
enum ConnectionState {
  OPEN,
  HALF_CLOSED,
  DRAINING,
  LINGERING,
  CLOSED;

  enum Event {
    /// The peer shut down its side, or sent what can be no frame.
    INPUT_ENDED,
    /// This side wants to close once everything is sent.
    CLOSE,
    /// Nothing is left to send, but the peer may still be sending.
    FLUSHED,
    /// The socket failed, a timeout fired, this side aborts, or all is said.
    LOST
  }

  ConnectionState on(Event event) {
    return switch (event) {
      case INPUT_ENDED -> this == OPEN ? HALF_CLOSED : this;
      case CLOSE -> this == CLOSED || this == LINGERING ? this : DRAINING;
      case FLUSHED -> this == DRAINING ? LINGERING : this;
      case LOST -> CLOSED;
    };
  }

  boolean reads() {
    return this == OPEN;
  }

  boolean takesWrites() {
    return this == OPEN || this == HALF_CLOSED;
  }
}
