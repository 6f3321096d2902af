package io.windhover.rpc.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.windhover.buffer.LinkBuffer;
import io.windhover.netpoll.testing.LeakCheck;
import io.windhover.rpc.Compression;
import io.windhover.rpc.Protocol;
import io.windhover.rpc.fixture.PlainWire;
import io.windhover.rpc.fixture.Text;
import io.windhover.thrift.BinaryReader;
import io.windhover.thrift.MessageHeader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

final class PayloadCompressionTest {

  private static final WireLimits LIMITS = WireLimits.ofMessageBytes(16 << 20);
  private static final MessageHeader MESSAGE = new MessageHeader(MessageHeader.REPLY, "echo", 7);

  /// Of a side that compresses, and so reads what is compressed.
  private static final PayloadForm READS = new PayloadForm(false, null, 0);

  @ParameterizedTest
  @CsvSource({
    "GZIP, TTHEADER, false", "GZIP, TTHEADER_FRAMED, true",
    "DEFLATE, TTHEADER_FRAMED, false", "DEFLATE, TTHEADER, true"
  })
  void readsWhatItWrites(Compression compression, Protocol protocol, boolean checksummed) {
    var text = text(100_000);
    var form = new PayloadForm(checksummed, compression, 1000);

    try (var frame = write(protocol, form, text)) {
      assertThat(frame.size()).isLessThan(80_000);
      var envelope = Envelope.read(frame, LIMITS, READS, WireFormats.PLAIN);
      assertThat(envelope.protocol()).isEqualTo(protocol);
      assertThat(MessageHeader.read(frame)).isEqualTo(MESSAGE);
      assertThat(Text.CODEC.read(new BinaryReader(frame)).value()).isEqualTo(text);
      assertThat(frame.size()).isZero();
    }
  }

  /// Digits at random: they compress to a half.
  private static String text(int length) {
    var random = new Random(1);
    var text = new StringBuilder();
    for (int i = 0; i < length; i++) {
      text.append((char) ('0' + random.nextInt(10)));
    }
    return text.toString();
  }

  @Test
  void refusesWhatWasNeverAskedFor() {
    var message = new MessageHeader(MessageHeader.CALL, "echo", 7);
    var form = new PayloadForm(false, Compression.GZIP, 0);
    var envelope = new Envelope(Protocol.TTHEADER, new TTHeader(7, Map.of(), Map.of()));
    var text = new Text("x".repeat(1000));

    try (var frame = FrameWriter.write(envelope, form, message, Text.CODEC, text, LIMITS)) {
      assertThatThrownBy(() -> PlainWire.read(frame, LIMITS))
          .isInstanceOf(WireException.class)
          .hasMessage("payload encoding: gzip (expected: none, since compression is off here)");
    }
  }

  @Test
  void leavesNothingBehindIfTheHeaderDoesNotFit() {
    var leaks = LeakCheck.begin();
    var envelope =
        new Envelope(
            Protocol.TTHEADER, new TTHeader(7, Map.of(), Map.of("large", "x".repeat(70_000))));
    var form = new PayloadForm(false, Compression.GZIP, 1000);

    assertThatThrownBy(
            () ->
                FrameWriter.write(
                    envelope, form, MESSAGE, Text.CODEC, new Text(text(100_000)), LIMITS))
        .isInstanceOf(WireException.class);

    leaks.end(Duration.ofSeconds(10));
  }

  @Test
  void leavesSmallPayloadsAndThoseThatGainNothingAsTheyAre() {
    var form = new PayloadForm(false, Compression.GZIP, 1000);

    assertThat(encoding(write(Protocol.TTHEADER, form, text(900)))).isNull();
    assertThat(encoding(write(Protocol.TTHEADER, form, text(1100)))).isEqualTo("gzip");
    assertThat(encoding(write(Protocol.TTHEADER, new PayloadForm(false, Compression.GZIP, 0), "x")))
        .isNull();
  }

  @Test
  void leavesAsItIsWhatTheReaderWouldTakeForABomb() {
    var form = new PayloadForm(false, Compression.GZIP, 1000);

    try (var small = write(Protocol.TTHEADER, form, "x".repeat(60_000));
        var large = write(Protocol.TTHEADER, form, "x".repeat(1_000_000))) {
      assertThat(small.size()).isLessThan(1000);
      assertThat(large.size()).isGreaterThan(1_000_000);
      assertThat(Envelope.read(small, LIMITS, READS, WireFormats.PLAIN).protocol())
          .isEqualTo(Protocol.TTHEADER);
    }
  }

