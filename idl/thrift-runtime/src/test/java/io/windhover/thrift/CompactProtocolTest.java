package io.windhover.thrift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.windhover.buffer.LinkBuffer;
import io.windhover.thrift.ThriftProtocolException.Code;
import java.util.Arrays;
import java.util.Random;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/// Single values and headers, with the bytes of the Thrift specification ("Thrift Compact protocol
/// encoding": zigzag, LEB128, field ids by their difference, doubles little-endian).
final class CompactProtocolTest extends LeakTest {

  record Sample(
      String name,
      String hex,
      Object value,
      Consumer<ThriftWriter> write,
      Function<ThriftReader, Object> read) {
    @Override
    public String toString() {
      return name;
    }
  }

  private static final String FIELDS = "11 12 14 02 05 28 01 03 0a ff 1c 16 04 00 12 00";
  private static final UUID ID = UUID.fromString("00112233-4455-6677-8899-aabbccddeeff");
  private static final Binary BYTES = Binary.of(new byte[] {1, -1});

  static Stream<Sample> samples() {
    return Stream.of(
        new Sample("true", "01", true, out -> out.bool(true), ThriftReader::bool),
        new Sample("false", "02", false, out -> out.bool(false), ThriftReader::bool),
        new Sample("i8", "80", (byte) -128, out -> out.i8((byte) -128), ThriftReader::i8),
        i32("00", 0),
        i32("01", -1),
        i32("02", 1),
        i32("7f", -64),
        i32("8001", 64),
        i32("feffffff0f", Integer.MAX_VALUE),
        i32("ffffffff0f", Integer.MIN_VALUE),
        new Sample(
            "i16", "ffff03", Short.MIN_VALUE, out -> out.i16(Short.MIN_VALUE), ThriftReader::i16),
        new Sample(
            "i64",
            "feffffffffffffffff01",
            Long.MAX_VALUE,
            out -> out.i64(Long.MAX_VALUE),
            ThriftReader::i64),
        new Sample(
            "least i64",
            "ffffffffffffffffff01",
            Long.MIN_VALUE,
            out -> out.i64(Long.MIN_VALUE),
            ThriftReader::i64),
        new Sample("double", "000000000000f83f", 1.5, out -> out.f64(1.5), ThriftReader::f64),
        new Sample("string", "02 6869", "hi", out -> out.string("hi"), ThriftReader::string),
        new Sample("empty string", "00", "", out -> out.string(""), ThriftReader::string),
        new Sample(
            "long string",
            "8001" + "61".repeat(128),
            "a".repeat(128),
            out -> out.string("a".repeat(128)),
            ThriftReader::string),
        new Sample("binary", "02 01ff", BYTES, out -> out.binary(BYTES), ThriftReader::binary),
        new Sample(
            "uuid",
            "00112233445566778899aabbccddeeff",
            ID,
            out -> out.uuid(ID),
            ThriftReader::uuid),
        new Sample(
            "empty list",
            "06",
            0,
            out -> out.listBegin(ThriftType.I64, 0),
            in -> in.listBegin(ThriftType.I64)),
        new Sample(
            "list of 14",
            "e5" + "00".repeat(14),
            14,
            out -> begun(14, o -> o.listBegin(ThriftType.I32, 14), out),
            in -> rest(in.listBegin(ThriftType.I32), in)),
        new Sample(
            "set of 15",
            "f3 0f" + "00".repeat(15),
            15,
            out -> begun(15, o -> o.setBegin(ThriftType.I8, 15), out),
            in -> rest(in.setBegin(ThriftType.I8), in)),
        new Sample(
            "empty map",
            "00",
            0,
            out -> out.mapBegin(ThriftType.STRING, ThriftType.I32, 0),
            in -> in.mapBegin(ThriftType.STRING, ThriftType.I32)),
        new Sample(
            "map of 2",
            "02 38 01 00 02 00",
            2,
            out -> {
              out.mapBegin(ThriftType.I8, ThriftType.STRING, 2);
              out.i8((byte) 1);
              out.string("");
              out.i8((byte) 2);
              out.string("");
            },
            in -> {
              int count = in.mapBegin(ThriftType.I8, ThriftType.STRING);
              return rest(2 * count, in) / 2;
            }));
  }

  private static Sample i32(String hex, int value) {
    return new Sample("i32 " + value, hex, value, out -> out.i32(value), ThriftReader::i32);
  }

  private static void begun(int zeros, Consumer<ThriftWriter> begin, ThriftWriter out) {
    begin.accept(out);
    for (int i = 0; i < zeros; i++) {
      out.i8((byte) 0);
    }
  }

  private static int rest(int count, ThriftReader in) {
    for (int i = 0; i < count; i++) {
      in.i8();
    }
    return count;
  }

  static Stream<Arguments> fedSamples() {
    return samples()
        .flatMap(sample -> Arrays.stream(Feed.values()).map(feed -> Arguments.of(sample, feed)));
  }

  @ParameterizedTest
  @MethodSource("samples")
  void writes(Sample sample) {
    try (var buffer = new LinkBuffer()) {
      sample.write.accept(new CompactWriter(buffer));

      assertThat(Feed.drain(buffer)).isEqualTo(Feed.hex(sample.hex));
    }
  }

