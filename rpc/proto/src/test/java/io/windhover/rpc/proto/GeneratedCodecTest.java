package io.windhover.rpc.proto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.windhover.buffer.LinkBuffer;
import io.windhover.rpc.codec.MalformedMessageException;
import io.windhover.rpc.codec.MessageCodec;
import io.windhover.thrift.ObjectBudget;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

final class GeneratedCodecTest {

  private static final GeneratedCodec<Word> CODEC = GeneratedCodec.of(Word.CODEC);

  private static LinkBuffer hex(String text) {
    return LinkBuffer.wrap(HexFormat.of().parseHex(text));
  }

  @Test
  void readsWhatItWrites() {
    var word = new Word();
    word.text = "hi";
    try (var buffer = new LinkBuffer()) {
      CODEC.write(word, buffer);

      assertThat(CODEC.read(buffer, ObjectBudget.OF_ONE_MESSAGE).text).isEqualTo("hi");
    }
  }

  @Test
  void whatIsNoMessageIsMalformed() {
    try (var buffer = hex("0a0568")) {
      assertThatExceptionOfType(MalformedMessageException.class)
          .isThrownBy(() -> CODEC.read(buffer, ObjectBudget.OF_ONE_MESSAGE))
          .withMessage("test.Word.text: the message ends within a field (at byte 2)");
    }
  }

  @Test
  void whatNoPeerCouldReadIsMalformed() {
    var word = new Word();
    word.text = "\uD800";
    try (var buffer = new LinkBuffer()) {
      assertThatExceptionOfType(MalformedMessageException.class)
          .isThrownBy(() -> CODEC.write(word, buffer))
          .withMessageContaining("half a surrogate pair");
    }
  }

  @Test
  void asksForTheObjectsOfAMessage() {
    try (var buffer = hex("1200".repeat(1_000))) {
      assertThatExceptionOfType(MalformedMessageException.class)
          .isThrownBy(() -> CODEC.read(buffer, (bytes, soFar) -> false))
          .withMessageContaining("take more memory than may be had");
    }
  }

  @Test
  @SuppressWarnings("unchecked") // as a middleware may do it
  void refusesAMessageOfAnotherType() {
    var codec = (MessageCodec<Object>) (MessageCodec<?>) CODEC;
    try (var buffer = new LinkBuffer()) {
      assertThatExceptionOfType(MalformedMessageException.class)
          .isThrownBy(() -> codec.write("text", buffer))
          .withMessage("a java.lang.String (expected: a io.windhover.rpc.proto.Word)");
    }
  }
}
