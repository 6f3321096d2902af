package io.windhover.http2.hpack;

import static io.windhover.http2.hpack.Blocks.content;
import static io.windhover.http2.hpack.Blocks.decode;
import static io.windhover.http2.hpack.Blocks.decodeByBytes;
import static io.windhover.http2.hpack.Blocks.fields;
import static io.windhover.http2.hpack.Blocks.hex;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import io.windhover.buffer.LinkBuffer;
import io.windhover.http2.hpack.Blocks.Decoded;
import io.windhover.http2.hpack.HpackException.Code;
import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class HeaderDecoderTest {

  private static final HeaderField GET = new HeaderField(":method", "GET");
  private static final HeaderField AB = new HeaderField("a", "b");

  private static final String ADD_AB = "40 0161 0162"; // 34 bytes of the table
  private static final String NEWEST = "be"; // index 62

  private final HeaderDecoder decoder = new HeaderDecoder(HeaderLimits.GRPC);

  @Test
  void readsAnEmptyBlock() {
    assertThat(decode(decoder, new byte[0])).isEqualTo(new Decoded(List.of(), true));
  }

  @Test
  void givesFieldsOfTablesAsTheSameObjects() {
    var added = fields(decoder, ADD_AB).getFirst();

    assertThat(fields(decoder, NEWEST).getFirst()).isSameAs(added);
    assertThat(fields(decoder, "82").getFirst()).isSameAs(StaticTable.get(2));
  }

  @Test
  void takesNamesFromTables() {
    fields(decoder, ADD_AB);

    assertThat(fields(decoder, "7e 0163  0f2f 0164  1f2f 0165"))
        .containsExactly(
            new HeaderField("a", "c"), new HeaderField("a", "d"), new HeaderField("a", "e", true));
  }

  @Test
  void takesTheNameOfTheFieldThatItsOwnPushesOut() {
    fields(decoder, "3f02 " + ADD_AB); // a table of 33 bytes has no room for it
    fields(decoder, "3f03 " + ADD_AB); // one of 34 has

    assertThat(fields(decoder, "7e 0163")).containsExactly(new HeaderField("a", "c"));
    assertThat(fields(decoder, NEWEST)).containsExactly(new HeaderField("a", "c"));
  }

  @Test
  void keepsOctetsAsTheyAre() {
    assertThat(fields(decoder, "00 0241c3 0300ffa9"))
        .containsExactly(new HeaderField("A\u00c3", "\0\u00ff\u00a9"));
  }

  @Test
  void leavesWhatIsBehindTheBlock() {
    try (var buffer = LinkBuffer.wrap(hex("82 84 ff"))) {
      decoder.decode(buffer, 1, field -> assertThat(field).isEqualTo(GET));

      assertThat(buffer.size()).isEqualTo(2);
      assertThatThrownBy(() -> decoder.decode(buffer, 3, _ -> {}))
          .isInstanceOf(IndexOutOfBoundsException.class);
    }
  }

  /// Blocks that end the connection; some are row 14 of the bad inputs.
  enum Malformed {
    INDEX_OF_0("80", "index: 0 (expected: 1..61)"),
    INDEX_BEYOND_THE_TABLES("c6", "index: 70 (expected: 1..61)"),
    INDEX_BEYOND_THE_LAST_FIELD(ADD_AB + "bf", "index: 63 (expected: 1..62)"),
    NAME_BEYOND_THE_TABLES("7f00 0162", "index: 63 (expected: 1..61)"),
    HUGE_INDEX("ff 80ffffff07", "index: 2147483647 (expected: 1..61)"),
    INDEX_THAT_OVERFLOWS("ff ffffffff0f", "integer: "),
    INTEGER_OF_TEN_MORE_OCTETS("ff 8080808080808080808000", "integer: does not end"),
    INTEGER_CUT_OFF("ff 80", "header block: ends within a field"),
    NAME_MISSING("40", "header block: ends within a field"),
    VALUE_MISSING("40 0161", "header block: ends within a field"),
    NAME_CUT_OFF("40 0561", "text of 5 octets (expected: 0..1, "),
    VALUE_CUT_OFF("41 0561", "text of 5 octets (expected: 0..1, "),
    VALUE_OF_2_GIB("41 7f 80ffffff07", "text of 2147483647 octets (expected: 0..0, "),
    VALUE_LONGER_THAN_2_GIB("41 7f ffffffff0f", "integer: "),
    PADDING_OF_EIGHT_BITS("41 8207ff", "Huffman code: padding"),
    PADDING_OF_ZEROS("41 8100", "Huffman code: padding"),
    END_OF_STRING("41 84 ffffffff", "Huffman code: has the symbol EOS"),
    SIZE_UPDATE_BEHIND_A_FIELD("82 20", "update of the table's size: behind a field"),
    SIZE_UPDATE_ABOVE_THE_SETTING("3fe21f", "update of the table's size: 4097 (expected: 0..4096)"),
    THREE_SIZE_UPDATES("20 21 22", "updates of the table's size: more than two");

    final String hex;
    final String message;

    Malformed(String hex, String message) {
      this.hex = hex;
      this.message = message;
    }
  }

  @ParameterizedTest
  @EnumSource
  void refuses(Malformed malformed) {
    assertMalformed(() -> decode(decoder, hex(malformed.hex)), malformed.message);
  }

  @ParameterizedTest
  @EnumSource
  void refusesFromNodesOfOneByte(Malformed malformed) {
    assertMalformed(() -> decodeByBytes(decoder, hex(malformed.hex)), malformed.message);
  }

  private static void assertMalformed(Runnable decoding, String message) {
    var thrown = catchThrowableOfType(HpackException.class, decoding::run);

    assertThat(thrown).hasMessageStartingWith(message);
    assertThat(thrown.code()).isEqualTo(Code.COMPRESSION_ERROR);
    assertThat(thrown.getStackTrace()).isEmpty();
  }

  @Test
  void emptiesTheTableByAnUpdateToZero() {
    fields(decoder, ADD_AB);

    fields(decoder, "20 3fe11f"); // and back to 4,096

    assertMalformed(() -> fields(decoder, NEWEST), "index: 62 (expected: 1..61)");
  }

  @Test
  void asksForAnUpdateOnceASmallerTableIsAcknowledged() {
    var small = new HeaderDecoder(new HeaderLimits(100, 8_192, 100));
    fields(small, ADD_AB + ADD_AB); // the SETTINGS may not have arrived yet

    small.tableBytesAcknowledged();

    assertMalformed(() -> fields(small, NEWEST), "update of the table's size: none");
    assertMalformed(() -> fields(small, "3f46 82"), "update of the table's size: 101");
    assertThat(fields(small, "3f45 bf")).containsExactly(AB);
    assertThat(fields(small, NEWEST)).containsExactly(AB);
  }

  @Test
  void takesALargerTableWhenThePeerSaysSo() {
    var large = new HeaderDecoder(new HeaderLimits(8_192, 8_192, 100));

    fields(large, "3fe13f " + ADD_AB.repeat(240)); // 8,192

    assertThat(fields(large, "ffae01")).containsExactly(AB); // index 301, the 240th
  }

  // ---- lists over the limit

  /// Row 11 of the bad inputs.
  @Test
  void readsAListOverTheLimitToItsEndForRow11() {
    var small = new HeaderDecoder(new HeaderLimits(4_096, 100, 100));

    var tooLarge = decode(small, hex("82 84 87" + ADD_AB + "40 0163 0164"));

    assertThat(tooLarge.isWithinLimits()).isFalse();
    assertThat(tooLarge.fields()).hasSize(2); // 42, 38 and 43 bytes
    assertThat(decode(small, hex("be bf")))
        .isEqualTo(new Decoded(List.of(new HeaderField("c", "d"), AB), true));
  }

  @Test
  void countsFieldsForRow11() {
    var small = new HeaderDecoder(new HeaderLimits(4_096, 8_192, 2));

    assertThat(decode(small, hex("82 84"))).extracting(Decoded::isWithinLimits).isEqualTo(true);
    assertThat(decode(small, hex("82 84 87" + ADD_AB)).isWithinLimits()).isFalse();
    assertThat(fields(small, NEWEST)).containsExactly(AB);
  }

  @Test
  void takesAListOfExactlyTheLimit() {
    assertThat(decode(limitedTo(42 + 38), hex("82 84")).isWithinLimits()).isTrue();
    assertThat(decode(limitedTo(42 + 38 - 1), hex("82 84")).isWithinLimits()).isFalse();
  }

  @Test
  void endsTheConnectionAtFourTimesTheLimitForRow11() {
    assertThat(decode(limitedTo(42), hex("82".repeat(4))).isWithinLimits()).isFalse();
    assertExcessive(() -> decode(limitedTo(42), hex("82".repeat(5))));
  }

  /// Row 12: a field of 4 KiB and 16,384 times its index.
  @Test
  void endsABombOfOneLargeFieldForRow12() {
    int valueBytes = HeaderLimits.DEFAULT_TABLE_BYTES - HeaderField.OVERHEAD_BYTES - "a".length();
    var block = join(hex("40 0161"), text(false, filled('x', valueBytes)), filled(0xbe, 16_384));
    var bytes = new AtomicInteger();

    assertExcessive(block, field -> bytes.addAndGet(field.size()));
    assertThat(bytes).hasValue(HeaderLimits.GRPC.listBytes());
  }

  /// Row 13: 100,000 fields of an octet each.
  @Test
  void endsABombOfTinyFieldsForRow13() {
    var fields = new AtomicInteger();

    assertExcessive(filled(0x82, 100_000), _ -> fields.incrementAndGet());
    assertThat(fields).hasValue(HeaderLimits.GRPC.fields());
  }

  @Test
  void makesNoTextThatIsBeyondTheWorkItDoes() {
    int most = HeaderDecoder.EXCESS * HeaderLimits.GRPC.listBytes();
    var plain = join(hex("00 0161"), text(false, filled('x', most + 1)));
    var huffman = join(hex("00 0161"), text(true, new byte[most])); // zeros: 8/5 as many

    for (var block : List.of(plain, huffman)) {
      assertThatThrownBy(() -> decode(decoder, block))
          .isInstanceOf(HpackException.class)
          .hasMessage("name or value of more than 32768 bytes");
    }
  }

  /// Row 14: nothing takes more time for its size than symbols of five bits.
  @Test
  void readsAMebibyteInTimeForRow14() {
    var generous = new HeaderDecoder(new HeaderLimits(4_096, 4 << 20, 100));
    var block = join(hex("00 0161"), text(true, new byte[1_048_560]));

    var decoded = assertTimeout(Duration.ofSeconds(5), () -> decode(generous, block));

    assertThat(decoded.fields().getFirst().value()).hasSize(1_048_560 * 8 / 5);
  }

  private static HeaderDecoder limitedTo(int listBytes) {
    return new HeaderDecoder(new HeaderLimits(4_096, listBytes, 100));
  }

  private static byte[] filled(int value, int count) {
    var bytes = new byte[count];
    Arrays.fill(bytes, (byte) value);
    return bytes;
  }

  private static byte[] text(boolean isHuffman, byte[] octets) {
    try (var out = new LinkBuffer()) {
      PrefixInteger.write(isHuffman ? 0x80 : 0, 7, octets.length, out);
      out.writeBytes(octets, 0, octets.length);
      return content(out);
    }
  }

  private static byte[] join(byte[]... parts) {
    var joined = new ByteArrayOutputStream();
    for (var part : parts) {
      joined.writeBytes(part);
    }
    return joined.toByteArray();
  }

  private void assertExcessive(byte[] block, Consumer<HeaderField> to) {
    try (var buffer = LinkBuffer.wrap(block)) {
      assertExcessive(() -> decoder.decode(buffer, buffer.size(), to));
    }
  }

  private static void assertExcessive(Runnable decoding) {
    var thrown = catchThrowableOfType(HpackException.class, decoding::run);

    assertThat(thrown).hasMessageStartingWith("header list of more than ");
    assertThat(thrown.code()).isEqualTo(Code.ENHANCE_YOUR_CALM);
  }
}
