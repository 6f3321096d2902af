package io.windhover.http2.frame;

import io.windhover.buffer.LinkBuffer;
import io.windhover.http2.frame.Frame.Continuation;
import io.windhover.http2.frame.Frame.Data;
import io.windhover.http2.frame.Frame.GoAway;
import io.windhover.http2.frame.Frame.Headers;
import io.windhover.http2.frame.Frame.Ping;
import io.windhover.http2.frame.Frame.Priority;
import io.windhover.http2.frame.Frame.RstStream;
import io.windhover.http2.frame.Frame.Settings;
import io.windhover.http2.frame.Frame.Unknown;
import io.windhover.http2.frame.Frame.WindowUpdate;
import java.util.ArrayList;

/// Reads whole frames and holds them to the rules that RFC 9113, section 6, has for each type.
public final class FrameReader {

  private static final int PRIORITY_BYTES = 5;
  private static final int UINT31_MASK = Integer.MAX_VALUE;

  private final int maxSettings;

  /// @param maxSettings parameters in one SETTINGS frame; with more, the peer goes too far
  public FrameReader(int maxSettings) {
    this.maxSettings = maxSettings;
  }

  /// Reads a frame. Its data or fragment is to be released by who gets it.
  ///
  /// @param frame taken over, whatever the outcome: one frame, prefix and all, as
  ///   [FramePrefix#frameBytes] has found it
  /// @throws Http2Exception if it is not legal; it says whether the connection or the stream ends
  public Frame read(LinkBuffer frame) {
    boolean kept = false;
    try {
      var read = read(FramePrefix.read(frame), frame);
      kept = read instanceof Data || read instanceof Headers || read instanceof Continuation;
      return read;
    } finally {
      if (!kept) {
        frame.release();
      }
    }
  }

  private Frame read(FramePrefix prefix, LinkBuffer payload) {
    var type = FrameType.of(prefix.type());
    if (type == null) {
      return new Unknown(prefix.streamId(), prefix.type());
    }
    return switch (type) {
      case DATA -> data(prefix, payload);
      case HEADERS -> headers(prefix, payload);
      case PRIORITY -> priority(prefix, payload);
      case RST_STREAM -> rstStream(prefix, payload);
      case SETTINGS -> settings(prefix, payload);
      case PUSH_PROMISE ->
          throw error(ErrorCode.PROTOCOL_ERROR, "PUSH_PROMISE, which was not allowed");
      case PING -> ping(prefix, payload);
      case GOAWAY -> goAway(prefix, payload);
      case WINDOW_UPDATE -> windowUpdate(prefix, payload);
      case CONTINUATION -> {
        requireStream(prefix, type);
        yield new Continuation(prefix.streamId(), payload, prefix.has(FramePrefix.END_HEADERS));
      }
    };
  }

  private static Data data(FramePrefix prefix, LinkBuffer payload) {
    requireStream(prefix, FrameType.DATA);
    var data = withoutPadding(prefix, payload, 0);
    return new Data(prefix.streamId(), data, prefix.length(), prefix.has(FramePrefix.END_STREAM));
  }

  private static Headers headers(FramePrefix prefix, LinkBuffer payload) {
    requireStream(prefix, FrameType.HEADERS);
    boolean hasPriority = prefix.has(FramePrefix.PRIORITY);
    var rest = withoutPadding(prefix, payload, hasPriority ? PRIORITY_BYTES : 0);
    boolean dependsOnItself = false;
    if (hasPriority) {
      dependsOnItself = (rest.readInt() & UINT31_MASK) == prefix.streamId();
      rest.skip(1);
    }
    return new Headers(
        prefix.streamId(),
        rest,
        prefix.has(FramePrefix.END_HEADERS),
        prefix.has(FramePrefix.END_STREAM),
        dependsOnItself);
  }

  /// Returns what lies between the length of the padding and the padding.
  ///
  /// @param minBytes that must be there
  private static LinkBuffer withoutPadding(FramePrefix prefix, LinkBuffer payload, int minBytes) {
    int padding = 0;
    if (prefix.has(FramePrefix.PADDED)) {
      if (payload.size() == 0) {
        throw error(ErrorCode.FRAME_SIZE_ERROR, "a padded frame without the padding's length");
      }
      padding = Byte.toUnsignedInt(payload.readByte());
    }
    int left = payload.size() - padding;
    if (left < 0) {
      throw error(
          ErrorCode.PROTOCOL_ERROR,
          "padding: %d (expected: at most %d)".formatted(padding, payload.size()));
    }
    if (left < minBytes) {
      throw error(ErrorCode.FRAME_SIZE_ERROR, "a frame too short for its priority");
    }
    if (padding == 0) {
      return payload;
    }
    try (payload) {
      return payload.slice(left);
    }
  }

