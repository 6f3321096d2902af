package io.windhover.bench.codec;

import java.nio.ByteBuffer;
import org.apache.thrift.TException;
import org.apache.thrift.TSerializable;
import org.apache.thrift.protocol.TField;
import org.apache.thrift.protocol.TProtocol;
import org.apache.thrift.protocol.TProtocolUtil;
import org.apache.thrift.protocol.TStruct;
import org.apache.thrift.protocol.TType;

/// `Blob` of shapes.thrift as Apache's compiler writes its struct and StandardScheme.
@SuppressWarnings({"StatementSwitchToExpressionSwitch", "NullAway.Init"}) // kept as Apache has it
final class ApacheBlob implements TSerializable {

  private static final TStruct STRUCT_DESC = new TStruct("Blob");
  private static final TField BYTES_FIELD_DESC = new TField("bytes", TType.STRING, (short) 1);

  ByteBuffer bytes;

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
            bytes = in.readBinary();
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
    if (bytes != null) {
      out.writeFieldBegin(BYTES_FIELD_DESC);
      out.writeBinary(bytes);
      out.writeFieldEnd();
    }
    out.writeFieldStop();
    out.writeStructEnd();
  }
}
