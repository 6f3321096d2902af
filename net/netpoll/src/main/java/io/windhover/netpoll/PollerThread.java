package io.windhover.netpoll;

/// The thread of a poller of any back end: one that must never wait for anything but its sockets.
final class PollerThread extends Thread {

  PollerThread(String name, Runnable loop) {
    super(loop, name);
    setDaemon(true);
  }

  /// Whether the calling thread is a poller's, no matter which one's.
  static boolean isCurrent() {
    return currentThread() instanceof PollerThread;
  }
}
