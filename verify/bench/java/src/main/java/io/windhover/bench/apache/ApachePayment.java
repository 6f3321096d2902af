package io.windhover.bench.apache;

import org.apache.thrift.TException;
import org.apache.thrift.TSerializable;
import org.apache.thrift.protocol.TField;
import org.apache.thrift.protocol.TProtocol;
import org.apache.thrift.protocol.TProtocolUtil;
import org.apache.thrift.protocol.TStruct;
import org.apache.thrift.protocol.TType;

/// `Payment` of bench.thrift as Apache's compiler writes its struct and StandardScheme.
@SuppressWarnings({"StatementSwitchToExpressionSwitch", "UnusedVariable"}) // kept as Apache has it
public final class ApachePayment implements TSerializable {

  private static final TStruct STRUCT_DESC = new TStruct("Payment");
  private static final TField METHOD_FIELD_DESC = new TField("method", TType.STRING, (short) 1);
  private static final TField AMOUNT_FIELD_DESC = new TField("amount", TType.I64, (short) 2);
  private static final TField CURRENCY_FIELD_DESC = new TField("currency", TType.STRING, (short) 3);
  private static final TField PAID_AT_FIELD_DESC = new TField("paidAt", TType.I64, (short) 4);

  public String method;
  public long amount;
  public String currency;
  public long paidAt;
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
          if (field.type == TType.STRING) {
            method = in.readString();
          } else {
            TProtocolUtil.skip(in, field.type);
          }
          break;
        case 2:
          if (field.type == TType.I64) {
            amount = in.readI64();
            isSet |= 1 << 0;
          } else {
            TProtocolUtil.skip(in, field.type);
          }
          break;
        case 3:
          if (field.type == TType.STRING) {
            currency = in.readString();
          } else {
            TProtocolUtil.skip(in, field.type);
          }
          break;
        case 4:
          if (field.type == TType.I64) {
            paidAt = in.readI64();
            isSet |= 1 << 1;
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
    if (method != null) {
      out.writeFieldBegin(METHOD_FIELD_DESC);
      out.writeString(method);
      out.writeFieldEnd();
    }
    out.writeFieldBegin(AMOUNT_FIELD_DESC);
    out.writeI64(amount);
    out.writeFieldEnd();
    if (currency != null) {
      out.writeFieldBegin(CURRENCY_FIELD_DESC);
      out.writeString(currency);
      out.writeFieldEnd();
    }
    out.writeFieldBegin(PAID_AT_FIELD_DESC);
    out.writeI64(paidAt);
    out.writeFieldEnd();
    out.writeFieldStop();
    out.writeStructEnd();
  }
}
