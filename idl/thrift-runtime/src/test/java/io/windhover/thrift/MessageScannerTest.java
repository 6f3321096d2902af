package io.windhover.thrift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.windhover.buffer.LinkBuffer;
import io.windhover.thrift.ThriftProtocolException.Code;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class MessageScannerTest extends LeakTest {

  private static final String HEADER = "80010001 00000001 78 00000001";
  private static final int HEADER_BYTES = 13;

  private final MessageScanner scanner = new MessageScanner(16 << 20);

  @Test
  void findsTheEndAtTheLastByteAndNotBefore() {
    for (var message : new String[] {MessageTest.E1, MessageTest.E3}) {
      var bytes = Feed.hex(message);
      try (var input = new LinkBuffer()) {
        for (int i = 0; i < bytes.length - 1; i++) {
          input.writeByte(bytes[i]);
          assertThat(scanner.messageBytes(input)).as("after %s bytes", i + 1).isZero();
        }
        input.writeByte(bytes[bytes.length - 1]);

        assertThat(scanner.messageBytes(input)).isEqualTo(bytes.length);
      }
    }
  }

  @Test
  void findsOneMessageAfterAnother() {
    try (var input = Feed.RANDOM_SPLITS.of(MessageTest.E1 + MessageTest.E3 + MessageTest.E1)) {
      for (int expected : new int[] {30, 44, 30}) {
        int size = scanner.messageBytes(input);
        assertThat(size).isEqualTo(expected);
        input.skip(size);
      }
      assertThat(scanner.messageBytes(input)).isZero();
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4})
  void findsTheEndsOfRandomMessages(long seed) {
    var random = new Random(seed);
    try (var input = new LinkBuffer()) {
      for (int message = 0; message < 200; message++) {
        var whole = new LinkBuffer();
        new MessageHeader(MessageHeader.CALL, "m".repeat(random.nextInt(20)), message).write(whole);
        new RandomStruct(random, new BinaryWriter(whole)).struct(6);
        int expected = whole.size();
        while (whole.size() > 0) {
          assertThat(scanner.messageBytes(input)).as("seed %s, message %s", seed, message).isZero();
          input.append(whole.slice(Math.min(whole.size(), 1 + random.nextInt(40))));
        }

        assertThat(scanner.messageBytes(input))
            .as("seed %s, message %s", seed, message)
            .isEqualTo(expected);
        input.skip(expected);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4})
  void skipsRandomValuesToTheirEnds(long seed) {
    var random = new Random(seed);
    for (int round = 0; round < 500; round++) {
      try (var buffer = new LinkBuffer()) {
        var values = new RandomStruct(random, new BinaryWriter(buffer));
        int type = values.type(6);
        values.value(type, 6);
        buffer.writeInt(0x600df00d);
        new BinaryReader(buffer).skip(type);

        assertThat(buffer.size()).as("seed %s, round %s", seed, round).isEqualTo(4);
        assertThat(buffer.readInt()).isEqualTo(0x600df00d);
      }
    }
  }

  @Test
  void refusesAMessageOverTheLimitAsSoonAsItsLengthIsKnownRow51c() {
    var limited = new MessageScanner(100);
    try (var fits = Feed.WHOLE.of(HEADER + "0b0001 0000004f" + "61".repeat(79) + "00");
        var tooLong = Feed.WHOLE.of(HEADER + "0b0001 00000051");
        var tooMany = Feed.WHOLE.of(HEADER + "0f0001 0a 00000020")) {
      assertThat(limited.messageBytes(fits)).isEqualTo(100);
      assertThatThrownBy(() -> limited.messageBytes(tooLong))
          .isInstanceOfSatisfying(
              ThriftProtocolException.class, e -> assertThat(e.code()).isEqualTo(Code.SIZE_LIMIT));
      assertThatThrownBy(() -> new MessageScanner(100).messageBytes(tooMany))
          .isInstanceOf(ThriftProtocolException.class)
          .hasMessage("32 elements of at least 8 bytes in 79 bytes");
    }
  }

  @Test
  void refusesFieldsWithoutEndAtTheLimitRow51c() {
    var limited = new MessageScanner(1000);
    try (var input = Feed.WHOLE.of(HEADER)) {
      assertThatThrownBy(
              () -> {
                while (input.size() < 2000) {
                  limited.messageBytes(input);
                  input.writeBits(0x03000100, 4);
                }
              })
          .isInstanceOfSatisfying(
              ThriftProtocolException.class, e -> assertThat(e.code()).isEqualTo(Code.SIZE_LIMIT));
      assertThat(input.size()).isBetween(990, 1010);
    }
  }

  /// How deep is too deep is for the reader to say, who knows which containers are the IDL's own.
  @Test
  void passesWhatTheReaderMayRead() {
    var listsOfStructs = "0f0001 0c 00000001".repeat(63) + "00".repeat(64);
    try (var deepest = Feed.WHOLE.of(HEADER + listsOfStructs)) {
      assertThat(scanner.messageBytes(deepest)).isEqualTo(HEADER_BYTES + 63 * 8 + 64);
    }
  }

  @Test
  void refusesLevelsWithoutEndRow47() {
    try (var tooDeep = Feed.WHOLE.of(HEADER + "0c0001".repeat(256))) {
      assertThatThrownBy(() -> scanner.messageBytes(tooDeep))
          .isInstanceOfSatisfying(
              ThriftProtocolException.class, e -> assertThat(e.code()).isEqualTo(Code.DEPTH_LIMIT));
    }
  }

  @Test
  void refusesNegativeSizesRow43() {
    try (var input = Feed.WHOLE.of(HEADER + "0b0001 ffffffff")) {
      assertThatThrownBy(() -> scanner.messageBytes(input))
          .isInstanceOfSatisfying(
              ThriftProtocolException.class,
              e -> assertThat(e.code()).isEqualTo(Code.NEGATIVE_SIZE));
    }
  }
}
