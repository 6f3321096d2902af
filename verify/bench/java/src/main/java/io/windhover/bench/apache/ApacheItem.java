package io.windhover.bench.apache;

import java.util.HashMap;
import java.util.Map;
import org.apache.thrift.TException;
import org.apache.thrift.TSerializable;
import org.apache.thrift.protocol.TField;
import org.apache.thrift.protocol.TMap;
import org.apache.thrift.protocol.TProtocol;
import org.apache.thrift.protocol.TProtocolUtil;
import org.apache.thrift.protocol.TStruct;
import org.apache.thrift.protocol.TType;

/// `Item` of bench.thrift as Apache's compiler writes its struct and StandardScheme.
@SuppressWarnings({"StatementSwitchToExpressionSwitch", "UnusedVariable"}) // kept as Apache has it
public final class ApacheItem implements TSerializable {

  private static final TStruct STRUCT_DESC = new TStruct("Item");
  private static final TField SKU_FIELD_DESC = new TField("sku", TType.I64, (short) 1);
  private static final TField TITLE_FIELD_DESC = new TField("title", TType.STRING, (short) 2);
  private static final TField QUANTITY_FIELD_DESC = new TField("quantity", TType.I32, (short) 3);
  private static final TField PRICE_FIELD_DESC = new TField("price", TType.DOUBLE, (short) 4);
  private static final TField ATTRIBUTES_FIELD_DESC =
      new TField("attributes", TType.MAP, (short) 5);

  public long sku;
  public String title;
  public int quantity;
  public double price;
  public Map<String, String> attributes;
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
            sku = in.readI64();
            isSet |= 1 << 0;
          } else {
            TProtocolUtil.skip(in, field.type);
          }
          break;
        case 2:
          if (field.type == TType.STRING) {
            title = in.readString();
          } else {
            TProtocolUtil.skip(in, field.type);
          }
          break;
        case 3:
          if (field.type == TType.I32) {
            quantity = in.readI32();
            isSet |= 1 << 1;
          } else {
            TProtocolUtil.skip(in, field.type);
          }
          break;
        case 4:
          if (field.type == TType.DOUBLE) {
            price = in.readDouble();
            isSet |= 1 << 2;
          } else {
            TProtocolUtil.skip(in, field.type);
          }
          break;
        case 5:
          if (field.type == TType.MAP) {
            TMap map = in.readMapBegin();
            attributes = new HashMap<String, String>(2 * map.size);
            for (int i = 0; i < map.size; i++) {
              String key = in.readString();
              String value = in.readString();
              attributes.put(key, value);
            }
            in.readMapEnd();
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
    out.writeFieldBegin(SKU_FIELD_DESC);
    out.writeI64(sku);
    out.writeFieldEnd();
    if (title != null) {
      out.writeFieldBegin(TITLE_FIELD_DESC);
      out.writeString(title);
      out.writeFieldEnd();
    }
    out.writeFieldBegin(QUANTITY_FIELD_DESC);
    out.writeI32(quantity);
    out.writeFieldEnd();
    out.writeFieldBegin(PRICE_FIELD_DESC);
    out.writeDouble(price);
    out.writeFieldEnd();
    if (attributes != null) {
      out.writeFieldBegin(ATTRIBUTES_FIELD_DESC);
      out.writeMapBegin(new TMap(TType.STRING, TType.STRING, attributes.size()));
      for (Map.Entry<String, String> entry : attributes.entrySet()) {
        out.writeString(entry.getKey());
        out.writeString(entry.getValue());
      }
      out.writeMapEnd();
      out.writeFieldEnd();
    }
    out.writeFieldStop();
    out.writeStructEnd();
  }
}
