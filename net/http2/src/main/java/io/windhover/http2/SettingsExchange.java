package io.windhover.http2;

import io.windhover.http2.frame.ErrorCode;
import io.windhover.http2.frame.Frame.Settings;
import io.windhover.http2.frame.Frame.WindowUpdate;
import io.windhover.http2.frame.FramePrefix;
import io.windhover.http2.frame.Http2Exception;
import io.windhover.http2.frame.Setting;
import io.windhover.http2.hpack.HeaderDecoder;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// What the two sides of one connection have asked of each other by SETTINGS, and whether it is
/// heeded in time. The poller's own, but for the size of windows.
final class SettingsExchange {

  private final Http2Connection owner;
  private final Http2Options options;
  private final FloodGuard guard;
  private final HeaderDecoder decoder;
  private boolean settled; // the peer's first settings are here
  private final ArrayDeque<Integer> sentWindows = new ArrayDeque<>(1); // not heeded yet
  private int heededWindow = SendWindow.DEFAULT_BYTES;
  private int lastWindow; // that was sent
  private boolean waits; // since waitNanos
  private long waitNanos;

  /// Of new streams, and of all that the peer knows so: the largest that it may think of. Written
  /// with the lock of the sender held, under which streams are made.
  private volatile int streamWindowBytes;

  SettingsExchange(
      Http2Connection owner, Http2Options options, FloodGuard guard, HeaderDecoder decoder) {
    this.owner = owner;
    this.options = options;
    this.guard = guard;
    this.decoder = decoder;
    // until it heeds ours, the peer may think of the default
    this.streamWindowBytes = Math.max(options.streamWindowBytes(), SendWindow.DEFAULT_BYTES);
  }

  /// Whether the peer's first settings have come.
  boolean isSettled() {
    return settled;
  }

  /// Whether the peer has said that it heeds all of ours.
  boolean isHeeded() {
    return sentWindows.isEmpty();
  }

  int streamWindowBytes() {
    return streamWindowBytes;
  }

  /// Writes the first ones; between [Sender#begin] and [Sender#close].
  void writeFirst(Sender out) {
    var first = new ArrayList<Setting>();
    owner.ownSettings(first);
    first.add(new Setting(Setting.INITIAL_WINDOW_SIZE, options.streamWindowBytes()));
    first.add(new Setting(Setting.HEADER_TABLE_SIZE, options.headers().tableBytes()));
    first.add(new Setting(Setting.MAX_HEADER_LIST_SIZE, options.headers().listBytes()));
    if (options.maxFrameBytes() > FramePrefix.DEFAULT_MAX_LENGTH) {
      first.add(new Setting(Setting.MAX_FRAME_SIZE, options.maxFrameBytes()));
    }
    out.write(new Settings(false, first));
    sent(options.streamWindowBytes());
  }

  private void sent(int windowBytes) {
    sentWindows.add(windowBytes);
    lastWindow = windowBytes;
  }

  void arrived(Settings frame) {
    if (frame.ack()) {
      heeded();
      return;
    }
    try (var out = owner.sender().begin()) {
      guard.needless(out.contentFrames());
      guard.answer(owner.connection().hasRoom());
      out.write(Settings.ACK); // before the data that they allow
      for (var setting : frame.values()) {
        apply(setting, out);
      }
      out.turns().sendReady(); // once all of them are in force
    }
    settled = true;
    owner.settingsApplied();
  }

  private void apply(Setting setting, Sender out) {
    switch (setting.id()) {
      case Setting.HEADER_TABLE_SIZE -> out.peerTable(setting.value());
      case Setting.MAX_HEADER_LIST_SIZE -> out.peerList(setting.clampedValue());
      case Setting.MAX_FRAME_SIZE -> out.maxFrame(setting.value());
      case Setting.INITIAL_WINDOW_SIZE -> {
        if (!out.turns().initialWindow(setting.value(), owner.streams())) {
          throw Http2Exception.ofConnection(
              ErrorCode.FLOW_CONTROL_ERROR, "a window over 2^31-1 by SETTINGS");
        }
      }
      default -> owner.applyOwn(setting);
    }
  }

  private void heeded() {
    var heeded = sentWindows.poll();
    if (heeded == null) {
      guard.needless(owner.contentFrames());
      return;
    }
    heededWindow = heeded;
    waits = false;
    if (sentWindows.isEmpty()) {
      decoder.tableBytesAcknowledged();
    }
    int allowed = sentWindows.stream().reduce(heededWindow, Math::max);
    if (allowed < streamWindowBytes) {
      resize(allowed);
    }
  }

  private void resize(int bytes) {
    try (var _ = owner.sender().begin()) {
      resizeStreams(bytes);
    }
  }

  private void resizeStreams(int bytes) {
    streamWindowBytes = bytes;
    owner.streams().forEach(stream -> stream.inbox.resize(bytes));
  }

  /// The network carries more than the windows let through. They grow as far as the streams that
  /// are open may hold together.
  ///
  /// @return bytes of a stream's window from now on
  int growTo(int wantedBytes) {
    int shareBytes = options.maxHeldBytes() / Math.max(1, owner.openStreams());
    int bytes = Math.min(wantedBytes, shareBytes);
    if (bytes <= streamWindowBytes) {
      return lastWindow;
    }
    int ofAll = owner.shared().grow(bytes);
    try (var out = owner.sender().begin()) {
      resizeStreams(bytes);
      write(bytes, out);
      if (ofAll > 0) {
        out.write(new WindowUpdate(0, ofAll));
      }
    }
    return bytes;
  }

  private void write(int windowBytes, Sender out) {
    var setting = new Setting(Setting.INITIAL_WINDOW_SIZE, windowBytes);
    out.write(new Settings(false, List.of(setting)));
    sent(windowBytes);
  }

  /// Much waits for readers: windows that have grown are as at first again, or a few streams that
  /// nobody reads could hold all that one connection may.
  ///
  /// @return bytes of a stream's window from now on
  int shrink() {
    if (lastWindow > options.streamWindowBytes()) {
      try (var out = owner.sender().begin()) {
        write(options.streamWindowBytes(), out);
      }
    }
    return lastWindow;
  }

  /// Whether the peer has let us wait too long.
  boolean isOverdue(long nowNanos) {
    if (settled && isHeeded()) {
      return false;
    }
    if (!waits) {
      waits = true;
      waitNanos = nowNanos;
    }
    return nowNanos - waitNanos >= TimeUnit.NANOSECONDS.convert(options.settingsTimeout());
  }
}
