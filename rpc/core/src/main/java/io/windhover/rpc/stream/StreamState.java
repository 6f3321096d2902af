package io.windhover.rpc.stream;

/// The life of one stream, as one of its two sides sees it.
///
/// ```
///   OPEN --END_SENT--> ENDED_HERE             a client has no more messages
///   OPEN --END_RECEIVED--> ENDED_THERE        the same, as its server sees it
///   OPEN, ENDED_HERE, ENDED_THERE --FINISHED--> CLOSED    the server's trailer
///   OPEN, ENDED_HERE, ENDED_THERE --RESET--> CLOSED       either side gave up, or the connection
///                                                         is gone
/// ```
///
/// Only a client ends its half alone: a server's half ends with the stream.
enum StreamState {
  OPEN(true, true),
  ENDED_HERE(false, true),
  ENDED_THERE(true, false),
  CLOSED(false, false);

  enum Event {
    END_SENT,
    END_RECEIVED,
    FINISHED,
    RESET
  }

  private final boolean sends;
  private final boolean receives;

  StreamState(boolean sends, boolean receives) {
    this.sends = sends;
    this.receives = receives;
  }

  /// Whether messages may leave.
  boolean sends() {
    return sends;
  }

  /// Whether messages may arrive.
  boolean receives() {
    return receives;
  }

  /// Returns the state after `event`; what comes twice, or too late, changes nothing.
  StreamState on(Event event) {
    return switch (event) {
      case END_SENT -> this == OPEN ? ENDED_HERE : this;
      case END_RECEIVED -> this == OPEN ? ENDED_THERE : this;
      case FINISHED, RESET -> CLOSED;
    };
  }
}
