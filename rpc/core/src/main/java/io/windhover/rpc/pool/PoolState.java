package io.windhover.rpc.pool;

import io.windhover.rpc.log.AddressText;
import java.net.SocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/// The pool of one address, as it is at a moment.
///
/// @param address where its connections lead
/// @param use what they carry
/// @param open connections, in use or idle
/// @param idle those of them that carry nothing
/// @param dialling connections that are being made
/// @param waiting calls, or openings of streams, that wait for a connection
/// @param ages of the open connections, the oldest first
/// @param counters what has happened since the pool was made
public record PoolState(
    SocketAddress address,
    Use use,
    int open,
    int idle,
    int dialling,
    int waiting,
    List<Duration> ages,
    Counters counters) {

  public PoolState {
    ages = List.copyOf(ages);
  }

  /// For logs: all but the counters, and of the ages the highest.
  @Override
  public String toString() {
    return "%s to %s: %d open, %d idle, %d dialling, %d waiting%s"
        .formatted(
            use.name().toLowerCase(Locale.ROOT),
            AddressText.of(address),
            open,
            idle,
            dialling,
            waiting,
            ages.isEmpty() ? "" : ", the oldest " + ages.getFirst().toSeconds() + " s old");
  }

  /// What connections carry.
  public enum Use {
    CALLS,
    STREAMS
  }

  /// Sums that only grow. Of a pool for streams they count openings in the place of calls.
  ///
  /// @param borrowed calls that were given a connection that was there
  /// @param waited calls that had to wait for their turn, whether or not they got one
  /// @param dialled connections made
  /// @param dialsFailed dials that failed
  /// @param refused calls that failed at once, since the address could not be reached just before
  /// @param closedOld connections closed for their age
  /// @param closedSurplus connections closed because enough others were idle
  public record Counters(
      long borrowed,
      long waited,
      long dialled,
      long dialsFailed,
      long refused,
      long closedOld,
      long closedSurplus) {}
}
