package io.windhover.protobuf;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What a map has as keys and values. Generated code makes one for each map.
///
/// On the wire each entry is a message, with the key as field 1 and the value as field 2.
///
/// @param <K> the key
/// @param <V> the value
public final class MapType<K, V> {

  private final ValueType<K> key;
  private final ValueType<V> value;
  private final int keyTag;
  private final int valueTag;

  private MapType(ValueType<K> key, ValueType<V> value) {
    this.key = key;
    this.value = value;
    this.keyTag = 1 << WireType.BITS | key.wireType();
    this.valueTag = 2 << WireType.BITS | value.wireType();
  }

  public static <K, V> MapType<K, V> of(ValueType<K> key, ValueType<V> value) {
    return new MapType<>(key, value);
  }

  /// Reads an entry: what it lacks has its default, and what is not known is dropped.
  ///
  /// @return false if it is not added, since its value is no value of a closed enum
  boolean read(ProtoReader in, Map<K, V> map) {
    K k = null;
    V v = null;
    boolean isKnown = true;
    for (int tag; (tag = in.tag()) != 0; ) {
      if (tag == keyTag) {
        k = key.read(in, k);
      } else if (tag == valueTag) {
        v = value.read(in, v);
        isKnown = v != null;
      } else {
        in.skip(tag);
      }
    }
    if (isKnown) {
      map.put(orDefault(k, key, in), orDefault(v, value, in));
    }
    return isKnown;
  }

  private static <T> T orDefault(@Nullable T read, ValueType<T> type, ProtoReader in) {
    return read == null ? type.absent(in) : read;
  }

  void write(int number, Map<K, V> map, ProtoWriter out) {
    for (var entry : map.entrySet()) {
      int begin = out.beginEntry(number);
      key.write(1, entry.getKey(), out);
      value.write(2, entry.getValue(), out);
      out.endEntry(begin);
    }
  }
}
