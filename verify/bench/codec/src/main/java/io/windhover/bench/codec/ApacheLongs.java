package io.windhover.bench.codec;

import java.util.ArrayList;
import java.util.List;
import org.apache.thrift.TException;
import org.apache.thrift.TSerializable;
import org.apache.thrift.protocol.TField;
import org.apache.thrift.protocol.TList;
import org.apache.thrift.protocol.TProtocol;
import org.apache.thrift.protocol.TProtocolUtil;
import org.apache.thrift.protocol.TStruct;
import org.apache.thrift.protocol.TType;

/// `Longs` of shapes.thrift as Apache's compiler writes its struct and StandardScheme.
@SuppressWarnings({"StatementSwitchToExpressionSwitch", "NullAway.Init"}) // kept as Apache has it
final class ApacheLongs implements TSerializable {

  private static final TStruct STRUCT_DESC = new TStruct("Longs");
  private static final TField VALUES_FIELD_DESC = new TField("values", TType.LIST, (short) 1);

  List<Long> values;

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
          if (field.type == TType.LIST) {
            TList list = in.readListBegin();
            values = new ArrayList<Long>(list.size);
            for (int i = 0; i < list.size; i++) {
              values.add(in.readI64());
            }
            in.readListEnd();
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
    if (values != null) {
      out.writeFieldBegin(VALUES_FIELD_DESC);
      out.writeListBegin(new TList(TType.I64, values.size()));
      for (long element : values) {
        out.writeI64(element);
      }
      out.writeListEnd();
      out.writeFieldEnd();
    }
    out.writeFieldStop();
    out.writeStructEnd();
  }
}
