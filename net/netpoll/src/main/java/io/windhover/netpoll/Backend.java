package io.windhover.netpoll;

/// How pollers wait for sockets.
public enum Backend {
  /// The JDK's selectors: on every system.
  NIO(NioPoller::start),

  /// Linux' epoll, called without the JDK's sockets between. Needs x86_64 or aarch64, and the JVM's
  /// flag `--enable-native-access=io.windhover.netpoll` (`ALL-UNNAMED` on the class path).
  EPOLL(EpollPoller::start);

  final Poller.Starter starter;

  Backend(Poller.Starter starter) {
    this.starter = starter;
  }

  /// Returns the fastest that is available: [#EPOLL], or else [#NIO].
  public static Backend best() {
    return EPOLL.isAvailable() ? EPOLL : NIO;
  }

  /// Whether this system has it, and the JVM was given the flag that it needs.
  public boolean isAvailable() {
    return this == NIO || EpollPoller.isAvailable();
  }
}
