package io.windhover.http2;

import io.windhover.http2.frame.ErrorCode;
import io.windhover.http2.frame.Frame.GoAway;
import io.windhover.http2.frame.Frame.Ping;
import java.lang.System.Logger.Level;
import java.time.Duration;

/// The PINGs of both sides of one connection: for a sign of life, for the network's bandwidth, for
/// the order of leaving; and those of the peer, which are answered. The poller's own.
final class PingExchange {

  private static final System.Logger LOG = System.getLogger(PingExchange.class.getName());

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
  private final KeepAliveInterval interval; // of later connections, too
  private final KeepAlive keepAlive;

  PingExchange(
      Http2Connection owner,
      Http2Options options,
      KeepAliveInterval interval,
      FloodGuard guard,
      SettingsExchange settings,
      BandwidthEstimator bandwidth) {
    this.owner = owner;
    this.guard = guard;
    this.settings = settings;
    this.bandwidth = bandwidth;
    this.strikes = new PingGuard(options);
    this.interval = interval;
    this.keepAlive = new KeepAlive(options, interval.nanos(), System.nanoTime());
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

  /// The peer leaves for an error of this side: perhaps since it was asked too often for a sign of
  /// life, and then connections that open later ask half as often.
  void blamed(GoAway frame) {
    if (frame.code() == ErrorCode.ENHANCE_YOUR_CALM.code()
        && frame.text().equals(PingGuard.TEXT)
        && interval.grows(keepAlive.intervalNanos())) {
      var grown = Duration.ofNanos(interval.nanos());
      LOG.log(
          Level.WARNING,
          () ->
              "%s allows no PING each %s; new connections send one each %s (keepAliveInterval)"
                  .formatted(
                      owner.connection().remoteAddress(),
                      Duration.ofNanos(keepAlive.intervalNanos()),
                      grown));
    }
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
