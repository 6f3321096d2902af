package io.windhover.rpc.wire;

import io.windhover.buffer.LinkBuffer;
import io.windhover.buffer.Reservation;
import java.util.HexFormat;
import java.util.zip.CRC32C;

/// The CRC-32C of a payload: of all bytes after the TTHeader, in whose string key
/// [HeaderKey#CHECKSUM] it stands as eight hex digits. Source: cloudwego/kitex
/// `pkg/remote/codec/payload_validator.go`; `docs/wire/ttheader.md`.
final class PayloadChecksum {

  private static final HexFormat HEX = HexFormat.of();

  /// Bytes of the value in a header.
  static final int BYTES = 2 * Integer.BYTES;

  private PayloadChecksum() {}

  /// Fills in the value.
  ///
  /// @param room for [#BYTES]
  /// @param out has the payload from `from` on
  static void set(Reservation room, LinkBuffer out, int from) {
    int value = of(out, from);
    long digits = 0;
    for (int shift = Integer.SIZE - 4; shift >= 0; shift -= 4) {
      digits = digits << Byte.SIZE | HEX.toLowHexDigit(value >>> shift);
    }
    room.setLong(digits);
  }

  /// @param payload all that follows the header
  /// @throws WireException if the header has the checksum of another payload; of one without a
  ///   checksum nothing is expected
  static void check(TTHeader header, LinkBuffer payload) {
    var expected = header.stringKeys().get(HeaderKey.CHECKSUM);
    if (expected == null) {
      return;
    }
    var actual = HEX.toHexDigits(of(payload, 0));
    if (!expected.equals(actual)) {
      throw WireException.corruptPayload(
          "payload checksum: %s (expected: crc32c %s); it has changed on its way"
              .formatted(actual, PeerText.shortened(expected)));
    }
  }

  private static int of(LinkBuffer buffer, int from) {
    var checksum = new CRC32C();
    buffer.checksum(checksum, from);
    return (int) checksum.getValue();
  }
}
