package io.windhover.rpc.connection;

/// A connection that carries many calls or many streams at a time, as its [SharedPool] sees it. For
/// any thread.
interface SharedConnection extends DialledConnection {

  /// Returns how many are under way, or wait for their turn here.
  int load();

  /// Returns the load from which on others have to wait for their turn, as far as is known.
  default int room() {
    return Integer.MAX_VALUE;
  }

  /// Takes no more, and closes once the last has ended.
  void leave();
}
