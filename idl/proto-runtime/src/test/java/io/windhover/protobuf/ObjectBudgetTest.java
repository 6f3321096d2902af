package io.windhover.protobuf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.windhover.buffer.LinkBuffer;
import io.windhover.protobuf.ProtoException.Code;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ObjectBudgetTest {
  private static final int EMPTIES = 50_000;

  @Test
  void asksBeforeObjectsAreMadeOutOfProportion() {
    byte[] bytes = empty(4); // messages

    assertThat(asked(bytes)).isBetween(3_000_000L, 10_000_000L);
    try (var in = LinkBuffer.wrap(bytes)) {
      assertThatExceptionOfType(ProtoException.class)
          .isThrownBy(() -> Node.CODEC.read(in, (count, soFar) -> soFar + count < 1_000_000))
          .matches(it -> it.code() == Code.SIZE_LIMIT)
          .withMessageContaining("test.Node.children");
      assertThat(in.size()).isEqualTo(bytes.length);
    }
  }

  @Test
  void asksForTheValuesOfEntriesThatHaveNone() {
    assertThat(asked(empty(10)))
        .isGreaterThan(EMPTIES * (ObjectBytes.ENTRY + ObjectBytes.message(12)) - 2 * EMPTIES);
  }

  @Test
  void asksForListsAndMapsThemselves() {
    byte[] bytes = new byte[9 * 5_000]; // messages with two lists and a map of one element each
    for (int i = 0; i < bytes.length; i += 9) {
      byte[] message = HexFormat.of().parseHex("22072a010722003200");
      System.arraycopy(message, 0, bytes, i, message.length);
    }

    assertThat(asked(bytes))
        .isGreaterThan(
            5_000L * (2 * ObjectBytes.message(12) + 2 * ObjectBytes.LIST + ObjectBytes.HASH_TABLE));
  }

  @Test
  void asksForTheUnknownFieldsOfEachMessage() {
    byte[] bytes = HexFormat.of().parseHex("22027800".repeat(5_000));
    byte[] empty = HexFormat.of().parseHex("2200".repeat(5_000));

    assertThat(asked(bytes))
        .isGreaterThan(asked(empty) + 5_000L * ObjectBytes.UNKNOWN - 2L * bytes.length);
  }

  @Test
  void asksForNumbersThatAnOpenEnumDoesNotHave() {
    int numbers = 1 << 14;
    byte[] bytes = HexFormat.of().parseHex("0a808001" + "7f".repeat(numbers));

    assertThat(asked(Kinds.CODEC, bytes))
        .isGreaterThan(
            (long) numbers * (ObjectBytes.ELEMENT + ObjectBytes.UNKNOWN_NUMBER)
                - 2L * bytes.length);
  }

  @ParameterizedTest
  @ValueSource(strings = {"e4b896", "ff"}) // a letter beyond Latin-1, and none
  void asksForTextsThatTakeTwoBytesForEachLetter(String odd) {
    int count = 1 << 20;
    byte[] plain = HexFormat.of().parseHex("4a808040" + "61".repeat(count));
    byte[] mixed = plain.clone();
    byte[] letter = HexFormat.of().parseHex(odd);
    System.arraycopy(letter, 0, mixed, mixed.length - letter.length, letter.length);

    assertThat(asked(plain)).isZero();
    assertThat(asked(mixed)).isGreaterThan(count - (16 << 10));
  }

  @Test
  void asksForTheCopyOfAMessageInSeveralNodes() {
    int count = 1 << 20;
    byte[] bytes = HexFormat.of().parseHex("12808040" + "61".repeat(count));
    var in = LinkBuffer.wrap(Arrays.copyOf(bytes, count / 2));
    in.append(LinkBuffer.wrap(Arrays.copyOfRange(bytes, count / 2, bytes.length)));

    assertThat(asked(Node.CODEC, in)).isGreaterThan(asked(bytes) + count - (16 << 10));
  }

  /// Fields of a number, with a length of 0.
  private static byte[] empty(int number) {
    byte[] bytes = new byte[2 * EMPTIES];
    for (int i = 0; i < bytes.length; i += 2) {
      bytes[i] = (byte) (number << 3 | WireType.BYTES);
    }
    return bytes;
  }

  /// Returns how many bytes are asked for besides those of the message.
  private static long asked(byte[] bytes) {
    return asked(Node.CODEC, bytes);
  }

  private static long asked(ProtoCodec<?> codec, byte[] bytes) {
    return asked(codec, LinkBuffer.wrap(bytes));
  }

  /// @param message is released
  private static long asked(ProtoCodec<?> codec, LinkBuffer message) {
    long[] asked = {0};
    try (var in = message) {
      var _ =
          codec.read(
              in,
              (count, soFar) -> {
                asked[0] = soFar + count;
                return true;
              });
    }
    return asked[0];
  }

  /// A message of one field, a list of an open enum.
  private record Kinds(List<Kind> list) {
    static final ProtoCodec<Kinds> CODEC =
        new ProtoCodec<>() {
          @Override
          public String name() {
            return "test.Kinds";
          }

          @Override
          public String fieldName(int number) {
            return "kinds";
          }

          @Override
          public int fieldCount() {
            return 1;
          }

          @Override
          public Kinds create() {
            return new Kinds(new ArrayList<>());
          }

          @Override
          public void mergeFields(Kinds into, ProtoReader in) {
            for (int tag; (tag = in.tag()) != 0; ) {
              var _ = in.enums(tag, Kind.TYPE, into.list);
            }
          }

          @Override
          public void writeFields(Kinds message, ProtoWriter out) {
            out.packedEnums(1, message.list);
          }
        };
  }

  /// An open enum without constants.
  private record Kind(int value) implements ProtoEnum {
    static final EnumType<Kind> TYPE = EnumType.of(Kind::new);
  }
}
