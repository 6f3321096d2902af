package io.windhover.rpc.connection;

/// A connection that carries many calls or many streams at a time, as its [SharedPool] sees it. For
/// any thread.
interface SharedConnection extends DialledConnection {

  /// Returns how many are under way.
  int load();

  /// Takes no more, and closes once the last has ended.
  void leave();
}
