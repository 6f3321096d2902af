package io.windhover.interop;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.thrift.TException;
import org.apache.thrift.protocol.TField;
import org.apache.thrift.protocol.TList;
import org.apache.thrift.protocol.TMap;
import org.apache.thrift.protocol.TProtocol;
import org.apache.thrift.protocol.TSet;
import org.apache.thrift.protocol.TStruct;
import org.apache.thrift.protocol.TType;

/// A value as it is on the wire, without an IDL, read and written by libthrift's protocol classes.
sealed interface ThriftValue {

  /// Its type code.
  byte type();

  void write(TProtocol out) throws TException;

  static ThriftValue read(TProtocol in, byte type) throws TException {
    return switch (type) {
      case TType.BOOL -> new Bool(in.readBool());
      case TType.BYTE -> new I8(in.readByte());
      case TType.I16 -> new I16(in.readI16());
      case TType.I32 -> new I32(in.readI32());
      case TType.I64 -> new I64(in.readI64());
      case TType.DOUBLE -> new F64(in.readDouble());
      case TType.STRING -> new Bytes(in.readBinary());
      case TType.UUID -> new Uuid(in.readUuid());
      case TType.STRUCT -> Struct.read(in);
      case TType.LIST, TType.SET -> Sequence.read(in, type);
      case TType.MAP -> Entries.read(in);
      default -> throw new TException("type code " + type);
    };
  }

  /// Starts a struct.
  static Struct struct() {
    return new Struct(new LinkedHashMap<>());
  }

  static Bytes text(String text) {
    return new Bytes(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)));
  }

  static Bytes bytes(byte[] bytes) {
    return new Bytes(ByteBuffer.wrap(bytes));
  }

  static Sequence list(byte elementType, List<? extends ThriftValue> elements) {
    return new Sequence(TType.LIST, elementType, List.copyOf(elements));
  }

  static Sequence set(byte elementType, List<? extends ThriftValue> elements) {
    return new Sequence(TType.SET, elementType, List.copyOf(elements));
  }

  static Entries map(
      byte keyType, byte valueType, Map<? extends ThriftValue, ? extends ThriftValue> entries) {
    return new Entries(keyType, valueType, Map.copyOf(entries));
  }

  record Bool(boolean value) implements ThriftValue {
    @Override
    public byte type() {
      return TType.BOOL;
    }

    @Override
    public void write(TProtocol out) throws TException {
      out.writeBool(value);
    }
  }

  record I8(byte value) implements ThriftValue {
    @Override
    public byte type() {
      return TType.BYTE;
    }

    @Override
    public void write(TProtocol out) throws TException {
      out.writeByte(value);
    }
  }

  record I16(short value) implements ThriftValue {
    @Override
    public byte type() {
      return TType.I16;
    }

    @Override
    public void write(TProtocol out) throws TException {
      out.writeI16(value);
    }
  }

  /// Also an enum.
  record I32(int value) implements ThriftValue {
    @Override
    public byte type() {
      return TType.I32;
    }

    @Override
    public void write(TProtocol out) throws TException {
      out.writeI32(value);
    }
  }

  record I64(long value) implements ThriftValue {
    @Override
    public byte type() {
      return TType.I64;
    }

    @Override
    public void write(TProtocol out) throws TException {
      out.writeI64(value);
    }
  }

  /// Compares -0.0 and 0.0 as different and all NaN as equal.
  record F64(double value) implements ThriftValue {
    @Override
    public byte type() {
      return TType.DOUBLE;
    }

    @Override
    public void write(TProtocol out) throws TException {
      out.writeDouble(value);
    }
  }

  /// A string or a binary: the wire does not tell.
  record Bytes(ByteBuffer value) implements ThriftValue {
    @Override
    public byte type() {
      return TType.STRING;
    }

    @Override
    public void write(TProtocol out) throws TException {
      out.writeBinary(value.duplicate());
    }

    String text() {
      return StandardCharsets.UTF_8.decode(value.duplicate()).toString();
    }
  }

  record Uuid(UUID value) implements ThriftValue {
    @Override
    public byte type() {
      return TType.UUID;
    }

    @Override
    public void write(TProtocol out) throws TException {
      out.writeUuid(value);
    }
  }

  /// A struct, a union or an exception, with its fields in the order of the wire. Equal whatever
  /// that is.
  record Struct(Map<Integer, ThriftValue> fields) implements ThriftValue {
    static Struct read(TProtocol in) throws TException {
      var struct = struct();
      in.readStructBegin();
      for (var field = in.readFieldBegin(); field.type != TType.STOP; field = in.readFieldBegin()) {
        struct.with(field.id, ThriftValue.read(in, field.type));
        in.readFieldEnd();
      }
      in.readStructEnd();
      return struct;
    }

    @Override
    public byte type() {
      return TType.STRUCT;
    }

    @Override
    public void write(TProtocol out) throws TException {
      out.writeStructBegin(new TStruct());
      for (var field : fields.entrySet()) {
        out.writeFieldBegin(new TField("", field.getValue().type(), field.getKey().shortValue()));
        field.getValue().write(out);
        out.writeFieldEnd();
      }
      out.writeFieldStop();
      out.writeStructEnd();
    }

    Struct with(int id, ThriftValue value) {
      fields.put(id, value);
      return this;
    }
  }

  /// A list or a set.
  record Sequence(byte type, byte elementType, List<ThriftValue> elements) implements ThriftValue {
    static Sequence read(TProtocol in, byte type) throws TException {
      var isSet = type == TType.SET;
      var set = isSet ? in.readSetBegin() : null;
      var list = isSet ? null : in.readListBegin();
      byte elementType = isSet ? set.elemType : list.elemType;
      int size = isSet ? set.size : list.size;
      var elements = new ArrayList<ThriftValue>();
      for (int i = 0; i < size; i++) {
        elements.add(ThriftValue.read(in, elementType));
      }
      return new Sequence(type, elementType, elements);
    }

    @Override
    public void write(TProtocol out) throws TException {
      if (type == TType.SET) {
        out.writeSetBegin(new TSet(elementType, elements.size()));
      } else {
        out.writeListBegin(new TList(elementType, elements.size()));
      }
      for (var element : elements) {
        element.write(out);
      }
    }
  }

  /// A map.
  record Entries(byte keyType, byte valueType, Map<ThriftValue, ThriftValue> entries)
      implements ThriftValue {
    static Entries read(TProtocol in) throws TException {
      var map = in.readMapBegin();
      var entries = new LinkedHashMap<ThriftValue, ThriftValue>();
      for (int i = 0; i < map.size; i++) {
        var key = ThriftValue.read(in, map.keyType);
        entries.put(key, ThriftValue.read(in, map.valueType));
      }
      return new Entries(map.keyType, map.valueType, entries);
    }

    @Override
    public byte type() {
      return TType.MAP;
    }

    @Override
    public void write(TProtocol out) throws TException {
      out.writeMapBegin(new TMap(keyType, valueType, entries.size()));
      for (var entry : entries.entrySet()) {
        entry.getKey().write(out);
        entry.getValue().write(out);
      }
    }
  }
}
