package io.windhover.protobuf;

import io.windhover.buffer.LinkBuffer;
import io.windhover.protobuf.ProtoException.Code;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Reads one message for generated code, which asks for the next [#tag] and then for what stands
/// behind it. Not safe for many threads, and of no use once it has thrown.
///
/// A message lies in one array: that of the buffer's first node if it has all of it, as most have,
/// and else it is copied into one. Lengths are compared with what there is before anything is made
/// for them. Messages, groups and entries of maps nest up to [#MAX_DEPTH] levels below the
/// outermost one, in fields that are not known, too.
public final class ProtoReader extends ListReader {

  /// Levels of nesting, as protobuf-java and C++ have it by default; Go takes 10,000.
  public static final int MAX_DEPTH = 100;

  private int depth;

  private ProtoReader(byte[] bytes, int start, int count, ObjectBudget objects) {
    super(bytes, start, count, objects);
  }

  static <T> T read(ProtoCodec<T> codec, byte[] bytes) {
    var in = new ProtoReader(bytes, 0, bytes.length, ObjectBudget.OF_ONE_MESSAGE);
    return in.outermost(codec);
  }

  static <T> T read(ProtoCodec<T> codec, LinkBuffer in, ObjectBudget objects) {
    int size = in.size();
    byte[] head = in.headArray();
    if (in.headCount() == size) {
      T message = new ProtoReader(head, in.headOffset(), size, objects).outermost(codec);
      in.skip(size);
      return message;
    }
    try (var whole = new LinkBuffer();
        var copy = in.duplicate()) {
      byte[] array = whole.tailArray(size);
      copy.readBytes(array, whole.tailOffset(), size);
      var reader = new ProtoReader(array, whole.tailOffset(), size, objects);
      reader.take(size); // the copy
      T message = reader.outermost(codec);
      in.skip(size);
      return message;
    }
  }

  private <T> T outermost(ProtoCodec<T> codec) {
    try {
      take(ObjectBytes.message(codec.fieldCount()));
      T message = codec.create();
      codec.mergeFields(message, this);
      var missing = codec.missingField(message);
      if (missing != null) {
        tag = 0;
        throw ProtoException.reading(Code.MISSING_FIELD, "required and not set", limit)
            .within(missing);
      }
      return message;
    } catch (ProtoException e) {
      throw located(e, codec).within(codec.name());
    }
  }

  /// Returns the error with the field of a message in which it is, if it is in one.
  private ProtoException located(ProtoException e, ProtoCodec<?> codec) {
    return tag == 0 ? e : e.within(codec.fieldName(tag >>> WireType.BITS));
  }

  // ---- messages

  /// Reads a message that stands behind its length.
  ///
  /// @param into the value that the field has so far, with which the new one is merged
  /// @return `into`, or else a new message
  public <T> T message(ProtoCodec<T> codec, @Nullable T into) {
    int count = length();
    int outerLimit = limit;
    limit = pos + count;
    T message = fields(codec, into, 0);
    limit = outerLimit;
    return message;
  }

  /// Reads a message that stands between two tags.
  ///
  /// @param into as of [#message]
  public <T> T group(ProtoCodec<T> codec, @Nullable T into) {
    return fields(codec, into, tag - WireType.GROUP + WireType.END_GROUP);
  }

  /// Returns a message of no bytes, within the limits of one that is read.
  <T> T emptyMessage(ProtoCodec<T> codec) {
    int outerLimit = limit;
    limit = pos;
    T message = fields(codec, null, 0);
    limit = outerLimit;
    return message;
  }

  private <T> T fields(ProtoCodec<T> codec, @Nullable T into, int end) {
    int outerTag = tag;
    int outerEnd = endTag;
    endTag = end;
    enter();
    T message = into;
    if (message == null) {
      take(ObjectBytes.message(codec.fieldCount()));
      message = codec.create();
    }
    tag = 0;
    try {
      codec.mergeFields(message, this);
    } catch (ProtoException e) {
      var located = located(e, codec);
      tag = outerTag;
      throw located;
    }
    depth--;
    endTag = outerEnd;
    tag = outerTag;
    return message;
  }

  private void enter() {
    if (depth == MAX_DEPTH) {
      throw tooDeep(MAX_DEPTH);
    }
    depth++;
  }

  // ---- repeated fields but numbers

  /// Reads messages of a repeated field, each behind its length, and adds them.
  ///
  /// @return the list with the values: `list` itself if it can grow
  public <T> List<T> messages(int tag, ProtoCodec<T> codec, List<T> list) {
    var values = growing(list);
    do {
      take(ObjectBytes.ELEMENT);
      values.add(message(codec, null));
    } while (isNext(tag));
    return values;
  }

  /// The same for messages that each stand between two tags.
  public <T> List<T> groups(int tag, ProtoCodec<T> codec, List<T> list) {
    var values = growing(list);
    do {
      take(ObjectBytes.ELEMENT);
      values.add(group(codec, null));
    } while (isNext(tag));
    return values;
  }

  /// The same for texts: see [#string].
  public List<String> strings(int tag, List<String> list) {
    var values = growing(list);
    do {
      take(ObjectBytes.ELEMENT);
      values.add(string());
    } while (isNext(tag));
    return values;
  }

  /// The same for texts that need not be UTF-8: see [#lenientString].
  public List<String> lenientStrings(int tag, List<String> list) {
    var values = growing(list);
    do {
      take(ObjectBytes.ELEMENT);
      values.add(lenientString());
    } while (isNext(tag));
    return values;
  }

  /// The same for bytes.
  public List<Bytes> bytesList(int tag, List<Bytes> list) {
    var values = growing(list);
    do {
      take(ObjectBytes.ELEMENT);
      values.add(bytes());
    } while (isNext(tag));
    return values;
  }

  /// Reads values of a repeated field, one by one or packed, and adds them.
  ///
  /// @param type an open enum
  public <E extends ProtoEnum> List<E> enums(int tag, EnumType<E> type, List<E> list) {
    var values = growing(list);
    var _ = enums(tag, type, values, UnknownFields.NONE);
    return values;
  }

  /// Reads values of a repeated field, one by one or packed.
  ///
  /// @param type a closed enum
  /// @param list gets the values
  /// @return `unknown` with the numbers that have no value
  public <E extends ProtoEnum> UnknownFields enums(
      int tag, EnumType<E> type, List<E> list, UnknownFields unknown) {
    var rest = unknown;
    if ((tag & WireType.MASK) != WireType.BYTES) {
      do {
        rest = enumValue(tag, type, list, rest);
      } while (isNext(tag));
      return rest;
    }
    int outerLimit = limit;
    limit = packedEnd();
    while (pos < limit) {
      rest = enumValue(tag, type, list, rest);
    }
    limit = outerLimit;
    return rest;
  }

  private <E extends ProtoEnum> UnknownFields enumValue(
      int tag, EnumType<E> type, List<E> list, UnknownFields unknown) {
    take(ObjectBytes.ELEMENT);
    int number = int32();
    E value = type.find(number);
    if (value == null) {
      return unknownNumber(tag >>> WireType.BITS, number, unknown);
    }
    if (!(value instanceof Enum<?>)) {
      take(ObjectBytes.UNKNOWN_NUMBER);
    }
    list.add(value);
    return unknown;
  }

  /// Returns the list to which a reader adds: this one if it can grow, else a copy.
  public <T> List<T> growing(List<T> list) {
    if (list instanceof ArrayList<T> own) {
      return own;
    }
    take(ObjectBytes.LIST);
    return list.isEmpty()
        ? new ArrayList<>()
        : new ArrayList<>(list); // a copy of none grows slowly
  }

  /// Returns the map to which a reader adds: this one if it can grow, else a copy.
  public <K, V> Map<K, V> growing(Map<K, V> map) {
    if (map instanceof LinkedHashMap<K, V> own) {
      return own;
    }
    take(ObjectBytes.HASH_TABLE);
    return map.isEmpty() ? new LinkedHashMap<>() : new LinkedHashMap<>(map);
  }

  // ---- maps

  /// Reads an entry of a map, and adds it.
  ///
  /// @return the map with the entry: `map` itself if it can grow
  public <K, V> Map<K, V> entry(MapType<K, V> type, Map<K, V> map) {
    var entries = growing(map);
    var _ = addEntry(type, entries);
    return entries;
  }

  /// Reads an entry of a map whose values are of a closed enum.
  ///
  /// @param map gets the entry
  /// @return `unknown`, with the entry if its value has a number that no value has
  public <K, V> UnknownFields entry(MapType<K, V> type, Map<K, V> map, UnknownFields unknown) {
    int from = pos;
    return addEntry(type, map) ? unknown : raw(tag, from, unknown);
  }

  private <K, V> boolean addEntry(MapType<K, V> type, Map<K, V> map) {
    int outerTag = tag;
    int outerEnd = endTag;
    int count = length();
    int outerLimit = limit;
    limit = pos + count;
    endTag = 0;
    enter();
    take(ObjectBytes.ENTRY);
    boolean isWhole;
    try {
      isWhole = type.read(this, map);
    } catch (ProtoException e) {
      tag = outerTag;
      throw e;
    }
    depth--;
    limit = outerLimit;
    endTag = outerEnd;
    tag = outerTag;
    return isWhole;
  }

  // ---- unknown fields

  /// Reads a field that is not known.
  ///
  /// @return `before` with it
  public UnknownFields unknown(int tag, UnknownFields before) {
    int from = pos;
    skip(tag);
    return raw(tag, from, before);
  }

  /// Returns `before` with a varint of a closed enum that has no value of this number.
  public UnknownFields unknownNumber(int field, int number, UnknownFields before) {
    int count = Varint.size(number);
    var all = extended(before, field << WireType.BITS | WireType.VARINT, count);
    var _ = Varint.put(number, all.bytes(), all.size() - count);
    return all;
  }

  private UnknownFields raw(int tag, int from, UnknownFields before) {
    int count = pos - from;
    var all = extended(before, tag, count);
    System.arraycopy(bytes, from, all.bytes(), all.size() - count, count);
    return all;
  }

  /// Returns `before` with a tag and room for `count` bytes behind it.
  private UnknownFields extended(UnknownFields before, int tag, int count) {
    long unsigned = Integer.toUnsignedLong(tag);
    int size = Varint.size(unsigned) + count;
    take(before.isEmpty() ? ObjectBytes.UNKNOWN + size : size);
    var all = before.extended(size);
    var _ = Varint.put(unsigned, all.bytes(), before.size());
    return all;
  }

  /// Skips what stands behind a tag.
  void skip(int tag) {
    switch (tag & WireType.MASK) {
      case WireType.VARINT -> {
        var _ = int64();
      }
      case WireType.FIXED64 -> {
        var _ = advance(Long.BYTES);
      }
      case WireType.BYTES -> {
        var _ = advance(length());
      }
      case WireType.GROUP -> skipGroup(tag - WireType.GROUP + WireType.END_GROUP);
      case WireType.FIXED32 -> {
        var _ = advance(Integer.BYTES);
      }
      default -> throw malformed("wire type: " + (tag & WireType.MASK));
    }
  }

  private void skipGroup(int end) {
    enter();
    while (true) {
      int next = anyTag();
      if (next == end) {
        depth--;
        return;
      }
      if ((next & WireType.MASK) == WireType.END_GROUP) {
        throw malformed("the end of a group that has not begun");
      }
      skip(next);
    }
  }
}
