package io.windhover.conformance;

import io.windhover.buffer.LinkBuffer;
import io.windhover.rpc.wire.Envelope;
import io.windhover.rpc.wire.PayloadForm;
import io.windhover.rpc.wire.WireFormats;
import io.windhover.rpc.wire.WireLimits;
import io.windhover.thrift.ApplicationError;
import io.windhover.thrift.Binary;
import io.windhover.thrift.BinaryReader;
import io.windhover.thrift.MessageHeader;

/// A message taken apart.
///
/// @param struct the bytes of its struct
record Answer(Envelope envelope, MessageHeader header, Binary struct) {

  private static final WireLimits LIMITS = WireLimits.ofMessageBytes(32 << 20);

  static Answer read(LinkBuffer frame) {
    try (frame) {
      var envelope = Envelope.read(frame, LIMITS, PayloadForm.PLAIN, WireFormats.PLAIN);
      var header = MessageHeader.read(frame);
      var struct = new byte[frame.size()];
      frame.readBytes(struct, 0, struct.length);
      return new Answer(envelope, header, Binary.wrap(struct));
    }
  }

  boolean isException() {
    return header.type() == MessageHeader.EXCEPTION;
  }

  ApplicationError error() {
    return ApplicationError.CODEC.read(new BinaryReader(LinkBuffer.wrap(struct.toByteArray())));
  }
}
