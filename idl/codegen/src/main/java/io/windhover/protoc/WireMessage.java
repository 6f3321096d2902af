package io.windhover.protoc;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/// A message as it lies on the wire, whose fields are asked for by their numbers.
///
/// Whoever asks knows their types; what nobody asks for stays bytes.
final class WireMessage {
  private static final int MAX_VARINT_BYTES = 10;

  private final List<Field> fields = new ArrayList<>();

  private WireMessage() {}

  /// @throws IOException if it ends within a field, or has a group
  static WireMessage read(byte[] bytes) throws IOException {
    var message = new WireMessage();
    var in = new Cursor(bytes);
    while (in.position < bytes.length) {
      long tag = in.varint();
      int number = (int) (tag >>> 3);
      message.fields.add(
          switch ((int) tag & 7) {
            case 0 -> new Field(number, in.varint(), new byte[0]);
            case 1 -> new Field(number, in.fixed(Long.BYTES), new byte[0]);
            case 2 -> new Field(number, 0, in.bytes(in.varint()));
            case 5 -> new Field(number, in.fixed(Integer.BYTES), new byte[0]);
            default -> throw new IOException("wire type: " + (tag & 7) + " (expected: 0, 1, 2, 5)");
          });
    }
    return message;
  }

  /// The numbers of the fields that are set.
  List<Integer> numbers() {
    var numbers = new TreeSet<Integer>();
    fields.forEach(it -> numbers.add(it.number));
    return List.copyOf(numbers);
  }

  boolean has(int number) {
    return fields.stream().anyMatch(it -> it.number == number);
  }

  /// A whole number; 0 if it is not set.
  long number(int number) {
    return last(number).map(it -> it.value).orElse(0L);
  }

  boolean flag(int number) {
    return number(number) != 0;
  }

  /// Empty if it is not set.
  String text(int number) {
    return last(number).map(it -> new String(it.bytes, UTF_8)).orElse("");
  }

  /// Without fields if it is not set.
  WireMessage message(int number) throws IOException {
    var merged = new WireMessage();
    for (WireMessage part : messages(number)) {
      merged.fields.addAll(part.fields);
    }
    return merged;
  }

  /// Those of a repeated field, packed or not.
  List<Long> allNumbers(int number) throws IOException {
    var all = new ArrayList<Long>();
    for (Field field : all(number)) {
      if (field.bytes.length == 0) {
        all.add(field.value);
      }
      var in = new Cursor(field.bytes);
      while (in.position < field.bytes.length) {
        all.add(in.varint());
      }
    }
    return all;
  }

  List<String> texts(int number) {
    return all(number).stream().map(it -> new String(it.bytes, UTF_8)).toList();
  }

  List<WireMessage> messages(int number) throws IOException {
    var all = new ArrayList<WireMessage>();
    for (Field field : all(number)) {
      all.add(read(field.bytes));
    }
    return all;
  }

  private List<Field> all(int number) {
    return fields.stream().filter(it -> it.number == number).toList();
  }

  private Optional<Field> last(int number) {
    return fields.stream().filter(it -> it.number == number).reduce((_, it) -> it);
  }

  private static final class Field {
    private final int number;

    /// Of a number; 0 for others.
    private final long value;

    /// Of a text or a message; empty for others.
    private final byte[] bytes;

    Field(int number, long value, byte[] bytes) {
      this.number = number;
      this.value = value;
      this.bytes = bytes;
    }
  }

  private static final class Cursor {
    private final byte[] bytes;
    private int position;

    Cursor(byte[] bytes) {
      this.bytes = bytes;
    }

    long varint() throws IOException {
      long value = 0;
      for (int i = 0; i < MAX_VARINT_BYTES; i++) {
        require(1);
        byte next = bytes[position++];
        value |= (next & 0x7FL) << (7 * i);
        if (next >= 0) {
          return value;
        }
      }
      throw new IOException("a number of more than " + MAX_VARINT_BYTES + " bytes");
    }

    long fixed(int count) throws IOException {
      require(count);
      long value = 0;
      for (int i = 0; i < count; i++) {
        value |= (bytes[position++] & 0xFFL) << (8 * i);
      }
      return value;
    }

    byte[] bytes(long count) throws IOException {
      require(count);
      position += (int) count;
      return Arrays.copyOfRange(bytes, position - (int) count, position);
    }

    private void require(long count) throws IOException {
      if (count < 0 || count > bytes.length - position) {
        throw new IOException("a message ends within a field (at byte " + position + ")");
      }
    }
  }
}