  @ParameterizedTest
  @MethodSource("fedSamples")
  void reads(Sample sample, Feed feed) {
    try (var buffer = feed.of(sample.hex)) {
      assertThat(sample.read.apply(new CompactReader(buffer))).isEqualTo(sample.value);
      assertThat(buffer.size()).isZero();
    }
  }

  @ParameterizedTest
  @MethodSource("fedSamples")
  void failsWhenBytesAreMissing(Sample sample, Feed feed) {
    var bytes = Feed.hex(sample.hex);
    for (int length = 0; length < bytes.length; length++) {
      try (var buffer = feed.of(Arrays.copyOf(bytes, length))) {
        assertThatThrownBy(() -> sample.read.apply(new CompactReader(buffer)))
            .isInstanceOfSatisfying(
                ThriftProtocolException.class,
                e -> assertThat(e.code()).isEqualTo(Code.INVALID_DATA));
      }
    }
  }

  /// Bools in headers, ids by difference and in full, and a struct that starts from 0 again.
  @Test
  void writesFields() {
    try (var buffer = new LinkBuffer()) {
      var out = new CompactWriter(buffer);
      out.structBegin();
      out.boolField(1, true);
      out.boolField(2, false);
      out.i16Field(3, (short) 1);
      out.i32Field(20, -1);
      out.i8Field(5, (byte) -1);
      out.field(ThriftType.STRUCT, 6);
      out.structBegin();
      out.i64Field(1, 2);
      out.structEnd();
      out.boolField(7, false);
      out.structEnd();

      assertThat(Feed.drain(buffer)).isEqualTo(Feed.hex(FIELDS));
    }
  }

  @ParameterizedTest
  @EnumSource
  void readsFields(Feed feed) {
    try (var buffer = feed.of(FIELDS)) {
      var in = new CompactReader(buffer);
      in.structBegin();
      assertThat(in.fieldHeader()).isEqualTo(1 << 8 | ThriftType.BOOL);
      assertThat(in.bool()).isTrue();
      assertThat(in.fieldHeader()).isEqualTo(2 << 8 | ThriftType.BOOL);
      assertThat(in.bool()).isFalse();
      assertThat(in.fieldHeader()).isEqualTo(3 << 8 | ThriftType.I16);
      assertThat(in.i16()).isEqualTo((short) 1);
      assertThat(in.fieldHeader()).isEqualTo(20 << 8 | ThriftType.I32);
      assertThat(in.i32()).isEqualTo(-1);
      assertThat(in.fieldHeader()).isEqualTo(5 << 8 | ThriftType.I8);
      assertThat(in.i8()).isEqualTo((byte) -1);
      assertThat(in.fieldHeader()).isEqualTo(6 << 8 | ThriftType.STRUCT);
      in.structBegin();
      assertThat(in.fieldHeader()).isEqualTo(1 << 8 | ThriftType.I64);
      assertThat(in.i64()).isEqualTo(2);
      assertThat(in.fieldHeader()).isZero();
      in.structEnd();
      assertThat(in.fieldHeader()).isEqualTo(7 << 8 | ThriftType.BOOL);
      assertThat(in.bool()).isFalse();
      assertThat(in.fieldHeader()).isZero();
      in.structEnd();

      assertThat(buffer.size()).isZero();
    }
  }

  @ParameterizedTest
  @EnumSource
  void keepsUnknownFieldsForEitherProtocol(Feed feed) {
    // bool, list of bools, map, struct, empty map, double, uuid, an id in full
    var unknown =
        "a1 19 21 01 02 1b 01 85 01 6b 02 1c 11 00 1b 00 17 000000000000f83f"
            + "1d 00112233445566778899aabbccddeeff 06 d00f 01";
    var expected =
        "02000a01 0f000b02000000020100 0d000c0b0800000001 00000001 6b 00000001"
            + "0c000d 020001 01 00 0d000e0303 00000000 04000f 3ff8000000000000"
            + "100010 00112233445566778899aabbccddeeff 0a03e8 ffffffffffffffff";
    try (var buffer = feed.of(unknown + "00");
        var binary = new LinkBuffer();
        var compact = new LinkBuffer()) {
      var in = new CompactReader(buffer);
      var fields = UnknownFields.NONE;
      in.structBegin();
      for (int header; (header = in.fieldHeader()) != 0; ) {
        fields = in.unknown(header, fields);
      }
      in.structEnd();
      new BinaryWriter(binary).unknown(fields);
      new CompactWriter(compact).unknown(fields);

      assertThat(Feed.drain(binary)).isEqualTo(Feed.hex(expected));
      assertThat(Feed.drain(compact)).isEqualTo(Feed.hex(unknown));
    }
  }

  @ParameterizedTest
  @EnumSource
  void skipsWhatItCanCopy(Feed feed) {
    var random = new Random(17);
    for (int i = 0; i < 200; i++) {
      try (var buffer = new LinkBuffer()) {
        new RandomStruct(random, new CompactWriter(buffer)).struct(4);
        var bytes = Feed.drain(buffer);
        try (var whole = feed.of(bytes);
            var cut = feed.of(Arrays.copyOf(bytes, bytes.length - 1))) {
          new CompactReader(whole).skip(ThriftType.STRUCT);
          assertThat(whole.size()).isZero();
          assertThatThrownBy(() -> new CompactReader(cut).skip(ThriftType.STRUCT))
              .isInstanceOf(ThriftProtocolException.class);
        }
      }
    }
  }
}
