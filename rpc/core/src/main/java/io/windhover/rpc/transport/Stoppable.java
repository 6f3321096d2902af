package io.windhover.rpc.transport;

/// What is to end when its server stops. All methods may be called from any thread and must not
/// block, and a second time changes nothing.
public interface Stoppable {

  /// Makes what the peer sends next its last, and closes after that.
  ///
  /// A peer that sends at this moment cannot know yet: it is answered all the same.
  void finish();

  /// Serves what has arrived, tells the peer to go elsewhere if the protocol can, and closes.
  void drain();

  /// Interrupts the calls that run; those that say so at once may still tell their callers. The
  /// connection closes soon after, in any case.
  void cancel();
}
