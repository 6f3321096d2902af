package io.windhover.protobuf;

import io.windhover.buffer.LinkBuffer;
import io.windhover.protobuf.ProtoException.Code;
import java.util.List;
import java.util.Map;

/// Writes one message for generated code, in one pass, field by field. Not safe for many threads.
///
/// A message that nests deeper than a [ProtoReader] takes it is refused.
public final class ProtoWriter extends ListWriter {

  private int depth;

  private ProtoWriter(LinkBuffer out) {
    super(out);
  }

  static <T> void write(ProtoCodec<T> codec, T message, LinkBuffer out) {
    var writer = new ProtoWriter(out);
    try {
      codec.writeFields(message, writer);
      var missing = codec.missingField(message); // now that it is known not to go round in circles
      if (missing != null) {
        throw ProtoException.writing(Code.MISSING_FIELD, "required and not set").within(missing);
      }
      writer.finish();
    } catch (ProtoException e) {
      throw e.within(codec.name());
    } finally {
      writer.release();
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
