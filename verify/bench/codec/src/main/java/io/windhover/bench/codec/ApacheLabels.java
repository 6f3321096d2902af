package io.windhover.bench.codec;

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

/// `Labels` of shapes.thrift as Apache's compiler writes its struct and StandardScheme.
@SuppressWarnings({"StatementSwitchToExpressionSwitch", "NullAway.Init"}) // kept as Apache has it
final class ApacheLabels implements TSerializable {

  private static final TStruct STRUCT_DESC = new TStruct("Labels");
  private static final TField LABELS_FIELD_DESC = new TField("labels", TType.MAP, (short) 1);

  Map<String, String> labels;

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
          if (field.type == TType.MAP) {
            TMap map = in.readMapBegin();
            labels = new HashMap<String, String>(2 * map.size);
            for (int i = 0; i < map.size; i++) {
              String key = in.readString();
              String value = in.readString();
              labels.put(key, value);
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
    if (labels != null) {
      out.writeFieldBegin(LABELS_FIELD_DESC);
      out.writeMapBegin(new TMap(TType.STRING, TType.STRING, labels.size()));
      for (Map.Entry<String, String> entry : labels.entrySet()) {
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
