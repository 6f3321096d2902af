package io.windhover.rpc.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.windhover.buffer.LinkBuffer;
import io.windhover.rpc.Protocol;
import io.windhover.rpc.fixture.PlainWire;
import io.windhover.rpc.fixture.Text;
import io.windhover.thrift.MessageHeader;
import java.util.HexFormat;
import java.util.Map;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class PayloadChecksumTest {

  private static final WireLimits LIMITS = WireLimits.ofMessageBytes(1 << 20);
  private static final PayloadForm CHECKSUMMED = new PayloadForm(true, null, PayloadForm.NEVER);

  /// A framed call whose checksum, that of the inner length too, is d3c1b02e.
  private static final String FRAME =
      """
      00000044 1000 0000 00000001 0006 0000
      01 0001 0006 637263333263 0008 6433633162303265 00
      0000001e 80010001 00000004 6563686f 00000001 0c0001 0b0001 00000002 6869 00 00
      """;

  @Test
  void acceptsThePayloadThatThePeerSummed() {
    try (var frame = Hex.buffer(FRAME)) {
      assertThat(PlainWire.read(frame, LIMITS).protocol()).isEqualTo(Protocol.TTHEADER_FRAMED);
      assertThat(MessageHeader.read(frame).name()).isEqualTo("echo");
    }
  }

  @Test
  void rejectsAPayloadWithAnyByteChanged() {
    var whole = Hex.bytes(FRAME);
    for (int i = whole.length - 34; i < whole.length; i++) {
      var changed = whole.clone();
      changed[i] ^= 1;
      try (var frame = LinkBuffer.wrap(changed)) {
        assertThatExceptionOfType(WireException.class)
            .as("byte %d", i)
            .isThrownBy(() -> PlainWire.read(frame, LIMITS))
            .withMessageContaining("expected: crc32c d3c1b02e")
            .satisfies(
                e -> {
                  assertThat(e.code()).isEqualTo(ErrorCode.PROTOCOL_ERROR);
                  assertThat(e.isCorruptPayload()).isTrue();
                });
      }
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"TTHEADER", "TTHEADER_FRAMED"})
  void writesTheSumOfAllThatFollowsTheHeader(Protocol protocol) {
    for (int length : new int[] {0, 1, 3, 100, 5000, 100_000}) { // over several nodes at last
      var header = new TTHeader(7, Map.of(), Map.of("isn", "Echo"));
      byte[] bytes;
      try (var frame = write(protocol, header, length)) {
        bytes = new byte[frame.size()];
        frame.readBytes(bytes, 0, bytes.length);
      }

      int payload = 14 + 4 * (bytes[12] << 8 | bytes[13]);
      var checksum = new CRC32C();
      checksum.update(bytes, payload, bytes.length - payload);
      try (var frame = LinkBuffer.wrap(bytes)) {
        var read = TTHeader.read(frame, LIMITS);
        assertThat(read.stringKeys())
            .isEqualTo(
                Map.of(
                    "isn",
                    "Echo",
                    "crc32c",
                    HexFormat.of().toHexDigits((int) checksum.getValue())));
      }
      try (var frame = LinkBuffer.wrap(bytes)) {
        assertThat(PlainWire.read(frame, LIMITS).protocol()).isEqualTo(protocol);
      }
    }
  }

  private static LinkBuffer write(Protocol protocol, TTHeader header, int length) {
    return FrameWriter.write(
        new Envelope(protocol, header),
        CHECKSUMMED,
        new MessageHeader(MessageHeader.CALL, "echo", 7),
        Text.CODEC,
        new Text("x".repeat(length)),
        LIMITS);
  }

  @Test
  void writesNoneWhereThereIsNoHeader() {
    var message = new MessageHeader(MessageHeader.CALL, "echo", 1);
    var framed = new Envelope(Protocol.FRAMED, null);

    var written =
        FrameWriter.write(framed, CHECKSUMMED, message, Text.CODEC, new Text("hi"), LIMITS);

    assertThat(Hex.of(written))
        .isEqualTo(Hex.of(FrameWriter.write(framed, message, Text.CODEC, new Text("hi"), LIMITS)));
  }
}
