package io.windhover.netpoll;

import io.windhover.netpoll.tls.TlsOptions;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// Bounds on what a connection may wait for and hold.
///
/// @param firstByteTimeout for the peer to send anything after it was accepted; not for dialled
///   connections
/// @param frameTimeout without a byte in the middle of a frame
/// @param minFrameBytesPerSecond that a frame must have come at, on the whole, for the time beyond
///   its first `frameTimeout`: so a peer that drips it keeps its bytes here for no longer; 0 for
///   any
/// @param idleTimeout without a byte in either direction
/// @param keepAliveTimeout without a sign of life of the peer's system, over TCP; asked for after a
///   third of that. Whole seconds, 2 at least. The epoll back end gives up what was sent and is not
///   acknowledged as well, after this or `writeStallTimeout`, whichever is longer; on NIO that is
///   left to the system, which may take a quarter of an hour
/// @param writeStallTimeout without progress of what is unsent
/// @param writeHighWaterBytes unsent bytes beyond which writers wait, and an accepted connection is
///   not read from until half of them are left
/// @param maxUnsentBytes beyond which a connection is aborted to which a poller, which cannot wait,
///   goes on writing
/// @param tls how the connection is secured; null for a plain one
public record ConnectionOptions(
    Duration firstByteTimeout,
    Duration frameTimeout,
    int minFrameBytesPerSecond,
    Duration idleTimeout,
    Duration keepAliveTimeout,
    Duration writeStallTimeout,
    int writeHighWaterBytes,
    int maxUnsentBytes,
    @Nullable TlsOptions tls) {

  private static final Duration MIN_KEEP_ALIVE = Duration.ofSeconds(2);

  public static final ConnectionOptions DEFAULT = builder().build();

  public ConnectionOptions {
    requirePositive("firstByteTimeout", firstByteTimeout);
    requirePositive("frameTimeout", frameTimeout);
    requirePositive("idleTimeout", idleTimeout);
    if (minFrameBytesPerSecond < 0) {
      throw new IllegalArgumentException(
          "minFrameBytesPerSecond: " + minFrameBytesPerSecond + " (expected: >= 0)");
    }
    requirePositive("writeStallTimeout", writeStallTimeout);
    if (keepAliveTimeout.compareTo(MIN_KEEP_ALIVE) < 0) {
      throw new IllegalArgumentException(
          "keepAliveTimeout: %s (expected: >= %s)".formatted(keepAliveTimeout, MIN_KEEP_ALIVE));
    }
    if (writeHighWaterBytes < 0) {
      throw new IllegalArgumentException(
          "writeHighWaterBytes: " + writeHighWaterBytes + " (expected: >= 0)");
    }
    if (maxUnsentBytes < writeHighWaterBytes) {
      throw new IllegalArgumentException(
          "maxUnsentBytes: %d (expected: at least writeHighWaterBytes, %d)"
              .formatted(maxUnsentBytes, writeHighWaterBytes));
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

  /// Collects options; each has a default.
  public static final class Builder {
    private Duration firstByteTimeout = Duration.ofSeconds(10);
    private Duration frameTimeout = Duration.ofSeconds(30);
    private int minFrameBytesPerSecond = 1024;
    private Duration idleTimeout = Duration.ofMinutes(10);
    private Duration keepAliveTimeout = Duration.ofSeconds(30);
    private Duration writeStallTimeout = Duration.ofSeconds(30);
    private int writeHighWaterBytes = 64 << 10;
    private int maxUnsentBytes = 16 << 20;
    private @Nullable TlsOptions tls;

    private Builder() {}

    public Builder firstByteTimeout(Duration firstByteTimeout) {
      this.firstByteTimeout = firstByteTimeout;
      return this;
    }

    public Builder frameTimeout(Duration frameTimeout) {
      this.frameTimeout = frameTimeout;
      return this;
    }

    public Builder minFrameBytesPerSecond(int minFrameBytesPerSecond) {
      this.minFrameBytesPerSecond = minFrameBytesPerSecond;
      return this;
    }

    public Builder idleTimeout(Duration idleTimeout) {
      this.idleTimeout = idleTimeout;
      return this;
    }

    public Builder keepAliveTimeout(Duration keepAliveTimeout) {
      this.keepAliveTimeout = keepAliveTimeout;
      return this;
    }

    public Builder writeStallTimeout(Duration writeStallTimeout) {
      this.writeStallTimeout = writeStallTimeout;
      return this;
    }

    public Builder writeHighWaterBytes(int writeHighWaterBytes) {
      this.writeHighWaterBytes = writeHighWaterBytes;
      return this;
    }

    public Builder maxUnsentBytes(int maxUnsentBytes) {
      this.maxUnsentBytes = maxUnsentBytes;
      return this;
    }

    public Builder tls(TlsOptions tls) {
      this.tls = tls;
      return this;
    }

    public ConnectionOptions build() {
      return new ConnectionOptions(
          firstByteTimeout,
          frameTimeout,
          minFrameBytesPerSecond,
          idleTimeout,
          keepAliveTimeout,
          writeStallTimeout,
          writeHighWaterBytes,
          maxUnsentBytes,
          tls);
    }
  }
}
