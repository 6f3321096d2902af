package io.windhover.bench.apache;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.thrift.TException;
import org.apache.thrift.TSerializable;
import org.apache.thrift.protocol.TField;
import org.apache.thrift.protocol.TList;
import org.apache.thrift.protocol.TMap;
import org.apache.thrift.protocol.TProtocol;
import org.apache.thrift.protocol.TProtocolUtil;
import org.apache.thrift.protocol.TStruct;
import org.apache.thrift.protocol.TType;

/// `Order` of bench.thrift as Apache's compiler writes its struct and StandardScheme.
@SuppressWarnings({"StatementSwitchToExpressionSwitch", "UnusedVariable"}) // kept as Apache has it
public final class ApacheOrder implements TSerializable {

  private static final TStruct STRUCT_DESC = new TStruct("Order");
  private static final TField ID_FIELD_DESC = new TField("id", TType.I64, (short) 1);
  private static final TField NUMBER_FIELD_DESC = new TField("number", TType.STRING, (short) 2);
  private static final TField VERSION_FIELD_DESC = new TField("version", TType.I32, (short) 3);
  private static final TField EXPRESS_FIELD_DESC = new TField("express", TType.BOOL, (short) 4);
  private static final TField TOTAL_FIELD_DESC = new TField("total", TType.DOUBLE, (short) 5);
  private static final TField TAX_FIELD_DESC = new TField("tax", TType.DOUBLE, (short) 6);
  private static final TField CURRENCY_FIELD_DESC = new TField("currency", TType.STRING, (short) 7);
  private static final TField CUSTOMER_FIELD_DESC = new TField("customer", TType.STRUCT, (short) 8);
  private static final TField SHIP_TO_FIELD_DESC = new TField("shipTo", TType.STRUCT, (short) 9);
  private static final TField ITEMS_FIELD_DESC = new TField("items", TType.LIST, (short) 10);
  private static final TField PAYMENT_FIELD_DESC = new TField("payment", TType.STRUCT, (short) 11);
  private static final TField HISTORY_FIELD_DESC = new TField("history", TType.LIST, (short) 12);
  private static final TField COUNTERS_FIELD_DESC = new TField("counters", TType.MAP, (short) 13);
  private static final TField TAGS_FIELD_DESC = new TField("tags", TType.LIST, (short) 14);
  private static final TField COMMENT_FIELD_DESC = new TField("comment", TType.STRING, (short) 15);
  private static final TField CREATED_AT_FIELD_DESC =
      new TField("createdAt", TType.I64, (short) 16);
  private static final TField UPDATED_AT_FIELD_DESC =
      new TField("updatedAt", TType.I64, (short) 17);
  private static final TField STATUS_FIELD_DESC = new TField("status", TType.I32, (short) 18);
  private static final TField SIGNATURE_FIELD_DESC =
      new TField("signature", TType.STRING, (short) 19);
  private static final TField ARCHIVED_FIELD_DESC = new TField("archived", TType.BOOL, (short) 20);

