package io.windhover.protobuf;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// A message as it is generated, written by hand.
final class Node {
  static final Codec CODEC = new Codec();

  private static final MapType<String, Long> COUNTS = MapType.of(ValueType.STRING, ValueType.INT64);

  private static final MapType<Integer, Node> NODES =
      MapType.of(ValueType.INT32, ValueType.message(() -> CODEC));

  /// The number of a field whose tag takes all bits of an int.
  private static final int KIND = 1 << 28;

  int id;
  String text = "";
  @Nullable Node child;
  List<Node> children = List.of();
  List<Integer> numbers = List.of();
  Map<String, Long> counts = Map.of();
  @Nullable Node group;
  List<Integer> fixed = List.of();
  @Nullable String lenient;
  Map<Integer, Node> nodes = Map.of();
  List<Double> doubles = List.of();
  @Nullable Kind kind;
  UnknownFields unknownFields = UnknownFields.NONE;

  Node child() {
    return Objects.requireNonNull(child);
  }

  Node group() {
    return Objects.requireNonNull(group);
  }

  /// A closed enum.
  enum Kind implements ProtoEnum {
    PLAIN;

    @Override
    public int value() {
      return 0;
    }
  }

  static final class Codec implements ProtoCodec<Node> {
    @Override
    public String name() {
      return "test.Node";
    }

    @Override
    public String fieldName(int number) {
      return switch (number) {
        case 1 -> "id";
        case 2 -> "text";
        case 3 -> "child";
        case 4 -> "children";
        case 5 -> "numbers";
        case 6 -> "counts";
        case 7 -> "group";
        case 8 -> "fixed";
        case 9 -> "lenient";
        case 10 -> "nodes";
        case 16 -> "doubles";
        case KIND -> "kind";
        default -> Integer.toString(number);
      };
    }

    @Override
    public int fieldCount() {
      return 12;
    }

    @Override
    public Node create() {
      return new Node();
    }

    @Override
    public void mergeFields(Node into, ProtoReader in) {
      for (int tag; (tag = in.tag()) != 0; ) {
        switch (tag) {
          case 1 << 3 | WireType.VARINT -> {
            into.id = in.int32();
            if (in.isNext(2 << 3 | WireType.BYTES)) { // as generated code goes on
              into.text = in.string();
            }
          }
          case 2 << 3 | WireType.BYTES -> into.text = in.string();
          case 3 << 3 | WireType.BYTES -> into.child = in.message(CODEC, into.child);
          case 4 << 3 | WireType.BYTES -> into.children = in.messages(tag, CODEC, into.children);
          case 5 << 3 | WireType.VARINT, 5 << 3 | WireType.BYTES ->
              into.numbers = in.int32s(tag, into.numbers);
          case 6 << 3 | WireType.BYTES -> into.counts = in.entry(COUNTS, into.counts);
          case 7 << 3 | WireType.GROUP -> into.group = in.group(CODEC, into.group);
          case 8 << 3 | WireType.FIXED32, 8 << 3 | WireType.BYTES ->
              into.fixed = in.fixed32s(tag, into.fixed);
          case 9 << 3 | WireType.BYTES -> into.lenient = in.lenientString();
          case 10 << 3 | WireType.BYTES -> into.nodes = in.entry(NODES, into.nodes);
          case KIND << 3 | WireType.VARINT -> {
            int number = in.int32();
            if (number == 0) {
              into.kind = Kind.PLAIN;
            } else {
              into.unknownFields = in.unknownNumber(KIND, number, into.unknownFields);
            }
          }
          case 16 << 3 | WireType.FIXED64, 16 << 3 | WireType.BYTES ->
              into.doubles = in.doubles(tag, into.doubles);
          default -> into.unknownFields = in.unknown(tag, into.unknownFields);
        }
      }
    }

    @Override
    public void writeFields(Node message, ProtoWriter out) {
      if (message.id != 0) {
        out.int32(1, message.id);
      }
      if (!message.text.isEmpty()) {
        out.string(2, message.text);
      }
      if (message.child != null) {
        out.message(3, CODEC, message.child);
      }
      out.messages(4, CODEC, message.children);
      out.packedInt32s(5, message.numbers);
      out.map(6, COUNTS, message.counts);
      if (message.group != null) {
        out.group(7, CODEC, message.group);
      }
      out.packedFixed32s(8, message.fixed);
      if (message.lenient != null) {
        out.string(9, message.lenient);
      }
      out.map(10, NODES, message.nodes);
      out.doubles(16, message.doubles);
      if (message.kind != null) {
        out.enumValue(KIND, message.kind);
      }
      out.unknown(message.unknownFields);
    }
  }
}
