package io.windhover.netpoll;

import java.time.Duration;

/// How the threads of a [PollerGroup] wait. The defaults are what was fastest when measured
/// (`docs/decisions/0003-threads.md`).
///
/// @param backend what they wait with
/// @param pollers how many of them there are
/// @param spin how long each looks for more before it sleeps; a sleeping thread takes some
///   microseconds to wake, a spinning one takes a whole core
/// @param maxConnections open at once in the group; further ones are accepted and closed
public record PollerOptions(Backend backend, int pollers, Duration spin, int maxConnections) {

  private static final int MAX_POLLERS = 256;
  private static final Duration MAX_SPIN = Duration.ofMillis(1);

  /// On [Backend#best], a poller for every four cores, no spinning, 10,000 connections.
  public static final PollerOptions DEFAULT = builder().build();

  public PollerOptions {
    if (pollers < 1 || pollers > MAX_POLLERS) {
      throw new IllegalArgumentException(
          "pollers: %d (expected: 1..%d)".formatted(pollers, MAX_POLLERS));
    }
    if (spin.isNegative() || spin.compareTo(MAX_SPIN) > 0) {
      throw new IllegalArgumentException("spin: %s (expected: 0..%s)".formatted(spin, MAX_SPIN));
    }
    if (maxConnections < 1) {
      throw new IllegalArgumentException(
          "maxConnections: " + maxConnections + " (expected: at least 1)");
    }
  }

  public static Builder builder() {
    return new Builder();
  }

  /// Collects options; each has a default.
  public static final class Builder {

    /// On few cores a second poller costs more in wake-ups than it brings.
    private static final int CORES_PER_POLLER = 4;

    private Backend backend = Backend.best();
    private int pollers =
        Math.clamp(Runtime.getRuntime().availableProcessors() / CORES_PER_POLLER, 1, MAX_POLLERS);
    private Duration spin = Duration.ZERO;
    private int maxConnections = 10_000;

    private Builder() {}

    public Builder backend(Backend backend) {
      this.backend = backend;
      return this;
    }

    public Builder pollers(int pollers) {
      this.pollers = pollers;
      return this;
    }

    public Builder spin(Duration spin) {
      this.spin = spin;
      return this;
    }

    public Builder maxConnections(int maxConnections) {
      this.maxConnections = maxConnections;
      return this;
    }

    public PollerOptions build() {
      return new PollerOptions(backend, pollers, spin, maxConnections);
    }
  }
}
