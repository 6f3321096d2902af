package io.windhover.bench.codec;

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

/// `Wide` of shapes.thrift as Apache's compiler writes its struct and StandardScheme.
@SuppressWarnings({
  "StatementSwitchToExpressionSwitch",
  "UnusedVariable",
  "NullAway.Init"
}) // kept as Apache has it
final class ApacheWide implements TSerializable {

  private static final TStruct STRUCT_DESC = new TStruct("Wide");
  private static final TField ACTIVE_FIELD_DESC = new TField("active", TType.BOOL, (short) 1);
  private static final TField LEVEL_FIELD_DESC = new TField("level", TType.BYTE, (short) 2);
  private static final TField PORT_FIELD_DESC = new TField("port", TType.I16, (short) 3);
  private static final TField COUNT_FIELD_DESC = new TField("count", TType.I32, (short) 4);
  private static final TField ID_FIELD_DESC = new TField("id", TType.I64, (short) 5);
  private static final TField SCORE_FIELD_DESC = new TField("score", TType.DOUBLE, (short) 6);
  private static final TField NAME_FIELD_DESC = new TField("name", TType.STRING, (short) 7);
  private static final TField REGION_FIELD_DESC = new TField("region", TType.STRING, (short) 8);
  private static final TField OWNER_FIELD_DESC = new TField("owner", TType.STRING, (short) 9);
  private static final TField DIGEST_FIELD_DESC = new TField("digest", TType.STRING, (short) 10);
  private static final TField SAMPLES_FIELD_DESC = new TField("samples", TType.LIST, (short) 11);
  private static final TField TAGS_FIELD_DESC = new TField("tags", TType.LIST, (short) 12);
  private static final TField ORIGIN_FIELD_DESC = new TField("origin", TType.STRUCT, (short) 13);
  private static final TField WEIGHTS_FIELD_DESC = new TField("weights", TType.MAP, (short) 14);
  private static final TField CREATED_AT_FIELD_DESC =
      new TField("createdAt", TType.I64, (short) 15);
  private static final TField UPDATED_AT_FIELD_DESC =
      new TField("updatedAt", TType.I64, (short) 16);
  private static final TField VERSION_FIELD_DESC = new TField("version", TType.I32, (short) 17);
  private static final TField DELETED_FIELD_DESC = new TField("deleted", TType.BOOL, (short) 18);
  private static final TField COMMENT_FIELD_DESC = new TField("comment", TType.STRING, (short) 19);
  private static final TField RATIO_FIELD_DESC = new TField("ratio", TType.DOUBLE, (short) 20);

