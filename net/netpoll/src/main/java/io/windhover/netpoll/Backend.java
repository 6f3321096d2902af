package io.windhover.netpoll;

/// How pollers wait for sockets.
public enum Backend {
  /// The JDK's selectors: on every system.
  NIO,

  /// Linux' epoll, called without the JDK's sockets between. Needs x86_64 or aarch64, and the JVM's
  /// flag `--enable-native-access=io.windhover.netpoll` (`ALL-UNNAMED` on the class path).
  EPOLL;

  /// Returns the fastest that is available: [#EPOLL], or else [#NIO].
  public static Backend best() {
    return EPOLL.isAvailable() ? EPOLL : NIO;
  }

  /// Whether this system has it, and the JVM was given the flag that it needs.
  public boolean isAvailable() {
    return this == NIO || EpollPoller.isAvailable();
  }

  /// Returns the words for it in a log, with the flag that would give [#EPOLL] if that is all that
  /// is missing.
  public String description() {
    return switch (this) {
      case EPOLL -> "epoll";
      case NIO ->
          EpollPoller.lacksFlagOnly()
              ? "the JDK's selectors (%s would give epoll)".formatted(EpollPoller.flag())
              : "the JDK's selectors";
    };
  }

  /// @param spinNanos how long a poller looks for more before it sleeps
  /// @throws UnsupportedOperationException if it is not available
  Poller.Starter starter(long spinNanos) {
    if (!isAvailable()) {
      throw new UnsupportedOperationException(
          "no %s here: it needs Linux on x86_64 or aarch64, and the flag ".formatted(this)
              + "--enable-native-access=io.windhover.netpoll (ALL-UNNAMED on the class path)");
    }
    return switch (this) {
      case NIO -> (name, clock, sweepNanos) -> NioPoller.start(name, clock, sweepNanos, spinNanos);
      case EPOLL ->
          (name, clock, sweepNanos) -> EpollPoller.start(name, clock, sweepNanos, spinNanos);
    };
  }
}
