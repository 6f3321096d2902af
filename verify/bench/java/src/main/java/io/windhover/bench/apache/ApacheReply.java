package io.windhover.bench.apache;

import org.apache.thrift.TException;
import org.apache.thrift.TSerializable;
import org.apache.thrift.protocol.TField;
import org.apache.thrift.protocol.TProtocol;
import org.apache.thrift.protocol.TProtocolUtil;
import org.apache.thrift.protocol.TStruct;
import org.apache.thrift.protocol.TType;

/// `Reply` of bench.thrift as Apache's compiler writes its struct and StandardScheme.
@SuppressWarnings("StatementSwitchToExpressionSwitch") // kept as Apache has it
public final class ApacheReply implements TSerializable {

  private static final TStruct STRUCT_DESC = new TStruct("Reply");
  private static final TField BODY_FIELD_DESC = new TField("body", TType.STRING, (short) 1);

  public String body;

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
          if (field.type == TType.STRING) {
            body = in.readString();
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
    if (body != null) {
      out.writeFieldBegin(BODY_FIELD_DESC);
      out.writeString(body);
      out.writeFieldEnd();
    }
    out.writeFieldStop();
    out.writeStructEnd();
  }
}
