package io.windhover.bench.apache;

import java.util.function.Supplier;
import org.apache.thrift.TException;
import org.apache.thrift.TSerializable;
import org.apache.thrift.protocol.TField;
import org.apache.thrift.protocol.TProtocol;
import org.apache.thrift.protocol.TProtocolUtil;
import org.apache.thrift.protocol.TStruct;
import org.apache.thrift.protocol.TType;

/// `echo_args`, `echo_result` and their like: a struct whose one field is a struct.
final class ApacheWrapper<T extends TSerializable> implements TSerializable {

  private static final TStruct ARGS_DESC = new TStruct("args");
  private static final TStruct RESULT_DESC = new TStruct("result");
  private static final TField ARGUMENT_FIELD_DESC = new TField("argument", TType.STRUCT, (short) 1);
  private static final TField SUCCESS_FIELD_DESC = new TField("success", TType.STRUCT, (short) 0);

  private final TStruct struct;
  private final TField field;
  private final Supplier<T> empty;
  T value;

  private ApacheWrapper(TStruct struct, TField field, Supplier<T> empty, T value) {
    this.struct = struct;
    this.field = field;
    this.empty = empty;
    this.value = value;
  }

  /// A call's arguments, to be read.
  static <T extends TSerializable> ApacheWrapper<T> emptyArguments(Supplier<T> empty) {
    return new ApacheWrapper<>(ARGS_DESC, ARGUMENT_FIELD_DESC, empty, null);
  }

  /// A call's arguments, to be written.
  static <T extends TSerializable> ApacheWrapper<T> arguments(T value) {
    return new ApacheWrapper<>(ARGS_DESC, ARGUMENT_FIELD_DESC, null, value);
  }

  /// A call's result, to be read.
  static <T extends TSerializable> ApacheWrapper<T> emptyResult(Supplier<T> empty) {
    return new ApacheWrapper<>(RESULT_DESC, SUCCESS_FIELD_DESC, empty, null);
  }

  /// A call's result, to be written.
  static <T extends TSerializable> ApacheWrapper<T> result(T value) {
    return new ApacheWrapper<>(RESULT_DESC, SUCCESS_FIELD_DESC, null, value);
  }

  @Override
  public void read(TProtocol in) throws TException {
    in.readStructBegin();
    while (true) {
      TField found = in.readFieldBegin();
      if (found.type == TType.STOP) {
        break;
      }
      if (found.id == field.id && found.type == TType.STRUCT) {
        value = empty.get();
        value.read(in);
      } else {
        TProtocolUtil.skip(in, found.type);
      }
      in.readFieldEnd();
    }
    in.readStructEnd();
  }

  @Override
  public void write(TProtocol out) throws TException {
    out.writeStructBegin(struct);
    if (value != null) {
      out.writeFieldBegin(field);
      value.write(out);
      out.writeFieldEnd();
    }
    out.writeFieldStop();
    out.writeStructEnd();
  }
}
