package io.windhover.rpc.pool;

import io.windhover.netpoll.PollerOptions;
import java.time.Duration;

/// How many connections a client keeps, and for how long.
///
/// Connections are kept for the calls to come. With [#SHORT] each carries one call and is closed:
/// for servers, or balancers in front of them, that want it so.
///
/// ```java
/// Client.builder("127.0.0.1:8888")
///     .pool(PoolOptions.builder().maxConnections(64).minIdle(4).build())
/// ```
///
/// @param maxConnections to one address, open at once; each carries one call at a time, and calls
///   beyond wait for one in the order in which they came, within their timeouts
/// @param minIdle to one address, kept ready in the background from the first call on
/// @param maxIdle to one address, unused; of more, the one that was unused for longest is closed. 0
///   for connections that carry one call each
/// @param maxIdleOverall to all addresses of the client, unused; one that would be more is closed
///   when its call ends
/// @param idleTimeout for which an unused connection is kept, at least 2 s; looked at once a second
/// @param maxAge of a connection, drawn for each between four fifths of this and this, so that not
///   all end together; it is closed when its call ends. So the load of a host name spreads over its
///   new addresses in time
/// @param maxDials of one address, under way at once
/// @param maxBackoff the longest pause between dials of an address that cannot be reached. The
///   first is 50 ms, each next one 1.6 times as long, give or take a fifth; calls meanwhile fail at
///   once
public record PoolOptions(
    int maxConnections,
    int minIdle,
    int maxIdle,
    int maxIdleOverall,
    Duration idleTimeout,
    Duration maxAge,
    int maxDials,
    Duration maxBackoff) {

  /// The most connections that the pollers of a client hold.
  private static final int MOST = PollerOptions.DEFAULT.maxConnections();

  private static final Duration MIN_IDLE_TIMEOUT = Duration.ofSeconds(2);

  public static final PoolOptions DEFAULT = builder().build();

  /// A connection for each call.
  public static final PoolOptions SHORT = builder().maxIdle(0).build();

  public PoolOptions {
    requireWithin("maxConnections", maxConnections, 1, MOST);
    requireWithin("maxIdle", maxIdle, 0, MOST);
    requireWithin("maxIdleOverall", maxIdleOverall, 0, MOST);
    requireWithin(
        "minIdle", minIdle, 0, Math.min(maxConnections, Math.min(maxIdle, maxIdleOverall)));
    requireWithin("maxDials", maxDials, 1, MOST);
    if (idleTimeout.compareTo(MIN_IDLE_TIMEOUT) < 0) {
      throw new IllegalArgumentException("idleTimeout: " + idleTimeout + " (expected: >= 2 s)");
    }
    requirePositive("maxAge", maxAge);
    requirePositive("maxBackoff", maxBackoff);
  }

  private static void requireWithin(String name, int value, int least, int most) {
    if (value < least || value > most) {
      throw new IllegalArgumentException(
          "%s: %d (expected: %d..%d)".formatted(name, value, least, most));
    }
  }

  private static void requirePositive(String name, Duration value) {
    if (!value.isPositive()) {
      throw new IllegalArgumentException(name + ": " + value + " (expected: > 0)");
    }
  }

  public static Builder builder() {
    return new Builder();
  }

  /// Returns a builder that begins with these options.
  public Builder toBuilder() {
    return new Builder()
        .maxConnections(maxConnections)
        .minIdle(minIdle)
        .maxIdle(maxIdle)
        .maxIdleOverall(maxIdleOverall)
        .idleTimeout(idleTimeout)
        .maxAge(maxAge)
        .maxDials(maxDials)
        .maxBackoff(maxBackoff);
  }

  /// Collects options; each has a default.
  public static final class Builder {
    private int maxConnections = 1024;
    private int minIdle;
    private int maxIdle = 1024;
    private int maxIdleOverall = 1024;
    private Duration idleTimeout = Duration.ofSeconds(30);
    private Duration maxAge = Duration.ofMinutes(30);
    private int maxDials = 32;
    private Duration maxBackoff = Duration.ofSeconds(10);

    private Builder() {}

    public Builder maxConnections(int maxConnections) {
      this.maxConnections = maxConnections;
      return this;
    }

    public Builder minIdle(int minIdle) {
      this.minIdle = minIdle;
      return this;
    }

    public Builder maxIdle(int maxIdle) {
      this.maxIdle = maxIdle;
      return this;
    }

    public Builder maxIdleOverall(int maxIdleOverall) {
      this.maxIdleOverall = maxIdleOverall;
      return this;
    }

    public Builder idleTimeout(Duration idleTimeout) {
      this.idleTimeout = idleTimeout;
      return this;
    }

    public Builder maxAge(Duration maxAge) {
      this.maxAge = maxAge;
      return this;
    }

    public Builder maxDials(int maxDials) {
      this.maxDials = maxDials;
      return this;
    }

    public Builder maxBackoff(Duration maxBackoff) {
      this.maxBackoff = maxBackoff;
      return this;
    }

    public PoolOptions build() {
      return new PoolOptions(
          maxConnections,
          minIdle,
          maxIdle,
          maxIdleOverall,
          idleTimeout,
          maxAge,
          maxDials,
          maxBackoff);
    }
  }
}
