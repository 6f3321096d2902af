package io.windhover.protobuf;

import io.windhover.buffer.LinkBuffer;
import io.windhover.protobuf.ProtoException.Code;
import java.util.List;
import java.util.Map;

/// Writes one message for generated code, in one pass, field by field. Not safe for many threads.
///
/// A message that nests deeper than a [ProtoReader] takes it is refused.
public final class ProtoWriter extends ListWriter {

  /// Of room in a buffer to begin with.
  private static final int FIRST_BYTES = 256;

  /// The same of an array: few, for they have to be cleared.
  private static final int FIRST_ARRAY_BYTES = 64;

  private int depth;

  private ProtoWriter(byte[] bytes, int start, int room) {
    super(bytes, start, room);
  }

  /// Appends a message to a buffer.
  static <T> void write(ProtoCodec<T> codec, T message, LinkBuffer out) {
    byte[] tail = out.tailArray(FIRST_BYTES);
    var writer = new ProtoWriter(tail, out.tailOffset(), out.tailRoom());
    try {
      writer.outermost(codec, message);
      writer.finish(out);
    } finally {
      writer.release();
    }
  }

  /// Returns a message as bytes.
  static <T> byte[] bytes(ProtoCodec<T> codec, T message) {
    var writer = new ProtoWriter(new byte[FIRST_ARRAY_BYTES], 0, FIRST_ARRAY_BYTES);
    try {
      writer.outermost(codec, message);
      return writer.toArray();
    } finally {
      writer.release();
    }
  }

  private <T> void outermost(ProtoCodec<T> codec, T message) {
    try {
      codec.writeFields(message, this);
      var missing = codec.missingField(message); // now that it is known not to go round in circles
      if (missing != null) {
        throw ProtoException.writing(Code.MISSING_FIELD, "required and not set").within(missing);
      }
    } catch (ProtoException e) {
      throw e.within(codec.name());
    }
  }

  // ---- messages

  /// Writes a message behind its length.
  public <T> void message(int number, ProtoCodec<T> codec, T value) {
    int begin = begin(number);
    fields(codec, value);
    end(begin);
  }

  /// Writes a message between two tags.
  public <T> void group(int number, ProtoCodec<T> codec, T value) {
    tag(number, WireType.GROUP, 0);
    fields(codec, value);
    tag(number, WireType.END_GROUP, 0);
  }

  private <T> void fields(ProtoCodec<T> codec, T value) {
    enter();
    codec.writeFields(value, this);
    depth--;
  }

  private void enter() {
    if (depth == ProtoReader.MAX_DEPTH) {
      throw ProtoException.writing(
          Code.DEPTH_LIMIT, "nested more than " + ProtoReader.MAX_DEPTH + " levels deep");
    }
    depth++;
  }

  // ---- repeated fields but numbers

  public <T> void messages(int number, ProtoCodec<T> codec, List<T> list) {
    for (var value : list) {
      message(number, codec, value);
    }
  }

  public <T> void groups(int number, ProtoCodec<T> codec, List<T> list) {
    for (var value : list) {
      group(number, codec, value);
    }
  }

  public void strings(int number, List<String> list) {
    for (var value : list) {
      string(number, value);
    }
  }

  public void bytesList(int number, List<Bytes> list) {
    for (var value : list) {
      bytes(number, value);
    }
  }

  public void enums(int number, List<? extends ProtoEnum> list) {
    for (var value : list) {
      enumValue(number, value);
    }
  }

  public void packedEnums(int number, List<? extends ProtoEnum> list) {
    if (list.isEmpty()) {
      return;
    }
    int begin = begin(number);
    for (var value : list) {
      packedVarint(value.value());
    }
    end(begin);
  }

  // ---- maps

  /// Writes the entries of a map, with keys and values even where they are the defaults.
  public <K, V> void map(int number, MapType<K, V> type, Map<K, V> map) {
    if (!map.isEmpty()) {
      type.write(number, map, this);
    }
  }

  /// Begins an entry, which is a level of nesting by itself.
  ///
  /// @return what [#endEntry] wants
  int beginEntry(int number) {
    enter();
    return begin(number);
  }

  void endEntry(int begin) {
    end(begin);
    depth--;
  }
}
