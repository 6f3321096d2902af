package io.windhover.thrift;

import io.windhover.buffer.LinkBuffer;
import java.util.Arrays;

/// A struct that no IDL describes, as its bytes in the binary protocol: fields and stop byte. It is
/// written again in whatever protocol.
public final class RawStruct {

  public static final StructCodec<Binary> CODEC =
      new StructCodec<>() {
        @Override
        public Binary read(ThriftReader in) {
          return readStruct(in);
        }

        @Override
        public void write(Binary value, ThriftWriter out) {
          writeStruct(value, out);
        }
      };

  private RawStruct() {}

  private static Binary readStruct(ThriftReader in) {
    var fields = UnknownFields.NONE;
    in.structBegin();
    for (int header; (header = in.fieldHeader()) != 0; ) {
      fields = in.unknown(header, fields);
    }
    in.structEnd();
    var bytes = Arrays.copyOf(fields.bytes(), fields.size() + 1);
    bytes[fields.size()] = ThriftType.STOP;
    return Binary.wrap(bytes);
  }

  /// @throws ThriftProtocolException if the bytes are not one whole struct: nobody could read what
  ///   they are written into
  private static void writeStruct(Binary value, ThriftWriter out) {
    check(value);
    out.structBegin();
    out.unknown(new UnknownFields(value.bytes(), value.size() - 1));
    out.structEnd();
  }

  private static void check(Binary value) {
    try (var bytes = LinkBuffer.wrap(value.toByteArray())) {
      var reader = new BinaryReader(bytes);
      reader.skip(ThriftType.STRUCT);
      if (reader.bytesLeft() > 0) {
        throw ThriftProtocolException.invalid(
            "raw struct of %d bytes (expected: one struct, not %d bytes after it)"
                .formatted(value.size(), reader.bytesLeft()));
      }
    }
  }
}
