package io.windhover.netpoll;

import java.time.Duration;
import java.util.Objects;
import java.util.function.LongSupplier;

/// How the threads of a [PollerGroup] wait. The defaults are what was fastest when measured
/// (`docs/decisions/0003-threads.md`).
///
/// @param backend what they wait with
/// @param pollers how many of them there are
/// @param spin how long each looks for more before it sleeps, while one connection has it for
///   itself and waits are as short as that; saves the wake-up, which takes longer than a small
///   message
/// @param maxConnections open at once in the group; further ones are accepted and closed
/// @param sweepInterval how often timeouts are looked at, and so how late they may be
/// @param nanoClock what timeouts of connections are measured with, in nanoseconds; a test may pass
///   one that it moves itself. How long a dial may take is real time
public record PollerOptions(
    Backend backend,
    int pollers,
    Duration spin,
    int maxConnections,
    Duration sweepInterval,
    LongSupplier nanoClock) {

  private static final int MAX_POLLERS = 256;
  private static final Duration MAX_SPIN = Duration.ofMillis(1);
  private static final Duration MIN_SWEEP_INTERVAL = Duration.ofMillis(1);
  private static final Duration MAX_SWEEP_INTERVAL = Duration.ofMinutes(1);

  /// On [Backend#best], a poller for every four cores, a spin of 50 us, 10,000 connections.
  public static final PollerOptions DEFAULT = builder().build();

  public PollerOptions {
    Objects.requireNonNull(backend, "backend");
    Objects.requireNonNull(nanoClock, "nanoClock");
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
    if (sweepInterval.compareTo(MIN_SWEEP_INTERVAL) < 0
        || sweepInterval.compareTo(MAX_SWEEP_INTERVAL) > 0) {
      throw new IllegalArgumentException(
          "sweepInterval: %s (expected: %s..%s)"
              .formatted(sweepInterval, MIN_SWEEP_INTERVAL, MAX_SWEEP_INTERVAL));
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
    private Duration spin = Duration.ofNanos(50_000);
    private int maxConnections = 10_000;
    private Duration sweepInterval = Duration.ofSeconds(1);
    private LongSupplier nanoClock = System::nanoTime;

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

    public Builder sweepInterval(Duration sweepInterval) {
      this.sweepInterval = sweepInterval;
      return this;
    }

    public Builder nanoClock(LongSupplier nanoClock) {
      this.nanoClock = nanoClock;
      return this;
    }

    public PollerOptions build() {
      return new PollerOptions(backend, pollers, spin, maxConnections, sweepInterval, nanoClock);
    }
  }
}
