package io.windhover.bench.apache;

import org.apache.thrift.TException;
import org.apache.thrift.TSerializable;
import org.apache.thrift.protocol.TField;
import org.apache.thrift.protocol.TProtocol;
import org.apache.thrift.protocol.TProtocolUtil;
import org.apache.thrift.protocol.TStruct;
import org.apache.thrift.protocol.TType;

/// `Address` of bench.thrift as Apache's compiler writes its struct and StandardScheme.
@SuppressWarnings("StatementSwitchToExpressionSwitch") // kept as Apache has it
public final class ApacheAddress implements TSerializable {

  private static final TStruct STRUCT_DESC = new TStruct("Address");
  private static final TField STREET_FIELD_DESC = new TField("street", TType.STRING, (short) 1);
  private static final TField CITY_FIELD_DESC = new TField("city", TType.STRING, (short) 2);
  private static final TField REGION_FIELD_DESC = new TField("region", TType.STRING, (short) 3);
  private static final TField POSTCODE_FIELD_DESC = new TField("postcode", TType.STRING, (short) 4);
  private static final TField COUNTRY_FIELD_DESC = new TField("country", TType.STRING, (short) 5);

  public String street;
  public String city;
  public String region;
  public String postcode;
  public String country;

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
            street = in.readString();
          } else {
            TProtocolUtil.skip(in, field.type);
          }
          break;
        case 2:
          if (field.type == TType.STRING) {
            city = in.readString();
          } else {
            TProtocolUtil.skip(in, field.type);
          }
          break;
        case 3:
          if (field.type == TType.STRING) {
            region = in.readString();
          } else {
            TProtocolUtil.skip(in, field.type);
          }
          break;
        case 4:
          if (field.type == TType.STRING) {
            postcode = in.readString();
          } else {
            TProtocolUtil.skip(in, field.type);
          }
          break;
        case 5:
          if (field.type == TType.STRING) {
            country = in.readString();
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
    if (street != null) {
      out.writeFieldBegin(STREET_FIELD_DESC);
      out.writeString(street);
      out.writeFieldEnd();
    }
    if (city != null) {
      out.writeFieldBegin(CITY_FIELD_DESC);
      out.writeString(city);
      out.writeFieldEnd();
    }
    if (region != null) {
      out.writeFieldBegin(REGION_FIELD_DESC);
      out.writeString(region);
      out.writeFieldEnd();
    }
    if (postcode != null) {
      out.writeFieldBegin(POSTCODE_FIELD_DESC);
      out.writeString(postcode);
      out.writeFieldEnd();
    }
    if (country != null) {
      out.writeFieldBegin(COUNTRY_FIELD_DESC);
      out.writeString(country);
      out.writeFieldEnd();
    }
    out.writeFieldStop();
    out.writeStructEnd();
  }
}
