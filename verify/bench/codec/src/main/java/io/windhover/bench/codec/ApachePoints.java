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

/// `Points` of shapes.thrift as Apache's compiler writes its struct and StandardScheme.
@SuppressWarnings({"StatementSwitchToExpressionSwitch", "NullAway.Init"}) // kept as Apache has it
final class ApachePoints implements TSerializable {

  private static final TStruct STRUCT_DESC = new TStruct("Points");
  private static final TField POINTS_FIELD_DESC = new TField("points", TType.LIST, (short) 1);

  List<ApachePoint> points;

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
            points = new ArrayList<ApachePoint>(list.size);
            for (int i = 0; i < list.size; i++) {
              ApachePoint element = new ApachePoint();
              element.read(in);
              points.add(element);
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
    if (points != null) {
      out.writeFieldBegin(POINTS_FIELD_DESC);
      out.writeListBegin(new TList(TType.STRUCT, points.size()));
      for (ApachePoint element : points) {
        element.write(out);
      }
      out.writeListEnd();
      out.writeFieldEnd();
    }
    out.writeFieldStop();
    out.writeStructEnd();
  }
}
