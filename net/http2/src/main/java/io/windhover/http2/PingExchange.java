package io.windhover.http2;

import io.windhover.http2.frame.Frame.Ping;

/// The PINGs of both sides of one connection: for a sign of life, for the network's bandwidth, for
/// the order of leaving; and those of the peer, which are answered. The poller's own.
final class PingExchange {

  /// What gRPC's implementations send to measure the bandwidth.
  private static final long BANDWIDTH = 0x0204_1010_090e_0707L;

  private static final long KEEP_ALIVE = 0x7769_6e64_686f_7665L;

  /// Is answered once the peer has read all that was sent before.
  static final long DRAIN = 0x6472_6169_6e69_6e67L;

  private final Http2Connection owner;
  private final FloodGuard guard;
  private final SettingsExchange settings;
  private final BandwidthEstimator bandwidth;
  private final PingGuard strikes;
  private final KeepAlive keepAlive;

  PingExchange(
      Http2Connection owner,
      Http2Options options,
      FloodGuard guard,
      SettingsExchange settings,
      BandwidthEstimator bandwidth) {
    this.owner = owner;
    this.guard = guard;
    this.settings = settings;
    this.bandwidth = bandwidth;
    this.strikes = new PingGuard(options);
    this.keepAlive = new KeepAlive(options, System.nanoTime());
  }

  void arrived(Ping frame) {
    if (frame.ack()) {
      answerArrived(frame.opaque());
      return;
    }
    try (var out = owner.sender().begin()) {
      guard.answer(owner.connection().hasRoom());
      if (owner.isServer()) { // a server's keep-alive comes as often as that likes
        strikes.arrived(out.contentFrames(), System.nanoTime());
      }
      out.write(new Ping(true, frame.opaque()));
    }
  }

  private void answerArrived(long opaque) {
    if (opaque == BANDWIDTH && bandwidth.isMeasuring()) {
      bandwidth.windowIs(settings.growTo(bandwidth.answered(System.nanoTime())));
    } else if (!isAnswer(opaque)) {
      guard.needless(owner.contentFrames());
    }
  }

  private boolean isAnswer(long opaque) {
    return opaque == DRAIN ? owner.drainAnswered() : opaque == KEEP_ALIVE && keepAlive.isAsked();
  }

  /// Data has arrived, and its bandwidth is to be known.
  void measure() {
    write(BANDWIDTH);
  }

  private void write(long opaque) {
    try (var out = owner.sender().begin()) {
      out.write(new Ping(false, opaque));
    }
  }

  /// Asks a silent peer for a sign of life.
  ///
  /// @param heard whether something came since the last look
  /// @return whether it is to be given up
  boolean isGone(boolean heard, boolean hasStreams, long nowNanos) {
    if (heard) {
      keepAlive.heard(nowNanos);
    }
    return switch (keepAlive.look(hasStreams, nowNanos)) {
      case NOTHING -> false;
      case PING -> {
        write(KEEP_ALIVE);
        yield false;
      }
      case GIVE_UP -> true;
    };
  }
}
