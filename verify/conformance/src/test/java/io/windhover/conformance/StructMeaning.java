package io.windhover.conformance;

import io.windhover.thrift.ThriftType;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// The meaning of a struct's bytes without its IDL, for comparison: Go's maps and sets come in any
/// order, and Kitex writes fields in another order than we do. Read apart from the code under test.
final class StructMeaning {

  private final ByteBuffer in;

  private StructMeaning(ByteBuffer in) {
    this.in = in;
  }

  /// Reads a struct that is all of `bytes`.
  static Map<Integer, Object> of(byte[] bytes) {
    var in = ByteBuffer.wrap(bytes);
    var fields = new StructMeaning(in).struct();
    if (in.hasRemaining()) {
      throw new IllegalArgumentException(in.remaining() + " bytes behind the struct");
    }
    return fields;
  }

  /// @return type and value by field id; of a repeated id the test would see only one
  private Map<Integer, Object> struct() {
    var fields = new TreeMap<Integer, Object>();
    for (int type = in.get(); type != ThriftType.STOP; type = in.get()) {
      int id = in.getShort();
      if (fields.put(id, List.of(type, value(type))) != null) {
        throw new IllegalArgumentException("two fields with id " + id);
      }
    }
    return fields;
  }

  private Object value(int type) {
    return switch (type) {
      case ThriftType.BOOL, ThriftType.I8 -> in.get();
      case ThriftType.I16 -> in.getShort();
      case ThriftType.I32 -> in.getInt();
      case ThriftType.I64, ThriftType.DOUBLE -> in.getLong();
      case ThriftType.STRING -> text();
      case ThriftType.STRUCT -> struct();
      case ThriftType.LIST -> elements();
      case ThriftType.SET -> new HashSet<>(elements());
      case ThriftType.MAP -> entries();
      default -> throw new IllegalArgumentException("type " + type);
    };
  }

  private ByteBuffer text() {
    int size = in.getInt();
    var text = in.slice(in.position(), size);
    in.position(in.position() + size);
    return text;
  }

  /// The element type counts only if there is an element.
  private List<Object> elements() {
    int type = in.get();
    int count = in.getInt();
    var elements = new ArrayList<Object>();
    for (int i = 0; i < count; i++) {
      elements.add(List.of(type, value(type)));
    }
    return elements;
  }

  private Map<Object, Object> entries() {
    int keyType = in.get();
    int valueType = in.get();
    int count = in.getInt();
    var entries = new HashMap<Object, Object>();
    for (int i = 0; i < count; i++) {
      var key = List.of(keyType, value(keyType));
      entries.put(key, List.of(valueType, value(valueType)));
    }
    return entries;
  }
}
