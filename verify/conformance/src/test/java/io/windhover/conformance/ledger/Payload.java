package io.windhover.conformance.ledger;

import java.nio.ByteBuffer;
import java.util.Random;
import java.util.zip.CRC32C;

/// The bytes of a call and of its reply: whose they are, then as many as chance says.
final class Payload {

  private static final int LARGE = 256 << 10;
  private static final int MEDIUM = 16 << 10;
  private static final int SMALL = 512;

  private Payload() {}

  /// Mostly small, now and then more than a socket's buffer takes.
  static byte[] request(CallId id, Random random) {
    int chance = random.nextInt(100);
    int size = random.nextInt(chance == 0 ? LARGE : chance < 10 ? MEDIUM : SMALL);
    var bytes = new byte[Long.BYTES + size];
    random.nextBytes(bytes);
    ByteBuffer.wrap(bytes).putLong(id.packed());
    return bytes;
  }

  static CallId id(byte[] payload) {
    return CallId.unpacked(ByteBuffer.wrap(payload).getLong());
  }

  /// The same id, and the rest turned round.
  static byte[] reply(byte[] request) {
    var reply = request.clone();
    for (int i = Long.BYTES, j = request.length - 1; i < request.length; i++, j--) {
      reply[i] = request[j];
    }
    return reply;
  }

  static int crc(byte[] bytes) {
    var crc = new CRC32C();
    crc.update(bytes);
    return (int) crc.getValue();
  }
}
