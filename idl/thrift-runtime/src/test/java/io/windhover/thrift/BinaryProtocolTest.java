package io.windhover.thrift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.windhover.buffer.LinkBuffer;
import io.windhover.thrift.ThriftProtocolException.Code;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Single values and headers, with the bytes of the Thrift specification ("Thrift Binary protocol
/// encoding": big-endian, two's complement, IEEE 754, length-prefixed UTF-8).
final class BinaryProtocolTest extends LeakTest {

  record Sample(
      String name,
      String hex,
      Object value,
      Consumer<BinaryWriter> write,
      Function<BinaryReader, Object> read) {
    @Override
    public String toString() {
      return name;
    }
  }

  record Fed(Sample sample, Feed feed) {}

  private static final UUID ID = UUID.fromString("00112233-4455-6677-8899-aabbccddeeff");
  private static final Binary BYTES = Binary.of(new byte[] {1, -1});

  static Stream<Sample> values() {
    return Stream.of(
        new Sample("true", "01", true, out -> out.bool(true), BinaryReader::bool),
        new Sample("false", "00", false, out -> out.bool(false), BinaryReader::bool),
        new Sample("i8", "80", (byte) -128, out -> out.i8((byte) -128), BinaryReader::i8),
        new Sample(
            "i16", "8001", (short) 0x8001, out -> out.i16((short) 0x8001), BinaryReader::i16),
        new Sample("i32", "fffffffe", -2, out -> out.i32(-2), BinaryReader::i32),
        new Sample(
            "i64",
            "8000000000000001",
            Long.MIN_VALUE + 1,
            out -> out.i64(Long.MIN_VALUE + 1),
            BinaryReader::i64),
        new Sample("double", "3ff8000000000000", 1.5, out -> out.f64(1.5), BinaryReader::f64),
        new Sample(
            "negative zero", "8000000000000000", -0.0, out -> out.f64(-0.0), BinaryReader::f64),
        new Sample(
            "NaN (row 51b)",
            "7ff8000000000000",
            Double.NaN,
            out -> out.f64(Double.NaN),
            BinaryReader::f64),
        new Sample("string", "00000002 6869", "hi", out -> out.string("hi"), BinaryReader::string),
        new Sample("empty string", "00000000", "", out -> out.string(""), BinaryReader::string),
        new Sample(
            "UTF-8 string",
            "00000003 e282ac",
            "\u20ac",
            out -> out.string("\u20ac"),
            BinaryReader::string),
        new Sample(
            "binary", "00000002 01ff", BYTES, out -> out.binary(BYTES), BinaryReader::binary),
        new Sample(
            "empty binary",
            "00000000",
            Binary.EMPTY,
            out -> out.binary(Binary.EMPTY),
            BinaryReader::binary),
        new Sample(
            "uuid",
            "00112233445566778899aabbccddeeff",
            ID,
            out -> out.uuid(ID),
            BinaryReader::uuid),
        new Sample(
            "empty list",
            "0a 00000000",
            0,
            out -> out.listBegin(ThriftType.I64, 0),
            in -> in.listBegin(ThriftType.I64)),
        new Sample(
            "empty set",
            "0b 00000000",
            0,
            out -> out.setBegin(ThriftType.STRING, 0),
            in -> in.setBegin(ThriftType.STRING)),
        new Sample(
            "empty map",
            "0b08 00000000",
            0,
            out -> out.mapBegin(ThriftType.STRING, ThriftType.I32, 0),
            in -> in.mapBegin(ThriftType.STRING, ThriftType.I32)),
        new Sample(
            "bool field",
            "02 0001 01",
            true,
            out -> out.boolField(1, true),
            field(1, ThriftType.BOOL, BinaryReader::bool)),
        new Sample(
            "i8 field",
            "03 7fff ff",
            (byte) -1,
            out -> out.i8Field(0x7fff, (byte) -1),
            field(0x7fff, ThriftType.I8, BinaryReader::i8)),
        new Sample(
            "i16 field",
            "06 0002 ffff",
            (short) -1,
            out -> out.i16Field(2, (short) -1),
            field(2, ThriftType.I16, BinaryReader::i16)),
        new Sample(
            "i32 field",
            "08 0003 ffffffff",
            -1,
            out -> out.i32Field(3, -1),
            field(3, ThriftType.I32, BinaryReader::i32)),
        new Sample(
            "i64 field",
            "0a 0004 ffffffffffffffff",
            -1L,
            out -> out.i64Field(4, -1L),
            field(4, ThriftType.I64, BinaryReader::i64)),
        new Sample(
            "double field",
            "04 0005 bff0000000000000",
            -1.0,
            out -> out.f64Field(5, -1.0),
            field(5, ThriftType.DOUBLE, BinaryReader::f64)),
        new Sample(
            "string field",
            "0b 0006 00000002 6869",
            "hi",
            out -> out.stringField(6, "hi"),
            field(6, ThriftType.STRING, BinaryReader::string)),
        new Sample(
            "binary field",
            "0b 0007 00000002 01ff",
            BYTES,
            out -> out.binaryField(7, BYTES),
            field(7, ThriftType.STRING, BinaryReader::binary)),
        new Sample(
            "uuid field",
            "10 0008 00112233445566778899aabbccddeeff",
            ID,
            out -> out.uuidField(8, ID),
            field(8, ThriftType.UUID, BinaryReader::uuid)),
        new Sample(
            "negative field id",
            "08 ffff 00000001",
            1,
            out -> out.i32Field(-1, 1),
            field(-1, ThriftType.I32, BinaryReader::i32)),
        new Sample(
            "field header",
            "0f 0009",
            9 << 8 | 15,
            out -> out.field(ThriftType.LIST, 9),
            BinaryReader::fieldHeader),
        new Sample(
            "end of a struct",
            "00",
            0,
            out -> {
              out.structBegin();
              out.structEnd();
            },
            BinaryReader::fieldHeader));
  }

  private static Function<BinaryReader, Object> field(
      int id, int type, Function<BinaryReader, Object> value) {
    return in -> {
      int header = in.fieldHeader();
      assertThat(header).isEqualTo(id << 8 | type);
      return value.apply(in);
    };
  }

  static Stream<Fed> fedValues() {
    return values()
        .flatMap(sample -> Arrays.stream(Feed.values()).map(feed -> new Fed(sample, feed)));
  }

  @ParameterizedTest
  @MethodSource("values")
  void writes(Sample sample) {
    try (var buffer = new LinkBuffer()) {
      sample.write.accept(new BinaryWriter(buffer));

      assertThat(Feed.drain(buffer)).isEqualTo(Feed.hex(sample.hex));
    }
  }

  @ParameterizedTest
  @MethodSource("fedValues")
  void reads(Fed fed) {
    try (var buffer = fed.feed.of(fed.sample.hex)) {
      assertThat(fed.sample.read.apply(new BinaryReader(buffer))).isEqualTo(fed.sample.value);
      assertThat(buffer.size()).isZero();
    }
  }

  @ParameterizedTest
  @MethodSource("fedValues")
  void failsWhenBytesAreMissing(Fed fed) {
    var bytes = Feed.hex(fed.sample.hex);
    for (int length = 0; length < bytes.length; length++) {
      try (var buffer = fed.feed.of(Arrays.copyOf(bytes, length))) {
        assertThatThrownBy(() -> fed.sample.read.apply(new BinaryReader(buffer)))
            .isInstanceOfSatisfying(
                ThriftProtocolException.class,
                e -> assertThat(e.code()).isEqualTo(Code.INVALID_DATA));
      }
    }
  }

  @Test
  void anyByteButZeroIsTrueRow51b() {
    assertThat(new BinaryReader(Feed.WHOLE.of("02")).bool()).isTrue();
    assertThat(new BinaryReader(Feed.WHOLE.of("ff")).bool()).isTrue();
  }

  @Test
  void typesOfAnEmptyMapDoNotMatter() {
    var in = new BinaryReader(Feed.WHOLE.of("0000 00000000 0000 00000000"));

    assertThat(in.mapBegin(ThriftType.STRING, ThriftType.I32)).isZero();
    in.skip(ThriftType.MAP);
  }

  @Test
  void skipsMapsOfOtherTypes() {
    for (var hex : List.of("0b0b 00000001 00000000 00000000", "0808 00000001 00000000 00000000")) {
      for (var feed : Feed.values()) {
        try (var buffer = feed.of("0d0001" + hex + "00")) {
          var in = new BinaryReader(buffer);
          in.structBegin();
          in.fieldHeader();

          assertThat(in.mapBegin(ThriftType.STRING, ThriftType.I32)).isEqualTo(-1);
          assertThat(in.fieldHeader()).isZero();
          in.structEnd();
          assertThat(buffer.size()).isZero();
        }
      }
    }
  }

  @Test
  void leavesNoStackTraceAndSaysWhatIsMissing() {
    var e = ThriftProtocolException.missing("Order", "id");

    assertThat(e).hasMessage("Order.id is required and not set");
    assertThat(e.getStackTrace()).isEmpty();
  }
}
