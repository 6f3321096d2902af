package io.windhover.http2;

/// How the streams that were closed last have ended, so that a frame that comes late can be told
/// from one that never should have come. Guarded by whoever owns it.
///
/// A stream's place follows from its id, and a later stream takes and keeps it: what is older than
/// some [#PLACES] streams may be forgotten. Two KiB, and those only once a stream has closed.
final class ClosedStreams {

  private static final int PLACES = 512;
  private static final int STATE_BITS = 2;
  private static final int STATE_MASK = (1 << STATE_BITS) - 1;
  private static final StreamState[] STATES = {
    StreamState.CLOSED, StreamState.RESET_HERE, StreamState.RESET_THERE
  };

  private int[] places = {};

  /// @param state one of those that are closed
  void add(int streamId, StreamState state) {
    if (places.length == 0) {
      places = new int[PLACES];
    }
    if (numberAt(streamId) <= numberOf(streamId)) { // or it has lasted long
      places[(streamId >>> 1) % PLACES] = numberOf(streamId) << STATE_BITS | bits(state);
    }
  }

  private static int bits(StreamState state) {
    return switch (state) {
      case CLOSED -> 0;
      case RESET_HERE -> 1;
      case RESET_THERE -> 2;
      case IDLE, OPEN, HALF_CLOSED_LOCAL, HALF_CLOSED_REMOTE ->
          throw new IllegalArgumentException("not closed: " + state);
    };
  }

  /// Returns how a stream has ended. One that is forgotten is taken for [StreamState#RESET_HERE],
  /// since its peer may have begun to send before it knew of the end; one that was passed over, for
  /// [StreamState#CLOSED].
  StreamState get(int streamId) {
    int number = numberAt(streamId);
    if (number == numberOf(streamId)) {
      return STATES[place(streamId) & STATE_MASK];
    }
    return number > numberOf(streamId) ? StreamState.RESET_HERE : StreamState.CLOSED;
  }

  /// Whether a stream was none here, though a later one was.
  boolean isPassedOver(int streamId) {
    return numberAt(streamId) < numberOf(streamId);
  }

  /// Returns the number of the stream that has the place of this one; 0 if none has.
  private int numberAt(int streamId) {
    return places.length == 0 ? 0 : place(streamId) >>> STATE_BITS;
  }

  private static int numberOf(int streamId) {
    return (streamId >>> 1) + 1; // of one side's streams
  }

  private int place(int streamId) {
    return places[(streamId >>> 1) % PLACES];
  }
}