  private static Priority priority(FramePrefix prefix, LinkBuffer payload) {
    requireStream(prefix, FrameType.PRIORITY);
    int id = prefix.streamId();
    if (prefix.length() != PRIORITY_BYTES) {
      throw Http2Exception.ofStream(
          ErrorCode.FRAME_SIZE_ERROR, id, wrongLength(FrameType.PRIORITY, prefix, PRIORITY_BYTES));
    }
    if ((payload.readInt() & UINT31_MASK) == id) {
      throw Http2Exception.ofStream(
          ErrorCode.PROTOCOL_ERROR, id, "stream " + id + " depends on itself");
    }
    return new Priority(id);
  }

  private static RstStream rstStream(FramePrefix prefix, LinkBuffer payload) {
    requireStream(prefix, FrameType.RST_STREAM);
    requireLength(prefix, FrameType.RST_STREAM, Integer.BYTES);
    return new RstStream(prefix.streamId(), payload.readInt());
  }

  private Settings settings(FramePrefix prefix, LinkBuffer payload) {
    requireConnection(prefix, FrameType.SETTINGS);
    int length = prefix.length();
    if (prefix.has(FramePrefix.ACK)) {
      requireLength(prefix, FrameType.SETTINGS, 0);
      return Settings.ACK;
    }
    if (length % Setting.BYTES != 0) {
      throw error(
          ErrorCode.FRAME_SIZE_ERROR,
          "SETTINGS of %d bytes (expected: a multiple of 6)".formatted(length));
    }
    int count = length / Setting.BYTES;
    if (count > maxSettings) {
      throw error(
          ErrorCode.ENHANCE_YOUR_CALM,
          "SETTINGS with %d parameters (expected: at most %d)".formatted(count, maxSettings));
    }
    var values = new ArrayList<Setting>(count);
    for (int i = 0; i < count; i++) {
      values.add(new Setting(Short.toUnsignedInt(payload.readShort()), payload.readInt()));
    }
    return new Settings(false, values);
  }

  private static Ping ping(FramePrefix prefix, LinkBuffer payload) {
    requireConnection(prefix, FrameType.PING);
    requireLength(prefix, FrameType.PING, Long.BYTES);
    return new Ping(prefix.has(FramePrefix.ACK), payload.readLong());
  }

  private static GoAway goAway(FramePrefix prefix, LinkBuffer payload) {
    requireConnection(prefix, FrameType.GOAWAY);
    if (prefix.length() < 2 * Integer.BYTES) {
      throw error(
          ErrorCode.FRAME_SIZE_ERROR, wrongLength(FrameType.GOAWAY, prefix, 2 * Integer.BYTES));
    }
    int lastStreamId = payload.readInt() & UINT31_MASK;
    int code = payload.readInt();
    var text = payload.readUtf8(Math.min(payload.size(), GoAway.MAX_TEXT_BYTES));
    return new GoAway(lastStreamId, code, printable(text));
  }

  /// Keeps what a peer says from writing lines of a log.
  private static String printable(String text) {
    var shown = new StringBuilder(text.length());
    text.chars().forEach(c -> shown.append(c < ' ' || c > '~' ? '?' : (char) c));
    return shown.toString();
  }

  private static WindowUpdate windowUpdate(FramePrefix prefix, LinkBuffer payload) {
    requireLength(prefix, FrameType.WINDOW_UPDATE, Integer.BYTES);
    int id = prefix.streamId();
    int increment = payload.readInt() & UINT31_MASK;
    if (increment == 0) {
      var message = "WINDOW_UPDATE by 0";
      throw id == 0
          ? error(ErrorCode.PROTOCOL_ERROR, message)
          : Http2Exception.ofStream(ErrorCode.PROTOCOL_ERROR, id, message);
    }
    return new WindowUpdate(id, increment);
  }

  // ---- what is common to several types

  private static void requireStream(FramePrefix prefix, FrameType type) {
    if (prefix.streamId() == 0) {
      throw error(ErrorCode.PROTOCOL_ERROR, type + " on stream 0");
    }
  }

  private static void requireConnection(FramePrefix prefix, FrameType type) {
    if (prefix.streamId() != 0) {
      throw error(
          ErrorCode.PROTOCOL_ERROR, type + " on stream " + prefix.streamId() + " (expected: 0)");
    }
  }

  private static void requireLength(FramePrefix prefix, FrameType type, int expected) {
    if (prefix.length() != expected) {
      throw error(ErrorCode.FRAME_SIZE_ERROR, wrongLength(type, prefix, expected));
    }
  }

  private static String wrongLength(FrameType type, FramePrefix prefix, int expected) {
    return "%s of %d bytes (expected: %d)".formatted(type, prefix.length(), expected);
  }

  private static Http2Exception error(ErrorCode code, String message) {
    return Http2Exception.ofConnection(code, message);
  }
}
