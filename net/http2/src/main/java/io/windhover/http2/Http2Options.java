package io.windhover.http2;

import io.windhover.http2.frame.FramePrefix;
import io.windhover.http2.hpack.HeaderLimits;
import java.time.Duration;

/// Bounds on what one HTTP/2 connection, of a client or a server, may hold, wait for and put up
/// with.
///
/// @param headers of one header list
/// @param maxContinuations CONTINUATION frames of one header block
/// @param maxFrameBytes of a frame's payload that is accepted
/// @param maxStreams that the peer may have open at once; for a server
/// @param maxWaitingOpens threads that may wait until the peer allows another stream; for a client
/// @param streamWindowBytes that a peer may send on one stream before they are taken
/// @param connectionWindowBytes the same for all streams together; what waits on some streams does
///   not count until it is `maxHeldBytes`
/// @param maxWindowBytes up to which both grow with what the network carries
/// @param maxHeldBytes that may have arrived on all streams and not be used yet: then the peer is
///   not allowed more, and a server resets requests that are not whole and get more all the same,
///   unless somebody takes what comes and [counts][Http2Connection#held] what waits there. And as
///   much may wait to be sent on all streams of a server, which resets a stream that adds more. So
///   a connection of a server holds twice that at most, and a window besides. Unless it is set, 64
///   MiB, or an eighth of the largest heap of this JVM if that is less
/// @param maxPendingBytes of one stream that may wait for the peer to allow them; a writer waits
///   with more
/// @param streamStallTimeout without progress of what a stream has to send; then it is reset
/// @param receiveStallTimeout for a server: of a request that is not whole, without anything more
///   of it, or with less than a KiB for each second beyond; unless a thread works for it already,
///   or it is answered; then its stream is reset. For both sides: of a header list that is not
///   whole; then the connection ends
/// @param settingsTimeout for the peer's first settings, and for its word that it heeds ours
/// @param maxConnectionAge of a server's connection, up to a tenth more or less, so that those that
///   were made together do not end together; then it is [drained][Http2Server#drain], and its
///   client makes another one, perhaps to another server. Zero for any age
/// @param drainTimeout for the streams that are open when a connection is drained
/// @param keepAliveInterval without a frame, after which a PING asks for a sign of life; zero for
///   never. gRPC's servers allow one in 5 minutes, unless told otherwise; a [KeepAliveInterval]
///   grows if they end a connection for it
/// @param keepAliveTimeout for the answer
/// @param keepAliveWithoutStreams whether to ask while no stream is open
/// @param minPingInterval that a peer's PINGs must have; those that come sooner are strikes
/// @param maxPingStrikes before the connection ends
/// @param maxResets streams that the peer may reset, or make us reset, in `resetInterval`, beyond
///   as many as end well
/// @param resetInterval see `maxResets`
/// @param maxWaitingAnswers to PING, SETTINGS and streams in error, that the peer may leave unread
/// @param maxEmptyData DATA frames in a row without data
/// @param maxTinyData DATA frames of fewer than 5 bytes in a second, beyond as many as are answered
///   and as larger ones come
/// @param maxSettings parameters in one SETTINGS frame
public record Http2Options(
    HeaderLimits headers,
    int maxContinuations,
    int maxFrameBytes,
    int maxStreams,
    int maxWaitingOpens,
    int streamWindowBytes,
    int connectionWindowBytes,
    int maxWindowBytes,
    int maxHeldBytes,
    int maxPendingBytes,
    Duration streamStallTimeout,
    Duration receiveStallTimeout,
    Duration settingsTimeout,
    Duration maxConnectionAge,
    Duration drainTimeout,
    Duration keepAliveInterval,
    Duration keepAliveTimeout,
    boolean keepAliveWithoutStreams,
    Duration minPingInterval,
    int maxPingStrikes,
    int maxResets,
    Duration resetInterval,
    int maxWaitingAnswers,
    int maxEmptyData,
    int maxTinyData,
    int maxSettings) {

  private static final int MAX_FRAME_BYTES = 1 << 20;
  private static final int MAX_STREAMS = 8_192;
  private static final int MAX_WINDOW_BYTES = 1 << 30;
  private static final int MAX_HELD_BYTES = 64 << 20; // unless somebody asks for more
  private static final int SHARE_OF_HEAP = 8;

  public static final Http2Options DEFAULT = builder().build();

  public Http2Options {
    requireRange("maxContinuations", maxContinuations, 0, 1_024);
    requireRange("maxFrameBytes", maxFrameBytes, FramePrefix.DEFAULT_MAX_LENGTH, MAX_FRAME_BYTES);
    requireRange("maxStreams", maxStreams, 1, MAX_STREAMS);
    requireRange("maxWaitingOpens", maxWaitingOpens, 0, Integer.MAX_VALUE);
    requireRange("streamWindowBytes", streamWindowBytes, 1, MAX_WINDOW_BYTES);
    requireRange(
        "connectionWindowBytes", connectionWindowBytes, SendWindow.DEFAULT_BYTES, MAX_WINDOW_BYTES);
    requireRange("maxWindowBytes", maxWindowBytes, streamWindowBytes, MAX_WINDOW_BYTES);
    requireRange("maxHeldBytes", maxHeldBytes, 0, Integer.MAX_VALUE);
    requireRange("maxPendingBytes", maxPendingBytes, 0, Integer.MAX_VALUE);
    requirePositive("streamStallTimeout", streamStallTimeout);
    requirePositive("receiveStallTimeout", receiveStallTimeout);
    requirePositive("settingsTimeout", settingsTimeout);
    requireNotNegative("maxConnectionAge", maxConnectionAge);
    requirePositive("drainTimeout", drainTimeout);
    requireNotNegative("keepAliveInterval", keepAliveInterval);
    requirePositive("keepAliveTimeout", keepAliveTimeout);
    requireNotNegative("minPingInterval", minPingInterval);
    requireRange("maxPingStrikes", maxPingStrikes, 0, Integer.MAX_VALUE);
    requireRange("maxResets", maxResets, 1, Integer.MAX_VALUE);
    requirePositive("resetInterval", resetInterval);
    requireRange("maxWaitingAnswers", maxWaitingAnswers, 1, Integer.MAX_VALUE);
    requireRange("maxEmptyData", maxEmptyData, 0, Integer.MAX_VALUE);
    requireRange("maxTinyData", maxTinyData, 1, Integer.MAX_VALUE);
    requireRange("maxSettings", maxSettings, 6, 1_024);
  }

  /// Returns what a connection may hold, by the largest heap: as much as netpoll lets all have
  /// together that hold a lot.
  static int heldBytes(long heapBytes) {
    return (int) Math.min(MAX_HELD_BYTES, heapBytes / SHARE_OF_HEAP);
  }

  private static void requireRange(String name, int value, int min, int max) {
    if (value < min || value > max) {
      throw new IllegalArgumentException(
          "%s: %d (expected: %d..%d)".formatted(name, value, min, max));
    }
  }

  private static void requirePositive(String name, Duration value) {
    if (!value.isPositive()) {
      throw new IllegalArgumentException(name + ": " + value + " (expected: > 0)");
    }
  }

  private static void requireNotNegative(String name, Duration value) {
    if (value.isNegative()) {
      throw new IllegalArgumentException(name + ": " + value + " (expected: >= 0)");
    }
  }

  public static Builder builder() {
    return new Builder();
  }

  /// Collects options; each has a default.
  public static final class Builder {
    private HeaderLimits headers = HeaderLimits.HTTP;
    private int maxContinuations = 16;
    private int maxFrameBytes = FramePrefix.DEFAULT_MAX_LENGTH;
    private int maxStreams = 256;
    private int maxWaitingOpens = 1_000;
    private int streamWindowBytes = 256 << 10;
    private int connectionWindowBytes = 1 << 20;
    private int maxWindowBytes = 4 << 20;
    private int maxHeldBytes = heldBytes(Runtime.getRuntime().maxMemory());
    private int maxPendingBytes = 64 << 10;
    private Duration streamStallTimeout = Duration.ofSeconds(30);
    private Duration receiveStallTimeout = Duration.ofSeconds(30);
    private Duration settingsTimeout = Duration.ofSeconds(10);
    private Duration maxConnectionAge = Duration.ZERO;
    private Duration drainTimeout = Duration.ofSeconds(30);
    private Duration keepAliveInterval = Duration.ZERO;
    private Duration keepAliveTimeout = Duration.ofSeconds(20);
    private boolean keepAliveWithoutStreams;
    private Duration minPingInterval = Duration.ofSeconds(10);
    private int maxPingStrikes = 2;
    private int maxResets = 200;
    private Duration resetInterval = Duration.ofSeconds(30);
    private int maxWaitingAnswers = 1_000;
    private int maxEmptyData = 10;
    private int maxTinyData = 100;
    private int maxSettings = 100;

    private Builder() {}

    public Builder headers(HeaderLimits headers) {
      this.headers = headers;
      return this;
    }

    public Builder maxContinuations(int maxContinuations) {
      this.maxContinuations = maxContinuations;
      return this;
    }

    public Builder maxFrameBytes(int maxFrameBytes) {
      this.maxFrameBytes = maxFrameBytes;
      return this;
    }

    public Builder maxStreams(int maxStreams) {
      this.maxStreams = maxStreams;
      return this;
    }

    public Builder maxWaitingOpens(int maxWaitingOpens) {
      this.maxWaitingOpens = maxWaitingOpens;
      return this;
    }

    public Builder streamWindowBytes(int streamWindowBytes) {
      this.streamWindowBytes = streamWindowBytes;
      return this;
    }

    public Builder connectionWindowBytes(int connectionWindowBytes) {
      this.connectionWindowBytes = connectionWindowBytes;
      return this;
    }

    public Builder maxWindowBytes(int maxWindowBytes) {
      this.maxWindowBytes = maxWindowBytes;
      return this;
    }

    public Builder maxHeldBytes(int maxHeldBytes) {
      this.maxHeldBytes = maxHeldBytes;
      return this;
    }

    public Builder maxPendingBytes(int maxPendingBytes) {
      this.maxPendingBytes = maxPendingBytes;
      return this;
    }

    public Builder streamStallTimeout(Duration streamStallTimeout) {
      this.streamStallTimeout = streamStallTimeout;
      return this;
    }

    public Builder receiveStallTimeout(Duration receiveStallTimeout) {
      this.receiveStallTimeout = receiveStallTimeout;
      return this;
    }

    public Builder settingsTimeout(Duration settingsTimeout) {
      this.settingsTimeout = settingsTimeout;
      return this;
    }

    public Builder maxConnectionAge(Duration maxConnectionAge) {
      this.maxConnectionAge = maxConnectionAge;
      return this;
    }

    public Builder drainTimeout(Duration drainTimeout) {
      this.drainTimeout = drainTimeout;
      return this;
    }

    public Builder keepAliveInterval(Duration keepAliveInterval) {
      this.keepAliveInterval = keepAliveInterval;
      return this;
    }

    public Builder keepAliveTimeout(Duration keepAliveTimeout) {
      this.keepAliveTimeout = keepAliveTimeout;
      return this;
    }

    public Builder keepAliveWithoutStreams(boolean keepAliveWithoutStreams) {
      this.keepAliveWithoutStreams = keepAliveWithoutStreams;
      return this;
    }

    public Builder minPingInterval(Duration minPingInterval) {
      this.minPingInterval = minPingInterval;
      return this;
    }

    public Builder maxPingStrikes(int maxPingStrikes) {
      this.maxPingStrikes = maxPingStrikes;
      return this;
    }

    public Builder maxResets(int maxResets) {
      this.maxResets = maxResets;
      return this;
    }

    public Builder resetInterval(Duration resetInterval) {
      this.resetInterval = resetInterval;
      return this;
    }

    public Builder maxWaitingAnswers(int maxWaitingAnswers) {
      this.maxWaitingAnswers = maxWaitingAnswers;
      return this;
    }

    public Builder maxEmptyData(int maxEmptyData) {
      this.maxEmptyData = maxEmptyData;
      return this;
    }

    public Builder maxTinyData(int maxTinyData) {
      this.maxTinyData = maxTinyData;
      return this;
    }

    public Builder maxSettings(int maxSettings) {
      this.maxSettings = maxSettings;
      return this;
    }

    public Http2Options build() {
      return new Http2Options(
          headers,
          maxContinuations,
          maxFrameBytes,
          maxStreams,
          maxWaitingOpens,
          streamWindowBytes,
          connectionWindowBytes,
          maxWindowBytes,
          maxHeldBytes,
          maxPendingBytes,
          streamStallTimeout,
          receiveStallTimeout,
          settingsTimeout,
          maxConnectionAge,
          drainTimeout,
          keepAliveInterval,
          keepAliveTimeout,
          keepAliveWithoutStreams,
          minPingInterval,
          maxPingStrikes,
          maxResets,
          resetInterval,
          maxWaitingAnswers,
          maxEmptyData,
          maxTinyData,
          maxSettings);
    }
  }
}