  @Test
  void refusesABombAtTheRatio() throws IOException {
    var bomb = gzip(10 << 20);
    assertThat(bomb.length).isLessThan(16 << 10);

    assertRefused("gzip", bomb, LIMITS, "more than 100 times its size");
  }

  @Test
  void refusesWhatIsOverTheLimitOfMessages() throws IOException {
    assertRefused("gzip", gzip(60_000), WireLimits.ofMessageBytes(50_000), "more than 50000 bytes");
  }

  @ParameterizedTest
  @EnumSource
  void refusesWhatIsCutOffOrSomethingElse(Compression compression) {
    var name = PayloadCompression.name(compression);
    byte[] whole;
    try (var frame = write(Protocol.TTHEADER, new PayloadForm(false, compression, 0), text(200))) {
      TTHeader.read(frame, LIMITS);
      whole = new byte[frame.size()];
      frame.readBytes(whole, 0, whole.length);
    }

    assertRefused(name, new byte[] {1, 2, 3}, LIMITS, "payload is no " + name);
    assertRefused(name, new byte[0], LIMITS, "payload is no " + name);
    assertRefused(name, Arrays.copyOf(whole, 60), LIMITS, "payload is no " + name);
    assertRefused("snappy", whole, LIMITS, "payload encoding: snappy (expected: gzip or deflate)");
  }

  @Test
  void tellsWhatEachSideReads() {
    var none = new TTHeader(7, Map.of(), Map.of());
    var byDefault = PayloadCompression.announce(none, null);
    var deflateFirst = PayloadCompression.announce(none, Compression.DEFLATE);
    var later = none.with("wh-accept-encoding", "zstd,deflate");

    assertThat(byDefault.stringKeys()).containsEntry("wh-accept-encoding", "gzip,deflate");
    assertThat(deflateFirst.stringKeys()).containsEntry("wh-accept-encoding", "deflate,gzip");
    assertThat(PayloadCompression.announced(none)).isNull();
    assertThat(PayloadCompression.announced(deflateFirst)).isEqualTo(Compression.DEFLATE);
    assertThat(PayloadCompression.announced(later)).isEqualTo(Compression.DEFLATE);
    assertThat(PayloadCompression.isAnnounced(later, Compression.GZIP)).isFalse();
    assertThat(PayloadCompression.isAnnounced(byDefault, Compression.GZIP)).isTrue();
    assertThat(PayloadCompression.isAnnounced(none, Compression.GZIP)).isFalse();
  }

  private static byte[] gzip(int zeros) throws IOException {
    var out = new ByteArrayOutputStream();
    try (var gzip = new GZIPOutputStream(out)) {
      gzip.write(new byte[zeros]);
    }
    return out.toByteArray();
  }

  private static void assertRefused(
      String encoding, byte[] payload, WireLimits limits, String message) {
    var out = new LinkBuffer();
    var header = new TTHeader(7, Map.of(), Map.of("wh-encoding", encoding));
    var length = header.write(out);
    out.writeBytes(payload, 0, payload.length);
    length.setInt(length.bytesAfter());
    try (out) {
      assertThatExceptionOfType(WireException.class)
          .isThrownBy(() -> Envelope.read(out, limits, READS, WireFormats.PLAIN))
          .withMessageContaining(message)
          .satisfies(
              e -> {
                assertThat(e.isCorruptPayload()).isTrue();
                assertThat(e.code()).isEqualTo(ErrorCode.PROTOCOL_ERROR);
              });
    }
  }

  private static @Nullable String encoding(LinkBuffer frame) {
    try (frame) {
      return TTHeader.read(frame, LIMITS).stringKeys().get("wh-encoding");
    }
  }

  private static LinkBuffer write(Protocol protocol, PayloadForm form, String text) {
    var header = new TTHeader(7, Map.of(), Map.of());
    return FrameWriter.write(
        new Envelope(protocol, header), form, MESSAGE, Text.CODEC, new Text(text), LIMITS);
  }
}
