package io.windhover.rpc;

import java.net.SocketAddress;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// What can be set for a client, for a service, for a method and for single calls. The nearest that
/// says something wins; metadata adds up.
///
/// ```
///   client < service < method < call
/// ```
///
/// Immutable, for any thread.
public final class CallOptions {

  public static final CallOptions NONE = builder().build();

  private final @Nullable Duration timeout;
  private final @Nullable Duration connectTimeout;
  private final @Nullable Boolean waitForReady;
  private final @Nullable SocketAddress address;
  private final @Nullable Consumer<Map<String, String>> onReplyMetadata;
  private final Metadata metadata;

  private CallOptions(Builder builder) {
    this.timeout = builder.timeout;
    this.connectTimeout = builder.connectTimeout;
    this.waitForReady = builder.waitForReady;
    this.address = builder.address;
    this.metadata = builder.metadata;
    this.onReplyMetadata = builder.onReplyMetadata;
  }

  public Optional<Duration> timeout() {
    return Optional.ofNullable(timeout);
  }

  public Optional<Duration> connectTimeout() {
    return Optional.ofNullable(connectTimeout);
  }

  public Optional<Boolean> waitForReady() {
    return Optional.ofNullable(waitForReady);
  }

  public Optional<SocketAddress> address() {
    return Optional.ofNullable(address);
  }

  public Metadata metadata() {
    return metadata;
  }

  public Optional<Consumer<Map<String, String>>> onReplyMetadata() {
    return Optional.ofNullable(onReplyMetadata);
  }

  /// Returns these options, and `nearer` wherever it says something.
  public CallOptions with(CallOptions nearer) {
    if (nearer == NONE) {
      return this;
    }
    if (this == NONE) {
      return nearer;
    }
    var both = new Builder();
    both.timeout = nearer.timeout != null ? nearer.timeout : timeout;
    both.connectTimeout = nearer.connectTimeout != null ? nearer.connectTimeout : connectTimeout;
    both.waitForReady = nearer.waitForReady != null ? nearer.waitForReady : waitForReady;
    both.address = nearer.address != null ? nearer.address : address;
    both.metadata = metadata.with(nearer.metadata);
    both.onReplyMetadata =
        nearer.onReplyMetadata != null ? nearer.onReplyMetadata : onReplyMetadata;
    return both.build();
  }

  public static Builder builder() {
    return new Builder();
  }

  /// Collects options; what is not named here is left to the rungs below.
  public static final class Builder {
    private @Nullable Duration timeout;
    private @Nullable Duration connectTimeout;
    private @Nullable Boolean waitForReady;
    private @Nullable SocketAddress address;
    private @Nullable Consumer<Map<String, String>> onReplyMetadata;
    private Metadata metadata = Metadata.NONE;

    private Builder() {}

    /// How long a call may take from start to end; a stream too, if these are the options of its
    /// method or of itself.
    ///
    /// @throws IllegalArgumentException unless it is positive
    public Builder timeout(Duration timeout) {
      this.timeout = positive("timeout", timeout);
      return this;
    }

    /// How much of a call's time connecting may take, the look-up of a name included.
    ///
    /// @throws IllegalArgumentException unless it is positive
    public Builder connectTimeout(Duration connectTimeout) {
      this.connectTimeout = positive("connectTimeout", connectTimeout);
      return this;
    }

    private static Duration positive(String name, Duration value) {
      if (!value.isPositive()) {
        throw new IllegalArgumentException(name + ": " + value + " (expected: > 0)");
      }
      return value;
    }

    /// Whether a call waits, until its deadline, for a server to which no connection can be made,
    /// in the place of failing at once; a stream without a deadline waits for as long as a call may
    /// take. Of the calls to one address 1,000 wait at most, and one beyond fails at once.
    public Builder waitForReady(boolean waitForReady) {
      this.waitForReady = waitForReady;
      return this;
    }

    /// Calls this server instead of the client's own.
    public Builder address(SocketAddress address) {
      this.address = address;
      return this;
    }

    /// Sends these values along, besides those of the rungs below.
    public Builder metadata(Metadata metadata) {
      this.metadata = this.metadata.with(metadata);
      return this;
    }

    /// Tells what the server sent back beside its result, on the calling thread, before the call
    /// ends. Not called if no reply came. Of a stream that is its trailer, and it is told once,
    /// when the stream's user receives the end or a business status.
    public Builder onReplyMetadata(Consumer<Map<String, String>> onReplyMetadata) {
      this.onReplyMetadata = onReplyMetadata;
      return this;
    }

    public CallOptions build() {
      return new CallOptions(this);
    }
  }
}