  boolean active;
  byte level;
  short port;
  int count;
  long id;
  double score;
  String name;
  String region;
  String owner;
  ByteBuffer digest;
  List<Long> samples;
  List<String> tags;
  ApachePoint origin;
  Map<String, Integer> weights;
  long createdAt;
  long updatedAt;
  int version;
  boolean deleted;
  String comment;
  double ratio;
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
          if (field.type == TType.BOOL) {
            active = in.readBool();
            isSet |= 1 << 0;
          } else {
            TProtocolUtil.skip(in, field.type);
          }
          break;
        case 2:
          if (field.type == TType.BYTE) {
            level = in.readByte();
            isSet |= 1 << 1;
          } else {
            TProtocolUtil.skip(in, field.type);
          }
          break;
        case 3:
          if (field.type == TType.I16) {
            port = in.readI16();
            isSet |= 1 << 2;
          } else {
            TProtocolUtil.skip(in, field.type);
          }
          break;
        case 4:
          if (field.type == TType.I32) {
            count = in.readI32();
            isSet |= 1 << 3;
          } else {
            TProtocolUtil.skip(in, field.type);
          }
          break;
        case 5:
          if (field.type == TType.I64) {
            id = in.readI64();
            isSet |= 1 << 4;
          } else {
            TProtocolUtil.skip(in, field.type);
          }
          break;
        case 6:
          if (field.type == TType.DOUBLE) {
            score = in.readDouble();
            isSet |= 1 << 5;
          } else {
            TProtocolUtil.skip(in, field.type);
          }
          break;
        case 7:
          if (field.type == TType.STRING) {
            name = in.readString();
          } else {
            TProtocolUtil.skip(in, field.type);
          }
          break;
        case 8:
          if (field.type == TType.STRING) {
            region = in.readString();
          } else {
            TProtocolUtil.skip(in, field.type);
          }
          break;
        case 9:
          if (field.type == TType.STRING) {
            owner = in.readString();
          } else {
            TProtocolUtil.skip(in, field.type);
          }
          break;
        case 10:
          if (field.type == TType.STRING) {
            digest = in.readBinary();
          } else {
            TProtocolUtil.skip(in, field.type);
          }
          break;
        case 11:
          if (field.type == TType.LIST) {
            TList list = in.readListBegin();
            samples = new ArrayList<Long>(list.size);
            for (int i = 0; i < list.size; i++) {
              samples.add(in.readI64());
            }
            in.readListEnd();
          } else {
            TProtocolUtil.skip(in, field.type);
          }
          break;
        case 12:
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
        case 13:
          if (field.type == TType.STRUCT) {
            origin = new ApachePoint();
            origin.read(in);
          } else {
            TProtocolUtil.skip(in, field.type);
          }
          break;
        case 14:
          if (field.type == TType.MAP) {
            TMap map = in.readMapBegin();
            weights = new HashMap<String, Integer>(2 * map.size);
            for (int i = 0; i < map.size; i++) {
              String key = in.readString();
              int value = in.readI32();
              weights.put(key, value);
            }
            in.readMapEnd();
          } else {
            TProtocolUtil.skip(in, field.type);
          }
          break;
        case 15:
          if (field.type == TType.I64) {
            createdAt = in.readI64();
            isSet |= 1 << 6;
          } else {
            TProtocolUtil.skip(in, field.type);
          }
          break;
        case 16:
          if (field.type == TType.I64) {
            updatedAt = in.readI64();
            isSet |= 1 << 7;
          } else {
            TProtocolUtil.skip(in, field.type);
          }
          break;
        case 17:
          if (field.type == TType.I32) {
            version = in.readI32();
            isSet |= 1 << 8;
          } else {
            TProtocolUtil.skip(in, field.type);
          }
          break;
        case 18:
          if (field.type == TType.BOOL) {
            deleted = in.readBool();
            isSet |= 1 << 9;
          } else {
            TProtocolUtil.skip(in, field.type);
          }
          break;
        case 19:
          if (field.type == TType.STRING) {
            comment = in.readString();
          } else {
            TProtocolUtil.skip(in, field.type);
          }
          break;
        case 20:
          if (field.type == TType.DOUBLE) {
            ratio = in.readDouble();
            isSet |= 1 << 10;
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
    out.writeFieldBegin(ACTIVE_FIELD_DESC);
    out.writeBool(active);
    out.writeFieldEnd();
    out.writeFieldBegin(LEVEL_FIELD_DESC);
    out.writeByte(level);
    out.writeFieldEnd();
    out.writeFieldBegin(PORT_FIELD_DESC);
    out.writeI16(port);
    out.writeFieldEnd();
    out.writeFieldBegin(COUNT_FIELD_DESC);
    out.writeI32(count);
    out.writeFieldEnd();
    out.writeFieldBegin(ID_FIELD_DESC);
    out.writeI64(id);
    out.writeFieldEnd();
    out.writeFieldBegin(SCORE_FIELD_DESC);
    out.writeDouble(score);
    out.writeFieldEnd();
    if (name != null) {
      out.writeFieldBegin(NAME_FIELD_DESC);
      out.writeString(name);
      out.writeFieldEnd();
    }
    if (region != null) {
      out.writeFieldBegin(REGION_FIELD_DESC);
      out.writeString(region);
      out.writeFieldEnd();
    }
    if (owner != null) {
      out.writeFieldBegin(OWNER_FIELD_DESC);
      out.writeString(owner);
      out.writeFieldEnd();
    }
    if (digest != null) {
      out.writeFieldBegin(DIGEST_FIELD_DESC);
      out.writeBinary(digest);
      out.writeFieldEnd();
    }
    if (samples != null) {
      out.writeFieldBegin(SAMPLES_FIELD_DESC);
      out.writeListBegin(new TList(TType.I64, samples.size()));
      for (long element : samples) {
        out.writeI64(element);
      }
      out.writeListEnd();
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
    if (origin != null) {
      out.writeFieldBegin(ORIGIN_FIELD_DESC);
      origin.write(out);
      out.writeFieldEnd();
    }
    if (weights != null) {
      out.writeFieldBegin(WEIGHTS_FIELD_DESC);
      out.writeMapBegin(new TMap(TType.STRING, TType.I32, weights.size()));
      for (Map.Entry<String, Integer> entry : weights.entrySet()) {
        out.writeString(entry.getKey());
        out.writeI32(entry.getValue());
      }
      out.writeMapEnd();
      out.writeFieldEnd();
    }
    out.writeFieldBegin(CREATED_AT_FIELD_DESC);
    out.writeI64(createdAt);
    out.writeFieldEnd();
    out.writeFieldBegin(UPDATED_AT_FIELD_DESC);
    out.writeI64(updatedAt);
    out.writeFieldEnd();
    out.writeFieldBegin(VERSION_FIELD_DESC);
    out.writeI32(version);
    out.writeFieldEnd();
    out.writeFieldBegin(DELETED_FIELD_DESC);
    out.writeBool(deleted);
    out.writeFieldEnd();
    if (comment != null) {
      out.writeFieldBegin(COMMENT_FIELD_DESC);
      out.writeString(comment);
      out.writeFieldEnd();
    }
    out.writeFieldBegin(RATIO_FIELD_DESC);
    out.writeDouble(ratio);
    out.writeFieldEnd();
    out.writeFieldStop();
    out.writeStructEnd();
  }
}