  public long id;
  public String number;
  public int version;
  public boolean express;
  public double total;
  public double tax;
  public String currency;
  public ApacheCustomer customer;
  public ApacheAddress shipTo;
  public List<ApacheItem> items;
  public ApachePayment payment;
  public List<Long> history;
  public Map<String, Integer> counters;
  public List<String> tags;
  public String comment;
  public long createdAt;
  public long updatedAt;
  public int status;
  public ByteBuffer signature;
  public boolean archived;
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
            number = in.readString();
          } else {
            TProtocolUtil.skip(in, field.type);
          }
          break;
        case 3:
          if (field.type == TType.I32) {
            version = in.readI32();
            isSet |= 1 << 1;
          } else {
            TProtocolUtil.skip(in, field.type);
          }
          break;
        case 4:
          if (field.type == TType.BOOL) {
            express = in.readBool();
            isSet |= 1 << 2;
          } else {
            TProtocolUtil.skip(in, field.type);
          }
          break;
        case 5:
          if (field.type == TType.DOUBLE) {
            total = in.readDouble();
            isSet |= 1 << 3;
          } else {
            TProtocolUtil.skip(in, field.type);
          }
          break;
        case 6:
          if (field.type == TType.DOUBLE) {
            tax = in.readDouble();
            isSet |= 1 << 4;
          } else {
            TProtocolUtil.skip(in, field.type);
          }
          break;
        case 7:
          if (field.type == TType.STRING) {
            currency = in.readString();
          } else {
            TProtocolUtil.skip(in, field.type);
          }
          break;
        case 8:
          if (field.type == TType.STRUCT) {
            customer = new ApacheCustomer();
            customer.read(in);
          } else {
            TProtocolUtil.skip(in, field.type);
          }
          break;
        case 9:
          if (field.type == TType.STRUCT) {
            shipTo = new ApacheAddress();
            shipTo.read(in);
          } else {
            TProtocolUtil.skip(in, field.type);
          }
          break;
        case 10:
          if (field.type == TType.LIST) {
            TList list = in.readListBegin();
            items = new ArrayList<ApacheItem>(list.size);
            for (int i = 0; i < list.size; i++) {
              ApacheItem element = new ApacheItem();
              element.read(in);
              items.add(element);
            }
            in.readListEnd();
          } else {
            TProtocolUtil.skip(in, field.type);
          }
          break;
        case 11:
          if (field.type == TType.STRUCT) {
            payment = new ApachePayment();
            payment.read(in);
          } else {
            TProtocolUtil.skip(in, field.type);
          }
          break;
        case 12:
          if (field.type == TType.LIST) {
            TList list = in.readListBegin();
            history = new ArrayList<Long>(list.size);
            for (int i = 0; i < list.size; i++) {
              history.add(in.readI64());
            }
            in.readListEnd();
          } else {
            TProtocolUtil.skip(in, field.type);
          }
          break;
        case 13:
          if (field.type == TType.MAP) {
            TMap map = in.readMapBegin();
            counters = new HashMap<String, Integer>(2 * map.size);
            for (int i = 0; i < map.size; i++) {
              String key = in.readString();
              int value = in.readI32();
              counters.put(key, value);
            }
            in.readMapEnd();
          } else {
            TProtocolUtil.skip(in, field.type);
          }
          break;
        case 14:
          if (field.type == TType.LIST) {
            TList list = in.readListBegin();
            tags = new ArrayList<String>(list.size);
            for (int i = 0; i < list.size; i++) {
              tags.add(in.readString());
            }
            in.readListEnd();
          } else {
            TProtocolUtil.skip(in, field.type);
          }
          break;
        case 15:
          if (field.type == TType.STRING) {
            comment = in.readString();
          } else {
            TProtocolUtil.skip(in, field.type);
          }
          break;
        case 16:
          if (field.type == TType.I64) {
            createdAt = in.readI64();
            isSet |= 1 << 5;
          } else {
            TProtocolUtil.skip(in, field.type);
          }
          break;
        case 17:
          if (field.type == TType.I64) {
            updatedAt = in.readI64();
            isSet |= 1 << 6;
          } else {
            TProtocolUtil.skip(in, field.type);
          }
          break;
        case 18:
          if (field.type == TType.I32) {
            status = in.readI32();
            isSet |= 1 << 7;
          } else {
            TProtocolUtil.skip(in, field.type);
          }
          break;
        case 19:
          if (field.type == TType.STRING) {
            signature = in.readBinary();
          } else {
            TProtocolUtil.skip(in, field.type);
          }
          break;
        case 20:
          if (field.type == TType.BOOL) {
            archived = in.readBool();
            isSet |= 1 << 8;
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
    if (number != null) {
      out.writeFieldBegin(NUMBER_FIELD_DESC);
      out.writeString(number);
      out.writeFieldEnd();
    }
    out.writeFieldBegin(VERSION_FIELD_DESC);
    out.writeI32(version);
    out.writeFieldEnd();
    out.writeFieldBegin(EXPRESS_FIELD_DESC);
    out.writeBool(express);
    out.writeFieldEnd();
    out.writeFieldBegin(TOTAL_FIELD_DESC);
    out.writeDouble(total);
    out.writeFieldEnd();
    out.writeFieldBegin(TAX_FIELD_DESC);
    out.writeDouble(tax);
    out.writeFieldEnd();
    if (currency != null) {
      out.writeFieldBegin(CURRENCY_FIELD_DESC);
      out.writeString(currency);
      out.writeFieldEnd();
    }
    if (customer != null) {
      out.writeFieldBegin(CUSTOMER_FIELD_DESC);
      customer.write(out);
      out.writeFieldEnd();
    }
    if (shipTo != null) {
      out.writeFieldBegin(SHIP_TO_FIELD_DESC);
      shipTo.write(out);
      out.writeFieldEnd();
    }
    if (items != null) {
      out.writeFieldBegin(ITEMS_FIELD_DESC);
      out.writeListBegin(new TList(TType.STRUCT, items.size()));
      for (ApacheItem element : items) {
        element.write(out);
      }
      out.writeListEnd();
      out.writeFieldEnd();
    }
    if (payment != null) {
      out.writeFieldBegin(PAYMENT_FIELD_DESC);
      payment.write(out);
      out.writeFieldEnd();
    }
    if (history != null) {
      out.writeFieldBegin(HISTORY_FIELD_DESC);
      out.writeListBegin(new TList(TType.I64, history.size()));
      for (long element : history) {
        out.writeI64(element);
      }
      out.writeListEnd();
      out.writeFieldEnd();
    }
    if (counters != null) {
      out.writeFieldBegin(COUNTERS_FIELD_DESC);
      out.writeMapBegin(new TMap(TType.STRING, TType.I32, counters.size()));
      for (Map.Entry<String, Integer> entry : counters.entrySet()) {
        out.writeString(entry.getKey());
        out.writeI32(entry.getValue());
      }
      out.writeMapEnd();
      out.writeFieldEnd();
    }
    if (tags != null) {
      out.writeFieldBegin(TAGS_FIELD_DESC);
      out.writeListBegin(new TList(TType.STRING, tags.size()));
      for (String element : tags) {
        out.writeString(element);
      }
      out.writeListEnd();
      out.writeFieldEnd();
    }
    if (comment != null) {
      out.writeFieldBegin(COMMENT_FIELD_DESC);
      out.writeString(comment);
      out.writeFieldEnd();
    }
    out.writeFieldBegin(CREATED_AT_FIELD_DESC);
    out.writeI64(createdAt);
    out.writeFieldEnd();
    out.writeFieldBegin(UPDATED_AT_FIELD_DESC);
    out.writeI64(updatedAt);
    out.writeFieldEnd();
    out.writeFieldBegin(STATUS_FIELD_DESC);
    out.writeI32(status);
    out.writeFieldEnd();
    if (signature != null) {
      out.writeFieldBegin(SIGNATURE_FIELD_DESC);
      out.writeBinary(signature);
      out.writeFieldEnd();
    }
    out.writeFieldBegin(ARCHIVED_FIELD_DESC);
    out.writeBool(archived);
    out.writeFieldEnd();
    out.writeFieldStop();
    out.writeStructEnd();
  }
}
