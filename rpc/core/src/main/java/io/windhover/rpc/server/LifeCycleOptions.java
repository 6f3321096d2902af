package io.windhover.rpc.server;

import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

/// What happens when a server starts and stops.
///
/// @param onStart run one after the other once it listens
/// @param onStop run one after the other before it stops to listen
/// @param readiness told of each change
/// @param stopDelay between the hooks and the end of listening
/// @param stopTimeout how long calls under way may take then
/// @param stopOnShutdown whether it stops when its process is told to end
record LifeCycleOptions(
    List<Consumer<Server>> onStart,
    List<Consumer<Server>> onStop,
    List<Consumer<Boolean>> readiness,
    Duration stopDelay,
    Duration stopTimeout,
    boolean stopOnShutdown) {

  /// How long calls may keep a multiplexed peer from being told to go elsewhere, and then how long
  /// it may take until its connection ends. Kitex gives its own a second, too.
  private static final Duration LEAVE_TIMEOUT = Duration.ofSeconds(1);

  LifeCycleOptions {
    onStart = List.copyOf(onStart);
    onStop = List.copyOf(onStop);
    readiness = List.copyOf(readiness);
    check("stopDelay", stopDelay);
    check("stopTimeout", stopTimeout);
  }

  private static void check(String name, Duration value) {
    if (value.isNegative()) {
      throw new IllegalArgumentException(name + ": " + value + " (expected: >= 0)");
    }
  }

  Duration leaveTimeout() {
    var quarter = stopTimeout.dividedBy(4); // twice; the rest is for the calls that are left
    return quarter.compareTo(LEAVE_TIMEOUT) < 0 ? quarter : LEAVE_TIMEOUT;
  }
}
