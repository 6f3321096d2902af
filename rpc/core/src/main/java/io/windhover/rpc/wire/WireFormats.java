package io.windhover.rpc.wire;

import io.windhover.buffer.LinkBuffer;
import io.windhover.rpc.codec.PayloadCodec;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What one side of a connection reads and writes beside what is built in.
///
/// @param payloads asked in this order; a client writes the first
/// @param frame of all messages, instead of what is built in
public record WireFormats(List<GuardedPayloadCodec> payloads, @Nullable GuardedFrameCodec frame) {

  /// Nothing.
  public static final WireFormats PLAIN = new WireFormats(List.of(), null);

  public WireFormats {
    payloads = List.copyOf(payloads);
  }

  /// @throws IllegalArgumentException if two codecs have one protocol id, or one has an id that is
  ///   taken
  public static WireFormats of(List<PayloadCodec> payloads) {
    for (int i = 0; i < payloads.size(); i++) {
      var codec = payloads.get(i);
      int id = codec.protocolId();
      if (id != 0 && (id < 0 || id > 0xFF || TTHeader.isBuiltIn(id))) {
        throw new IllegalArgumentException(
            "payloadCodec %s: protocol id %d (expected: 0, or up to 255 and none that is built in)"
                .formatted(codec.name(), id));
      }
      if (id != 0 && payloads.subList(0, i).stream().anyMatch(it -> it.protocolId() == id)) {
        throw new IllegalArgumentException(
            "payloadCodec %s: protocol id %d is that of another".formatted(codec.name(), id));
      }
    }
    return new WireFormats(payloads.stream().map(GuardedPayloadCodec::new).toList(), null);
  }

  /// Returns these with another frame around payloads.
  public WireFormats in(@Nullable GuardedFrameCodec frame) {
    return new WireFormats(payloads, frame);
  }

  boolean hasPayloads() {
    return !payloads.isEmpty();
  }

  /// Returns the codec of what a client writes; null for Thrift's binary protocol.
  public @Nullable GuardedPayloadCodec written() {
    return payloads.isEmpty() ? null : payloads.getFirst();
  }

  /// Returns the codec whose payloads begin so.
  @Nullable GuardedPayloadCodec startingWith(int firstBytes) {
    for (var codec : payloads) {
      if (codec.recognises(firstBytes)) {
        return codec;
      }
    }
    return null;
  }

  /// Returns the codec with this id in a TTHeader.
  @Nullable GuardedPayloadCodec withId(int protocolId) {
    for (var codec : payloads) {
      if (codec.protocolId() == protocolId && protocolId != 0) {
        return codec;
      }
    }
    return null;
  }

  /// Returns a payload in an envelope; the caller owns the buffer.
  ///
  /// @param payload moved there, and released in any case
  /// @throws WireException if the whole is larger than the limit
  public LinkBuffer wrap(
      Envelope envelope, PayloadForm form, LinkBuffer payload, WireLimits limits) {
    try (payload) {
      if (frame != null) {
        return frame.write(envelope.header(), payload, limits);
      }
      return FrameWriter.wrap(envelope, form, payload, limits);
    }
  }
}
