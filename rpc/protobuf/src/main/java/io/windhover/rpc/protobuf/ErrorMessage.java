package io.windhover.rpc.protobuf;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.protobuf.WireFormat;
import io.windhover.buffer.LinkBuffer;
import io.windhover.rpc.codec.MalformedMessageException;
import io.windhover.thrift.ApplicationError;
import java.io.IOException;

/// The message of an error, as Kitex has it: `{int32 TypeID = 1; string Message = 2}`, with the
/// numbers of Thrift's and those that Kitex added.
final class ErrorMessage {

  private static final int TYPE = 1 << 3; // field 1, a varint
  private static final int MESSAGE = 2 << 3 | WireFormat.WIRETYPE_LENGTH_DELIMITED;

  private ErrorMessage() {}

  /// Reads one, to the end of `in`. Other fields are skipped.
  static ApplicationError read(LinkBuffer in) {
    int type = 0;
    String message = "";
    var input = ProtobufInput.of(in);
    try {
      for (int tag; (tag = input.readTag()) != 0; ) {
        switch (tag) {
          case TYPE -> type = input.readInt32();
          case MESSAGE -> message = input.readStringRequireUtf8();
          default -> {
            var _ = input.skipField(tag);
          }
        }
      }
      return new ApplicationError(type, message);
    } catch (IOException e) {
      throw new MalformedMessageException("error message: " + e.getMessage());
    }
  }

  /// Appends one.
  static void write(ApplicationError error, LinkBuffer out) {
    if (error.type() != 0) {
      out.writeByte(TYPE);
      out.writeVarint(error.type());
    }
    byte[] text = error.message().getBytes(UTF_8);
    out.writeByte(MESSAGE);
    out.writeVarint(text.length);
    out.writeBytes(text, 0, text.length);
  }
}
