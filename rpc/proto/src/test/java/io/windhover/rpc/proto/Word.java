package io.windhover.rpc.proto;

import io.windhover.protobuf.ProtoCodec;
import io.windhover.protobuf.ProtoReader;
import io.windhover.protobuf.ProtoWriter;
import io.windhover.protobuf.UnknownFields;
import io.windhover.protobuf.WireType;
import java.util.List;

/// A message as it is generated: a text, and words below it.
final class Word {
  static final Codec CODEC = new Codec();

  String text = "";
  List<Word> below = List.of();

  static final class Codec implements ProtoCodec<Word> {
    @Override
    public String name() {
      return "test.Word";
    }

    @Override
    public String fieldName(int number) {
      return number == 1 ? "text" : "below";
    }

    @Override
    public int fieldCount() {
      return 2;
    }

    @Override
    public Word create() {
      return new Word();
    }

    @Override
    public void mergeFields(Word into, ProtoReader in) {
      for (int tag; (tag = in.tag()) != 0; ) {
        switch (tag) {
          case 1 << 3 | WireType.BYTES -> into.text = in.string();
          case 2 << 3 | WireType.BYTES -> into.below = in.messages(tag, CODEC, into.below);
          default -> {
            var _ = in.unknown(tag, UnknownFields.NONE);
          }
        }
      }
    }

    @Override
    public void writeFields(Word message, ProtoWriter out) {
      if (!message.text.isEmpty()) {
        out.string(1, message.text);
      }
      out.messages(2, CODEC, message.below);
    }
  }
}
