package io.windhover.bench.apache;

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

/// `Customer` of bench.thrift as Apache's compiler writes its struct and StandardScheme.
@SuppressWarnings({"StatementSwitchToExpressionSwitch", "UnusedVariable"}) // kept as Apache has it
public final class ApacheCustomer implements TSerializable {

  private static final TStruct STRUCT_DESC = new TStruct("Customer");
  private static final TField ID_FIELD_DESC = new TField("id", TType.I64, (short) 1);
  private static final TField NAME_FIELD_DESC = new TField("name", TType.STRING, (short) 2);
  private static final TField EMAIL_FIELD_DESC = new TField("email", TType.STRING, (short) 3);
  private static final TField ADDRESS_FIELD_DESC = new TField("address", TType.STRUCT, (short) 4);
  private static final TField VIP_FIELD_DESC = new TField("vip", TType.BOOL, (short) 5);
  private static final TField PHONES_FIELD_DESC = new TField("phones", TType.LIST, (short) 6);

  public long id;
  public String name;
  public String email;
  public ApacheAddress address;
  public boolean vip;
  public List<String> phones;
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
          if (field.type == TType.I64) {
            id = in.readI64();
            isSet |= 1 << 0;
          } else {
            TProtocolUtil.skip(in, field.type);
          }
          break;
        case 2:
          if (field.type == TType.STRING) {
            name = in.readString();
          } else {
            TProtocolUtil.skip(in, field.type);
          }
          break;
        case 3:
          if (field.type == TType.STRING) {
            email = in.readString();
          } else {
            TProtocolUtil.skip(in, field.type);
          }
          break;
        case 4:
          if (field.type == TType.STRUCT) {
            address = new ApacheAddress();
            address.read(in);
          } else {
            TProtocolUtil.skip(in, field.type);
          }
          break;
        case 5:
          if (field.type == TType.BOOL) {
            vip = in.readBool();
            isSet |= 1 << 1;
          } else {
            TProtocolUtil.skip(in, field.type);
          }
          break;
        case 6:
          if (field.type == TType.LIST) {
            TList list = in.readListBegin();
            phones = new ArrayList<String>(list.size);
            for (int i = 0; i < list.size; i++) {
              phones.add(in.readString());
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
    out.writeFieldBegin(ID_FIELD_DESC);
    out.writeI64(id);
    out.writeFieldEnd();
    if (name != null) {
      out.writeFieldBegin(NAME_FIELD_DESC);
      out.writeString(name);
      out.writeFieldEnd();
    }
    if (email != null) {
      out.writeFieldBegin(EMAIL_FIELD_DESC);
      out.writeString(email);
      out.writeFieldEnd();
    }
    if (address != null) {
      out.writeFieldBegin(ADDRESS_FIELD_DESC);
      address.write(out);
      out.writeFieldEnd();
    }
    out.writeFieldBegin(VIP_FIELD_DESC);
    out.writeBool(vip);
    out.writeFieldEnd();
    if (phones != null) {
      out.writeFieldBegin(PHONES_FIELD_DESC);
      out.writeListBegin(new TList(TType.STRING, phones.size()));
      for (String element : phones) {
        out.writeString(element);
      }
      out.writeListEnd();
      out.writeFieldEnd();
    }
    out.writeFieldStop();
    out.writeStructEnd();
  }
}
