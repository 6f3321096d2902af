package io.windhover.bench.codec;

import org.apache.thrift.TException;
import org.apache.thrift.TSerializable;
import org.apache.thrift.protocol.TField;
import org.apache.thrift.protocol.TProtocol;
import org.apache.thrift.protocol.TProtocolUtil;
import org.apache.thrift.protocol.TStruct;
import org.apache.thrift.protocol.TType;

/// `Point` of shapes.thrift as Apache's compiler writes its struct and StandardScheme.
@SuppressWarnings({
  "StatementSwitchToExpressionSwitch",
  "UnusedVariable",
  "NullAway.Init"
}) // kept as Apache has it
final class ApachePoint implements TSerializable {

  private static final TStruct STRUCT_DESC = new TStruct("Point");
  private static final TField X_FIELD_DESC = new TField("x", TType.I32, (short) 1);
  private static final TField LABEL_FIELD_DESC = new TField("label", TType.STRING, (short) 2);

  int x;
  String label;
  private int isSet;

  @Override
  public void read(TProtocol in) throws TException {
    in.readStructBegin();
    while (true) {
      TField field = in.readFieldBegin();
      if (field.type == TType.STOP) {
        break;
      }
      switch (field.id) {
        case 1:
          if (field.type == TType.I32) {
            x = in.readI32();
            isSet |= 1 << 0;
          } else {
            TProtocolUtil.skip(in, field.type);
          }
          break;
        case 2:
          if (field.type == TType.STRING) {
            label = in.readString();
          } else {
            TProtocolUtil.skip(in, field.type);
          }
          break;
        default:
          TProtocolUtil.skip(in, field.type);
      }
      in.readFieldEnd();
    }
    in.readStructEnd();
  }

  @Override
  public void write(TProtocol out) throws TException {
    out.writeStructBegin(STRUCT_DESC);
    out.writeFieldBegin(X_FIELD_DESC);
    out.writeI32(x);
    out.writeFieldEnd();
    if (label != null) {
      out.writeFieldBegin(LABEL_FIELD_DESC);
      out.writeString(label);
      out.writeFieldEnd();
    }
    out.writeFieldStop();
    out.writeStructEnd();
  }
}
