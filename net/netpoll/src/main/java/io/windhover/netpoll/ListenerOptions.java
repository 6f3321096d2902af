package io.windhover.netpoll;

/// How an address is listened on.
///
/// @param backlog connections that may wait to be accepted; the kernel may allow fewer
/// @param sharesPort whether others that ask for the same, in this process or another of the same
///   user, may listen on the address too (`SO_REUSEPORT`): the kernel deals new connections out
///   among them. For several pollers that accept, and for a new process beside an old one. TCP only
public record ListenerOptions(int backlog, boolean sharesPort) {

  public static final ListenerOptions DEFAULT = builder().build();

  public ListenerOptions {
    if (backlog < 1) {
      throw new IllegalArgumentException("backlog: " + backlog + " (expected: at least 1)");
    }
  }

  public static Builder builder() {
    return new Builder();
  }

  /// Collects options; each has a default.
  public static final class Builder {
    private int backlog = 4096;
    private boolean sharesPort;

    private Builder() {}

    public Builder backlog(int backlog) {
      this.backlog = backlog;
      return this;
    }

    public Builder sharesPort(boolean sharesPort) {
      this.sharesPort = sharesPort;
      return this;
    }

    public ListenerOptions build() {
      return new ListenerOptions(backlog, sharesPort);
    }
  }
}
