package io.windhover.netpoll;

/// Life of a connection: the one place that says what may follow what.
///
/// ```
///            INPUT_ENDED event                       reads   writes
///   OPEN ----------------------> HALF_CLOSED   OPEN          yes     yes
///    |                               |         HALF_CLOSED   no      yes
///    +---- CLOSE ---> DRAINING <-----+ CLOSE   DRAINING      no      what is queued
///                        |                     CLOSED        no      no
///                        | LOST or FLUSHED
///                        v
///   any ------ LOST --> CLOSED
/// ```
///
/// FLUSHED closes only a DRAINING connection; everywhere else it says nothing new.
enum ConnectionState {
  OPEN,
  HALF_CLOSED,
  DRAINING,
  CLOSED;

  enum Event {
    /// The peer shut down its side, or sent what can be no frame.
    INPUT_ENDED,
    /// This side wants to close once everything is sent.
    CLOSE,
    /// Nothing is left to send.
    FLUSHED,
    /// The socket failed, a timeout fired, or this side aborts.
    LOST
  }

  ConnectionState on(Event event) {
    return switch (event) {
      case INPUT_ENDED -> this == OPEN ? HALF_CLOSED : this;
      case CLOSE -> this == CLOSED ? CLOSED : DRAINING;
      case FLUSHED -> this == DRAINING ? CLOSED : this;
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
